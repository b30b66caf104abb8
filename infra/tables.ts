/** The tables of lambdas/aws/tables.ts: on demand, restorable to any second, and kept when the stack goes. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { type Table, type TableName, tableVariable, tables } from '../lambdas/aws/tables';
import type { TableOrIndex, Usable } from './rights';

export class Tables extends Construct {
  readonly usable: Record<TableOrIndex, Usable>;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const usable = Object.entries(tables).flatMap(([name, schema]) => this.make(name as TableName, schema));
    this.usable = Object.fromEntries(usable) as Record<TableOrIndex, Usable>;
  }

  private make(name: TableName, { key, index, ttl }: Table): [string, Usable][] {
    const table = new TableV2(this, name, {
      ...keySchema(key),
      ...(ttl && { timeToLiveAttribute: ttl }),
      ...(index && {
        globalSecondaryIndexes: [
          { indexName: index.name, ...keySchema(index.key), projectionType: ProjectionType.ALL },
        ],
      }),
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const variable = { name: tableVariable(name), value: table.tableName };
    const usable = (arn: string): Usable => ({ service: 'dynamodb', arns: [arn], variable });
    const whole: [string, Usable] = [name, usable(table.tableArn)];
    return index
      ? [whole, [`${name}/${index.name}`, usable(`${table.tableArn}/index/${index.name}`)]]
      : [whole];
  }
}

const keySchema = (key: Table['key']) => ({
  partitionKey: { name: key[0], type: AttributeType.STRING },
  ...(key.length === 2 && { sortKey: { name: key[1], type: AttributeType.STRING } }),
});
