/** Where batches of papers come from, by the kind of source that newsletter.json names. */
import { token } from '../aws/token';
import type { Period } from '../core/calendar';
import type { Source } from '../core/settings';
import { type Batch, failure } from '../sources/batch';
import { dailyPapers, listDays } from '../sources/daily-papers';
import type { Manner } from '../sources/web';
import { newAnnouncements, pastAnnouncements } from './arxiv';

/** Asked for politely: https://info.arxiv.org/help/api/tou.html wants three seconds between two requests. */
const SPACING = { 'hugging-face': 0, arxiv: 3_000 };

/** Batches of a source, one after the other: of the period, or what is new. What fails is a batch that says so. */
export async function* batchesOf(
  source: Source,
  period: Period | undefined,
  now: Date,
  manner: Omit<Manner, 'spacing' | 'token'>,
): AsyncGenerator<Batch, void> {
  try {
    switch (source.kind) {
      case 'file':
        return yield await fileBatch(source.path, period, now);
      case 'hugging-face': {
        const known = source.tokenSecret === undefined ? undefined : await token(source.tokenSecret);
        const days = listDays(now, period);
        return yield* dailyPapers(source.url, days, now, {
          ...manner,
          spacing: SPACING[source.kind],
          token: known,
        });
      }
      case 'arxiv': {
        const slowly = { ...manner, spacing: SPACING[source.kind] };
        return yield* period
          ? pastAnnouncements(source, period, now, slowly)
          : newAnnouncements(source, now, slowly);
      }
    }
  } catch (error) {
    yield failure(source.kind === 'file' ? source.path : source.kind, error);
  }
}

/** Undated papers count as listed at the end of a period that is asked for: they are wanted in it. */
async function fileBatch(path: string, period: Period | undefined, now: Date): Promise<Batch> {
  const { fetchFile } = await import('../sources/file'); // in no bundle: Lambda has no file (infra/bundling.ts)
  const today = now.toISOString().slice(0, 10);
  const listedOn = period && period.to < today ? period.to : today;
  return { where: path, ...(await fetchFile(path, now, listedOn)) };
}
