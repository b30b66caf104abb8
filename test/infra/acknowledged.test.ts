/** Which of AWS's rules are not followed, where, and why: the whole list, so that none is waved through unseen. */
import { Validations } from 'aws-cdk-lib';
import { paperboy } from '../../infra/stack';
import { app, settings } from './template';

interface Acknowledged {
  where: string;
  rule: string;
  reason: string;
}

/** As the constructs hold it, with what the acknowledgement says. */
const all: Acknowledged[] = paperboy(app(), settings)
  .node.findAll()
  .flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) =>
        Object.entries(data as Record<string, string>).map(([rule, reason]) => ({
          where: node.path,
          rule,
          reason,
        })),
      ),
  );

test('these rules are not followed, and nobody waves another one through unseen', () => {
  const identities = 'IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]';
  expect(all.map(({ where, rule }) => `${where}: ${rule.replace('Annotation::AwsSolutions-', '')}`)).toEqual([
    'Paperboy/Keys/Secret: SMG4',
    'Paperboy/Site: APIG4',
    'Paperboy/Schedules/DeadLetters: SQS3',
    `Paperboy/invite/Role: ${identities}`,
    `Paperboy/confirm/Role: ${identities}`,
    `Paperboy/send-digest/Role: ${identities}`,
    'Paperboy/send-digest/Role: IAM5[Resource::*]',
  ]);
});

test('each has a reason, in words', () => {
  expect(all.filter(({ reason }) => reason.split(/\s+/).length < 8)).toEqual([]);
});
