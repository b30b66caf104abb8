/** What outlives the stack: readers, editions, and the links in mails that were sent. */
import { tables } from '../../lambdas/aws/tables';
import { resource, resources, synth } from './template';

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

interface Key {
  AttributeName: string;
}

const keyOf = (schema: Key[]): string[] => schema.map(({ AttributeName }) => AttributeName);
