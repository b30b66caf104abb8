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

/** `skipped`: the period has no papers, so there is nothing to send. */
export type Built = {
  editionId: string;
  outcome: 'built' | 'already-built' | 'skipped';
  papers: number;
  considered: number;
};

/** Running it twice, or eight at once, makes one edition: what is frozen first counts, and lanes are walked once. */
export const handler = scheduled(Due, async ({ cadence, scheduledTime }): Promise<Built> => {
  const { editionId } = editionDue(cadence, scheduledTime, settings().timeZone);
  const known = await editions.find(editionId);
  const edition = known ?? (await freeze(cadence, scheduledTime));
  if (!edition) {
    log('edition.skipped', { editionId, reason: 'no papers' }, 'WARN');
    return { editionId, outcome: 'skipped', papers: 0, considered: 0 };
  }
  if (!edition.queuedAt) {
    await editions.list(edition); // first, so that settle-edition finds it should we stop here
    await lanes.enqueue(shards.map((shard) => ({ editionId, shard })));
    await editions.markQueued(editionId, new Date());
  }
  const { papers: shown, considered } = edition;
  log('edition.built', { editionId, papers: shown, considered });
  return { editionId, outcome: known ? 'already-built' : 'built', papers: shown, considered };
});

/** The edition that stands: ours, or the one that another builder froze before us. */
async function freeze(cadence: Cadence, scheduledTime: Date): Promise<Edition | undefined> {
  const { editionId, period } = editionDue(cadence, scheduledTime, settings().timeZone);
  const candidates = rank(await papers.listed(period));
  const size = settings().cadences[cadence]?.papers;
  if (!size) throw new Error(`Can't build ${editionId}: newsletter.json has no cadence "${cadence}"`);
  if (!candidates.length) return undefined;
  const digest = {
    editionId,
    cadence,
    period,
    papers: candidates.slice(0, size),
    considered: candidates.length,
  };
  const content = await renderDigest(digest, settings());
  const edition: Edition = {
    editionId,
    cadence,
    period,
    title: digestTitle({ period }),
    scheduledFor: scheduledTime.toISOString(),
    cutoff: new Date().toISOString(),
    papers: content.papers.length,
    considered: candidates.length,
    content: await editions.saveContent(editionId, content),
  };
  return (await editions.create(edition)) ? edition : editions.find(editionId);
}
