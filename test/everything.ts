/** All that is stored and was sent, to see that nothing changed. */
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../lambdas/aws/dynamodb';
import { tables, type TableName } from '../lambdas/aws/tables';
import { tableName } from '../local/dynamodb';
import { mailsOf } from '../local/mailbox';
import type { World } from './world';

/** Every row of every table, and how many mails went out, once the queues are empty. */
export async function everything({ machine }: World): Promise<unknown[]> {
  await machine.idle();
  const names = Object.keys(tables) as TableName[];
  const scans = names.map((name) => documents.send(new ScanCommand({ TableName: tableName(name) })));
  const rows = (await Promise.all(scans)).map(({ Items }) => Items);
  return [...rows, (await mailsOf(machine.mails)).length];
}
