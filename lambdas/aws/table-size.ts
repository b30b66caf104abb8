/** How many rows a table has, without reading them. */
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { documents } from './dynamodb';
import { tableName } from './environment';
import type { TableName } from './tables';

/** As DynamoDB counted some hours ago. */
export async function rowsIn(table: TableName): Promise<number> {
  const { Table } = await documents.send(new DescribeTableCommand({ TableName: tableName(table) }));
  return z._default(z.number(), 0).parse(Table?.ItemCount);
}
