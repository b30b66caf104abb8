/** The papers table: each paper once, its first upvotes kept and its last ones moved on; found by ISO week. */
import { GetCommand, QueryCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Cadence } from '../core/cadences';
import { weekOf, weeksOf, type Day, type Period, type Week } from '../core/calendar';
import { FILE, isVoted, Paper } from '../core/paper';
import { documents, held, ifHeld } from './dynamodb';
import { tableName } from './environment';
import { log } from './log';

/** Not a paper: remembers the newest week that has any, since an index can't be asked for its last partition. */
const NEWEST = { paperId: '#newest-week' };

/** Not a paper: remembers the newest day whose announcements on arXiv are all here. */
const ANNOUNCED = { paperId: '#arxiv-announced' };

/**
 * Keeps a paper as it was last read; an older reading changes nothing. Says whether it was kept. What is announced is kept
 * beside what a community said, whichever came first: one write each, that needs no look at the item. What an operator's
 * file says overwrites what such a file said before. The first day of an undated paper stays.
 */
export async function save(
  { firstListedOn: _first, shownIn: _shown, ...paper }: Paper,
  isUndated = false,
): Promise<boolean> {
  const week = isVoted(paper)
    ? await saveReading(paper, isUndated)
    : ((paper.source === FILE ? await saveOwn(paper, isUndated) : undefined) ?? (await saveAnnounced(paper)));
  if (week) await rememberWeek(week);
  return week !== undefined;
}

/** A reading of upvotes. The first one stays; all else is as the newest one says. Answers its week if it is the newest. */
const saveReading = ({ first, ...paper }: Paper, isUndated: boolean): Promise<Week | undefined> =>
  overwrite(paper, isUndated, { first }, 'attribute_not_exists(#last) OR #last.#at <= :at', {
    ExpressionAttributeNames: { '#last': 'last', '#at': 'at' },
    ExpressionAttributeValues: { ':at': paper.last.at },
  });

/** A file's paper without votes. Undefined where another source has said something about it. */
const saveOwn = (paper: Paper, isUndated: boolean): Promise<Week | undefined> =>
  overwrite(uncounted(paper), isUndated, {}, 'attribute_not_exists(#source) OR #source = :file', {
    ExpressionAttributeNames: { '#source': 'source' },
    ExpressionAttributeValues: { ':file': FILE },
  });

/** Answers the paper's week, if the condition held. A file that has no note any more takes it back. */
async function overwrite(
  {
    paperId,
    listedOn,
    ...rest
  }: { paperId: string; listedOn: Day; source: string; note?: string | undefined },
  isUndated: boolean,
  unsaid: Fields,
  ConditionExpression: string,
  more: Partial<UpdateCommandInput>,
): Promise<Week | undefined> {
  const listing = { listedOn, week: weekOf(listedOn) };
  const [said, assumed] = isUndated ? [{}, listing] : [listing, {}];
  const answer = await ifHeld(
    update(
      paperId,
      { ...rest, ...said },
      { ...unsaid, ...assumed, firstListedOn: listedOn },
      { ...more, ConditionExpression, ReturnValues: 'UPDATED_NEW' },
      rest.source === FILE && rest.note === undefined ? ['note'] : [],
    ),
  );
  return answer && String(answer.Attributes?.['week'] ?? listing.week);
}

/** Without readings of votes that nobody counts: reading the table supplies their zero. A community may list it later. */
const uncounted = ({ last, ...paper }: Paper) => ({
  ...paper,
  first: undefined,
  voted: undefined,
  announcedAt: last.at,
});

/** Categories are arXiv's to say, a note the operator's; the rest only where nobody has said it. It counts nothing. */
async function saveAnnounced(paper: Paper): Promise<Week> {
  const { paperId, categories, note, ...rest } = uncounted(paper);
  const said = paper.source === FILE ? { note } : { categories };
  const unsaid = { categories, ...rest, firstListedOn: rest.listedOn, week: weekOf(rest.listedOn) };
  const { Attributes } = await update(paperId, said, unsaid, { ReturnValues: 'UPDATED_NEW' });
  return String(Attributes?.['week'] ?? unsaid.week);
}

/** Notes that an edition of a cadence shows these papers to everybody; doing it twice changes nothing. */
export async function markShown(paperIds: readonly string[], cadence: Cadence): Promise<void> {
  const marking = paperIds.map((paperId) =>
    held(
      documents.send(
        new UpdateCommand({
          TableName: tableName('papers'),
          Key: { paperId },
          UpdateExpression: 'ADD shownIn :cadence',
          ConditionExpression: 'attribute_exists(paperId)', // one that was deleted doesn't come back as half a paper
          ExpressionAttributeValues: { ':cadence': new Set([cadence]) },
        }),
      ),
    ),
  );
  await Promise.all(marking);
}

type Fields = Record<string, unknown>;

/** Sets `said` in any case, and of `unsaid` what the item has not; undefined fields are left as they are, but for the `gone`. */
function update(
  paperId: string,
  said: Fields,
  unsaid: Fields,
  more: Partial<UpdateCommandInput>,
  gone: readonly string[] = [],
) {
  const fields = Object.entries({ ...unsaid, ...said }).filter(([, value]) => value !== undefined);
  const set = fields.map(([name], n) =>
    said[name] !== undefined ? `#${n} = :${n}` : `#${n} = if_not_exists(#${n}, :${n})`,
  );
  return documents.send(
    new UpdateCommand({
      TableName: tableName('papers'),
      Key: { paperId },
      ...more,
      UpdateExpression: `SET ${set.join(', ')}${gone.length ? ` REMOVE ${gone.map((_, n) => `#gone${n}`).join(', ')}` : ''}`,
      ExpressionAttributeNames: {
        ...more.ExpressionAttributeNames,
        ...Object.fromEntries(fields.map(([name], n) => [`#${n}`, name])),
        ...Object.fromEntries(gone.map((name, n) => [`#gone${n}`, name])),
      },
      ExpressionAttributeValues: {
        ...more.ExpressionAttributeValues,
        ...Object.fromEntries(fields.map(([, value], n) => [`:${n}`, value])),
      },
    }),
  );
}

let remembered = '';

async function rememberWeek(week: Week): Promise<void> {
  if (week <= remembered) return;
  await raise(NEWEST, week);
  remembered = week;
}

/** Weeks and days sort as text. */
const raise = (mark: { paperId: string }, to: string): Promise<boolean> =>
  held(
    documents.send(
      new UpdateCommand({
        TableName: tableName('papers'),
        Key: mark,
        UpdateExpression: 'SET newest = :to',
        ConditionExpression: 'attribute_not_exists(newest) OR newest < :to',
        ExpressionAttributeValues: { ':to': to },
      }),
    ),
  );

async function newestOf(mark: { paperId: string }): Promise<string | undefined> {
  const { Item } = await documents.send(new GetCommand({ TableName: tableName('papers'), Key: mark }));
  return typeof Item?.['newest'] === 'string' ? Item['newest'] : undefined;
}

/** The newest week that has papers. */
export const newestWeek = (): Promise<Week | undefined> => newestOf(NEWEST);

/** The newest day whose announcements on arXiv, and those of all days before, are here. */
export const announcedUntil = (): Promise<Day | undefined> => newestOf(ANNOUNCED);

export const rememberAnnounced = (day: Day): Promise<boolean> => raise(ANNOUNCED, day);

/** All papers listed in a period, in no particular order. */
export async function listed(period: Period): Promise<Paper[]> {
  const weeks = await Promise.all(weeksOf(period).map(ofWeek));
  return weeks.flat().filter(({ listedOn }) => listedOn >= period.from && listedOn <= period.to);
}

/** One item that can't be read must not cost the week its edition. */
async function ofWeek(week: Week): Promise<Paper[]> {
  const items = await itemsOfWeek(week);
  const papers = items.flatMap((item) => Paper.safeParse(item).data ?? []);
  const skipped = items.length - papers.length;
  if (skipped > 0) log('papers.skipped', { week, count: skipped }, 'ERROR');
  return papers;
}

async function itemsOfWeek(week: Week): Promise<Fields[]> {
  const items: Fields[] = [];
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
    items.push(...(page.Items ?? []).map(asPaper));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
}

/** The document client gives sets as such; what nobody votes on has no upvotes that anybody counted. */
function asPaper({ shownIn, ...item }: Fields): Fields {
  const shown = shownIn instanceof Set && { shownIn: [...(shownIn as Set<unknown>)] };
  if (item['last'] !== undefined) return { ...item, ...shown };
  const none = { upvotes: 0, at: item['announcedAt'] };
  return { ...item, ...shown, first: none, last: none, voted: false };
}
