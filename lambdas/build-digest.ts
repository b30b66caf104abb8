/** When a cadence is due: one edition, frozen and rendered once, and its lanes queued. */
import * as z from 'zod';
import { digestTitle, renderDigest } from '../templates/digest';
import { settings } from './aws/environment';
import * as editions from './aws/editions';
import { scheduled, ScheduledTime } from './aws/events';
import * as lanes from './aws/lanes';
import { log } from './aws/log';
import * as papers from './aws/papers';
import { editionDue } from './core/calendar';
import type { Edition } from './core/edition';
import { shards } from './core/identity';
import { rank } from './core/ranking';
import { Cadence } from './core/settings';

const Due = z.object({ cadence: Cadence, scheduledTime: ScheduledTime });

/** `skipped`: the period has too few papers. */
export interface Built {
  editionId: string;
  outcome: 'built' | 'already-built' | 'skipped';
  papers: number;
  considered: number;
}

/** Running it twice, or eight at once, makes one edition: what is frozen first counts, and lanes are walked once. */
export const handler = scheduled(Due, async ({ cadence, scheduledTime }): Promise<Built> => {
  const { editionId } = editionDue(cadence, scheduledTime, settings().timeZone);
  const known = await editions.find(editionId);
  const built = known !== undefined && known.status !== 'skipped';
  const edition = built ? known : await freeze(cadence, scheduledTime);
  if (edition.status === 'sending' && !edition.queuedAt) {
    await editions.list(edition); // first, so that settle-edition finds it should we stop here
    await lanes.enqueue(shards.map((shard) => ({ editionId, shard })));
    await editions.change(editionId, ['sending'], { queuedAt: new Date().toISOString() });
  }
  const { status, papers: shown, considered } = edition;
  const outcome = status === 'skipped' ? 'skipped' : built ? 'already-built' : 'built';
  log(
    `edition.${outcome}`,
    { editionId, papers: shown, considered },
    outcome === 'skipped' ? 'WARN' : 'INFO',
  );
  return { editionId, outcome, papers: shown, considered };
});

/** The edition that stands: ours, or the one that another builder froze before us. */
async function freeze(cadence: Cadence, scheduledTime: Date): Promise<Edition> {
  const { editionId, period } = editionDue(cadence, scheduledTime, settings().timeZone);
  const size = settings().cadences[cadence];
  if (!size) throw new Error(`Can't build ${editionId}: newsletter.json has no cadence "${cadence}"`);
  const candidates = rank(await papers.listed(period));
  const edition = {
    editionId,
    cadence,
    period,
    title: digestTitle({ period }),
    scheduledFor: scheduledTime.toISOString(),
    cutoff: new Date().toISOString(),
    considered: candidates.length,
    previous: await before(editionId, cadence),
  };
  const frozen: Edition =
    candidates.length < size.minimum
      ? { ...edition, status: 'skipped', reason: `fewer than ${size.minimum} papers`, papers: 0 }
      : {
          ...edition,
          status: 'sending',
          ...(await contentFor(editionId, cadence, candidates.slice(0, size.papers), edition)),
        };
  if (await editions.create(frozen)) return frozen;
  const first = await editions.find(editionId);
  if (!first) throw new Error(`Can't read edition ${editionId}, which another builder froze`);
  return first;
}

async function contentFor(
  editionId: string,
  cadence: Cadence,
  chosen: Parameters<typeof renderDigest>[0]['papers'],
  { period, considered }: Pick<Edition, 'period' | 'considered'>,
): Promise<Pick<Edition, 'papers' | 'content'>> {
  const content = await renderDigest({ editionId, cadence, period, papers: chosen, considered }, settings());
  return { papers: content.papers.length, content: await editions.saveContent(editionId, content) };
}

/** The newest edition of the cadence that is not this one: it is finished first. */
async function before(editionId: string, cadence: Cadence): Promise<string | undefined> {
  const newest = await editions.newest(50);
  return newest.find((listed) => listed.cadence === cadence && listed.editionId !== editionId)?.editionId;
}
