/** What keeps readers' data to those who need it: encrypted at rest and on its way, public nowhere, forgotten in time. */
import { resources, statementsOf, synth, text } from './template';

const template = synth();
const whole = JSON.stringify(template.toJSON());

test('every queue is encrypted, and answers nobody who asks without TLS', () => {
  const queues = resources(template, 'AWS::SQS::Queue');
  expect(queues.length).toBeGreaterThan(6);
  for (const { name, Properties } of queues) {
    expect([name, Properties.SqsManagedSseEnabled]).toEqual([name, true]);
    expect(statementsOf(template, name)).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Action: 'sqs:*',
        Principal: { AWS: '*' },
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  }
});

test("every table is encrypted with DynamoDB's own key, which costs nothing and knows no policy to get wrong", () => {
  const tables = resources(template, 'AWS::DynamoDB::GlobalTable');
  expect(tables.length).toBeGreaterThan(4);
  // false stands for that key: there is no table without encryption
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-dynamodb-globaltable-ssespecification.html
  for (const { Properties } of tables) expect(Properties.SSESpecification).toEqual({ SSEEnabled: false });
});

test('nothing lies in a bucket, and no function has an address of its own beside the site', () => {
  expect(whole).not.toContain('AWS::S3::');
  expect(whole).not.toContain('AWS::Lambda::Url');
});

test("every function writes to a log of the stack's own, which forgets in time", () => {
  const logs = resources(template, 'AWS::Logs::LogGroup');
  const kept = new Map(logs.map(({ name, Properties }) => [name, Number(Properties.RetentionInDays)]));
  for (const { name, Properties } of resources(template, 'AWS::Lambda::Function')) {
    const log = text((Properties.LoggingConfig as { LogGroup: unknown }).LogGroup);
    expect([name, kept.get(log)]).toEqual([name, 90]);
  }
  expect([...kept.values()].filter((days) => !(days > 0 && days <= 90))).toEqual([]);
});

test('no environment variable holds a secret: names of what the stack made, and the settings', () => {
  expect(whole).not.toContain('{{resolve:');
  for (const { Properties } of resources(template, 'AWS::Lambda::Function')) {
    const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
    const written = Object.entries(Variables).filter(([, value]) => typeof value === 'string');
    expect(['NEWSLETTER', 'NODE_OPTIONS', 'METRICS_NAMESPACE']).toEqual(
      expect.arrayContaining(written.map(([name]) => name)),
    );
  }
});
