/** The tables of lambdas/aws/tables.ts: on demand, restorable to any second, and kept when the stack goes. */
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { Settings } from '../lambdas/core/settings';
import { type Table, type TableName, tableVariable, tables } from '../lambdas/aws/tables';
import type { TableOrIndex, Usable } from './rights';

export interface TablesProps {
  /** Names of tables in the account that stand in for ours; ours leave the stack then, and stay in the account. */
  kept?: Settings['kept'];
}

export class Tables extends Construct {
  readonly usable: Record<TableOrIndex, Usable>;

  constructor(scope: Construct, id: string, { kept = {} }: TablesProps) {
    super(scope, id);
    const usable = (Object.entries(tables) as [TableName, Table][]).flatMap(([name, schema]) => {
      const known = kept[name];
      const table = known === undefined ? this.make(name, schema) : this.find(known);
      return usableOf(name, schema, table);
    });
    this.usable = Object.fromEntries(usable) as Record<TableOrIndex, Usable>;
  }

  private make(name: TableName, { key, index, ttl }: Table): Found {
    return new TableV2(this, name, {
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
  }

  private find(tableName: string): Found {
    const tableArn = Stack.of(this).formatArn({
      service: 'dynamodb',
      resource: 'table',
      resourceName: tableName,
    });
    return { tableName, tableArn };
  }
}

interface Found {
  tableName: string;
  tableArn: string;
}

function usableOf(name: TableName, { index }: Table, { tableName, tableArn }: Found): [string, Usable][] {
  const variable = { name: tableVariable(name), value: tableName };
  const usable = (arn: string): Usable => ({ service: 'dynamodb', arns: [arn], variable });
  const whole: [string, Usable] = [name, usable(tableArn)];
  return index ? [whole, [`${name}/${index.name}`, usable(`${tableArn}/index/${index.name}`)]] : [whole];
}

const keySchema = (key: Table['key']) => ({
  partitionKey: { name: key[0], type: AttributeType.STRING },
  ...(key.length === 2 && { sortKey: { name: key[1], type: AttributeType.STRING } }),
});
