/** Where batches of papers come from, by the kind of source that newsletter.json names. */
import { token } from '../aws/token';
import type { Period } from '../core/calendar';
import type { Source } from '../core/settings';
import { type Batch, failure } from '../sources/batch';
import { dailyPapers, listDays } from '../sources/daily-papers';
import { fetchFile } from '../sources/file';
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
        return yield { where: source.path, ...(await fetchFile(source.path, now)) };
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
