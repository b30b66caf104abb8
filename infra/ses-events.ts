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
}

export class SesEvents extends Construct {
  private readonly rule: Rule;

  constructor(scope: Construct, id: string, { rules }: SesEventsProps) {
    super(scope, id);
    rules.addEventDestination('Events', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'Bus', 'default')),
      events: Object.keys(reported) as EmailSendingEvent[],
    });
    this.rule = new Rule(this, 'Rule', {
      description: "SES's reports of this newsletter's mails",
      eventPattern: {
        source: ['aws.ses'],
        detailType: Object.values(reported),
        // the account may send other mail
        detail: { mail: { tags: { 'ses:configuration-set': [rules.configurationSetName] } } },
      },
    });
  }

  /** Each event becomes a message; one that can't be delivered for a day lies with the queue's dead letters. */
  queueAt({ queue, deadLetters }: Pick<HandlerQueue, 'queue' | 'deadLetters'>): void {
    // Not the CDK's own target for queues, which would let EventBridge ask for their attributes too.
    this.rule.addTarget({
      bind: () => ({ arn: queue.queueArn, deadLetterConfig: { arn: deadLetters.queueArn } }),
    });
    for (const one of [queue, deadLetters]) one.addToResourcePolicy(put(one.queueArn, this.rule));
  }
}

const put = (queueArn: string, { ruleArn }: Rule): PolicyStatement =>
  new PolicyStatement({
    principals: [new ServicePrincipal('events.amazonaws.com')],
    actions: ['sqs:SendMessage'],
    resources: [queueArn],
    conditions: { ArnEquals: { 'aws:SourceArn': ruleArn } },
  });
