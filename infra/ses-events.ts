/** What SES reports of each mail, on its way from the configuration set by EventBridge's default bus to a queue. */
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ConfigurationSet, EmailSendingEvent, EventDestination } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { HandlerQueue } from './queue';

/**
 * What SES is asked to report, and its name on the bus. Not whether mails are opened or links followed: that is nobody's
 * business. https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-ses.html
 */
const reported = {
  [EmailSendingEvent.SEND]: 'Email Sent',
  [EmailSendingEvent.DELIVERY]: 'Email Delivered',
  [EmailSendingEvent.BOUNCE]: 'Email Bounced',
  [EmailSendingEvent.COMPLAINT]: 'Email Complaint Received',
  [EmailSendingEvent.REJECT]: 'Email Rejected',
  [EmailSendingEvent.DELIVERY_DELAY]: 'Email Delivery Delayed',
};

export interface SesEventsProps {
  /** The rules of the mails that are reported. */
  rules: ConfigurationSet;
  to: HandlerQueue;
}

export class SesEvents extends Construct {
  constructor(scope: Construct, id: string, { rules, to }: SesEventsProps) {
    super(scope, id);
    rules.addEventDestination('Events', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'Bus', 'default')),
      events: Object.keys(reported) as EmailSendingEvent[],
    });
    const rule = new Rule(this, 'Rule', {
      description: "SES's reports of this newsletter's mails",
      eventPattern: {
        source: ['aws.ses'],
        detailType: Object.values(reported),
        // the account may send other mail
        detail: { mail: { tags: { 'ses:configuration-set': [rules.configurationSetName] } } },
      },
    });
    // Written by hand: the CDK's target for queues would let EventBridge ask for their attributes too.
    rule.addTarget({
      bind: () => ({
        arn: to.queue.queueArn,
        // what can't be delivered for a day lies where the operator looks, and can be sent on from there
        deadLetterConfig: { arn: to.deadLetters.queueArn },
      }),
    });
    for (const queue of [to.queue, to.deadLetters]) queue.addToResourcePolicy(put(queue.queueArn, rule));
  }
}

const put = (queueArn: string, { ruleArn }: Rule): PolicyStatement =>
  new PolicyStatement({
    principals: [new ServicePrincipal('events.amazonaws.com')],
    actions: ['sqs:SendMessage'],
    resources: [queueArn],
    conditions: { ArnEquals: { 'aws:SourceArn': ruleArn } },
  });
