/** When a cadence is due: one edition, frozen and rendered once, and its lanes queued. */
import * as z from 'zod/mini';
import { digestTitle, renderDigest, type Digest } from '../templates/digest';
import { settings } from './aws/environment';
import * as editions from './aws/editions';
import { scheduled, ScheduledTime, type TimeLeft } from './aws/events';
import * as lanes from './aws/lanes';
import { log, logFault } from './aws/log';
import { markShown } from './aws/papers';
import * as subscribers from './aws/subscribers';
import { consider } from './building/candidates';
import { Cadence } from './core/cadences';
import { editionDue } from './core/calendar';
import { papersForAll } from './core/choice';
import { editionAt, type DueEdition } from './core/due';
import type { Edition } from './core/edition';
import { openLanes, wavesFor } from './core/waves';
import { ingest } from './ingesting/ingest';

const Due = z.object({ cadence: Cadence, scheduledTime: ScheduledTime });

/**
 * `skipped`: the period has too few papers. `no-readers`: nobody has this cadence. Of both stays an edition that was skipped,
 * as a sign that the builder ran, and it is built after all should a later run find papers and readers.
 */
export interface Built {
  editionId: string;
  outcome: 'built' | 'already-built' | 'skipped' | 'no-readers';
  papers: number;
  considered: number;
}

/** Running it twice, or several at once, makes one edition: what is frozen first counts, and lanes are walked once. */
export const handler = scheduled(Due, async ({ cadence, scheduledTime }, timeLeft): Promise<Built> => {
  const { timeZone, cadences } = settings();
  const size = cadences[cadence];
  const due = size
    ? editionAt({ cadence, cron: size.cron, timeZone }, scheduledTime)
    : editionDue(cadence, scheduledTime, timeZone);
  const { editionId } = due;
  const known = await editions.find(editionId);
  if (known && known.status !== 'skipped') return queued(known, 'already-built');
  if (!size) throw new Error(`Can't build ${editionId}: newsletter.json has no cadence "${cadence}"`);
  const plan = { ...size, ...due, cadence, scheduledTime };
  const audience = await subscribers.audienceOf(cadence);
  if (!audience.readers) return nobodys(plan);
  await refresh(timeLeft);
  const edition = await freeze(plan, audience);
  return edition.status === 'skipped' ? built(edition, 'skipped') : queued(edition, 'built');
});

/** Its lanes are queued, once; those of later waves by settle-edition when it is time. */
async function queued(edition: Edition, outcome: Built['outcome']): Promise<Built> {
  const { editionId, status, queuedAt } = edition;
  if (status === 'sending' && !queuedAt) {
    await markShown(edition.shown ?? [], edition.cadence); // before anybody gets it, and whoever builds it
    await editions.list(edition); // first, so that settle-edition finds it should we stop here
    await lanes.enqueue(openLanes(edition, new Date()));
    await editions.change(editionId, ['sending'], { queuedAt: new Date().toISOString() });
  }
  return built(edition, outcome);
}

function built(
  { editionId, papers, considered }: Pick<Edition, 'editionId' | 'papers' | 'considered'>,
  outcome: Built['outcome'],
): Built {
  log(`edition.${outcome}`, { editionId, papers, considered }, outcome === 'skipped' ? 'WARN' : 'INFO');
  return { editionId, outcome, papers, considered };
}

/** Milliseconds kept back from the sources, for the building itself. */
const BUILDING = 120_000;

/** A reader may come between this run and the next: what another builder froze meanwhile stands. */
async function nobodys(plan: Plan): Promise<Built> {
  const edition: Edition = { ...begun(plan), ...skipped('nobody has this cadence'), considered: 0 };
  await editions.create(edition);
  return built(edition, 'no-readers');
}

const skipped = (reason: string) => ({ status: 'skipped', reason, papers: 0 }) as const;

/** What an edition is, whatever comes of it. */
function begun({ editionId, cadence, period, scheduledTime }: Plan) {
  return {
    editionId,
    cadence,
    period,
    title: digestTitle({ period }),
    scheduledFor: scheduledTime.toISOString(),
    cutoff: new Date().toISOString(),
  };
}

/** Upvotes of the last days, as they are now. Where that fails, what the table holds is good enough. */
async function refresh(timeLeft: TimeLeft): Promise<void> {
  try {
    await ingest({ only: 'voted', timeLeft: () => timeLeft() - BUILDING });
  } catch (error) {
    logFault('papers.not-refreshed', error, {});
  }
}

interface Plan extends DueEdition {
  cadence: Cadence;
  scheduledTime: Date;
  papers: number;
  minimum: number;
}

/** The edition that stands: ours, or the one that another builder froze before us. */
async function freeze(plan: Plan, { searches, zones }: subscribers.Audience): Promise<Edition> {
  const { editionId, cadence, period, scheduledTime, papers: size, minimum } = plan;
  const { candidates, considered } = await consider({ cadence, period, size }, searches);
  const edition = {
    ...begun(plan),
    waves: wavesFor(zones, settings().timeZone, scheduledTime),
    considered,
    previous: await before(editionId, cadence),
  };
  const frozen: Edition =
    considered < minimum
      ? { ...edition, ...skipped(`fewer than ${minimum} papers`) }
      : { ...edition, status: 'sending', ...(await contentFor({ ...edition, candidates, size })) };
  if (await editions.create(frozen)) return frozen;
  const first = await editions.find(editionId);
  if (!first) throw new Error(`Can't read edition ${editionId}, which another builder froze`);
  return first;
}

async function contentFor(digest: Digest): Promise<Pick<Edition, 'papers' | 'shown' | 'content'>> {
  const content = await renderDigest(digest, settings());
  const shown = papersForAll(content).map(({ paperId }) => paperId);
  return { papers: shown.length, shown, content: await editions.saveContent(digest.editionId, content) };
}

/** The newest edition of the cadence that is not this one: it is finished first. */
async function before(editionId: string, cadence: Cadence): Promise<string | undefined> {
  const newest = await editions.newest(50);
  return newest.find((listed) => listed.cadence === cadence && listed.editionId !== editionId)?.editionId;
}
