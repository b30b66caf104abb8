/** How many readers an edition may have to reach, for SES's limits to be held against. */
import { audienceOf } from '../../lambdas/aws/subscribers';
import { rowsIn } from '../../lambdas/aws/table-size';
import type { Cadence } from '../../lambdas/core/cadences';
import type { Settings } from '../../lambdas/core/settings';
import type { Readers } from './sending';

/** Rows that are read in about a second; of more only their number is asked for. */
const FEW = 20_000;

/** Of the cadence that has most. DynamoDB counts the rows of a table every few hours: for a small one that is too old. */
export async function countReaders(cadences: Settings['cadences']): Promise<Readers> {
  const rows = await rowsIn('subscribers');
  if (rows > FEW) return { count: rows, exactly: false };
  const audiences = await Promise.all((Object.keys(cadences) as Cadence[]).map(audienceOf));
  return { count: Math.max(...audiences.map(({ readers }) => readers)), exactly: true };
}
