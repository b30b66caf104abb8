/** What outlives the stack: readers, editions, and the links in mails that were sent. */
import { Template } from 'aws-cdk-lib/assertions';
import { paperboy } from '../../infra/stack';
import { Kept } from '../../lambdas/core/deployment';
import { readSettings } from '../../lambdas/core/settings';
import { tables } from '../../lambdas/aws/tables';
import { app, resource, resources, settings, synth, text } from './template';

const template = synth();

test('subscribers outlive the stack, a slip of the hand and a bad deployment', () => {
  const made = resources(template, 'AWS::DynamoDB::GlobalTable');
  expect(made.map(({ name }) => name)).toEqual(Object.keys(tables));
  for (const table of made) {
    expect(table).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(table.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      Replicas: [
        {
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      ],
    });
  }
});

test('the tables have the keys, the index and the times to live that the handlers count on', () => {
  const made = resources(template, 'AWS::DynamoDB::GlobalTable').map(({ name, Properties }) => {
    const ttl = Properties.TimeToLiveSpecification as { AttributeName: string } | undefined;
    const [index] = (Properties.GlobalSecondaryIndexes ?? []) as { IndexName: string; KeySchema: Key[] }[];
    const table = {
      key: keyOf(Properties.KeySchema as Key[]),
      ...(index && { index: { name: index.IndexName, key: keyOf(index.KeySchema) } }),
      ...(ttl && { ttl: ttl.AttributeName }),
    };
    return [name, table];
  });
  expect(Object.fromEntries(made)).toEqual(tables);
});

test('links in old mails outlive the stack: AWS makes their keys, and keeps them', () => {
  expect(resource(template, 'AWS::SecretsManager::Secret', 'KeysSecret')).toMatchObject({
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      GenerateSecretString: {
        SecretStringTemplate: '{"current":"k1"}',
        GenerateStringKey: 'k1',
        PasswordLength: 48,
        ExcludePunctuation: true,
      },
    },
  });
});

test('a restored table and the keys of before stand in for those of the stack, which stay in the account', () => {
  const keys = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:KeysSecret-AbCdEf';
  const kept = { papers: 'papers-restored', subscribers: 'subscribers-restored', keys };
  const restored = Template.fromStack(paperboy(app(), readSettings({ ...settings, kept })));
  const made = resources(restored, 'AWS::DynamoDB::GlobalTable').map(({ name }) => name);
  expect(made).toEqual(['editions', 'deliveries', 'counters']);
  expect(resources(restored, 'AWS::SecretsManager::Secret')).toEqual([]);
  const { Environment } = resource(restored, 'AWS::Lambda::Function', 'preferencesFunction').Properties;
  expect((Environment as { Variables: object }).Variables).toMatchObject({
    PAPERS_TABLE: 'papers-restored',
    SUBSCRIBERS_TABLE: 'subscribers-restored',
    KEYS_SECRET: keys,
  });
  const granted = resources(restored, 'AWS::IAM::Policy')
    .filter(({ Properties }) => (Properties.Roles as unknown[]).map(text).includes('preferencesRole'))
    .map(({ Properties }) => text(JSON.stringify(Properties.PolicyDocument)))
    .join();
  for (const thing of ['table/subscribers-restored', 'table/papers-restored/index/by-week', keys])
    expect(granted).toContain(thing);
});

test('any table may be kept', () => {
  expect(Object.keys(Kept.shape)).toEqual([...Object.keys(tables), 'keys']);
});

interface Key {
  AttributeName: string;
}

const keyOf = (schema: Key[]): string[] => schema.map(({ AttributeName }) => AttributeName);
