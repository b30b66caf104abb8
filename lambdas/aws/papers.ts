/** The papers table: each paper once, its first upvotes kept and its last ones moved on; found by ISO week. */
import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { weekOf, weeksOf, type Period, type Week } from '../core/calendar';
import { Paper } from '../core/paper';
import { documents, held } from './dynamodb';
import { tableName } from './environment';

/** Not a paper: remembers the newest week that has any, since an index can't be asked for its last partition. */
const NEWEST = { paperId: '#newest-week' };

/** Keeps a paper as it was last read; an older reading changes nothing. Says whether it was kept. */
export async function save(paper: Paper): Promise<boolean> {
  const { paperId, first, ...rest } = paper;
  const fields = Object.entries({ ...rest, week: weekOf(paper.listedOn) }).filter(
    ([, value]) => value !== undefined,
  );
  const kept = await held(
    documents.send(
      new UpdateCommand({
        TableName: tableName('papers'),
        Key: { paperId },
        UpdateExpression: `SET #first = if_not_exists(#first, :first), ${fields.map((_, n) => `#${n} = :${n}`).join(', ')}`,
        ConditionExpression: 'attribute_not_exists(paperId) OR #last.#at <= :at',
        ExpressionAttributeNames: {
          '#first': 'first',
          '#last': 'last',
          '#at': 'at',
          ...Object.fromEntries(fields.map(([name], n) => [`#${n}`, name])),
        },
        ExpressionAttributeValues: {
          ':first': first,
          ':at': paper.last.at,
          ...Object.fromEntries(fields.map(([, value], n) => [`:${n}`, value])),
        },
      }),
    ),
  );
  if (kept) await rememberWeek(weekOf(paper.listedOn));
  return kept;
}

let remembered = '';

async function rememberWeek(week: Week): Promise<void> {
  if (week <= remembered) return;
  await held(
    documents.send(
      new UpdateCommand({
        TableName: tableName('papers'),
        Key: NEWEST,
        UpdateExpression: 'SET newest = :week',
        ConditionExpression: 'attribute_not_exists(newest) OR newest < :week',
        ExpressionAttributeValues: { ':week': week },
      }),
    ),
  );
  remembered = week;
}

/** The newest week that has papers. */
export async function newestWeek(): Promise<Week | undefined> {
  const { Item } = await documents.send(new GetCommand({ TableName: tableName('papers'), Key: NEWEST }));
  return typeof Item?.['newest'] === 'string' ? Item['newest'] : undefined;
}

/** All papers listed in a period, in no particular order. */
export async function listed(period: Period): Promise<Paper[]> {
  const weeks = await Promise.all(weeksOf(period).map(ofWeek));
  return weeks.flat().filter(({ listedOn }) => listedOn >= period.from && listedOn <= period.to);
}

async function ofWeek(week: Week): Promise<Paper[]> {
  const papers: Paper[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await documents.send(
      new QueryCommand({
        TableName: tableName('papers'),
        IndexName: 'by-week',
        KeyConditionExpression: '#week = :week',
        ExpressionAttributeNames: { '#week': 'week' },
        ExpressionAttributeValues: { ':week': week },
        ExclusiveStartKey,
      }),
    );
    papers.push(...(page.Items ?? []).map((item) => Paper.parse(item)));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return papers;
}
