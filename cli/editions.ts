/** `editions …`: what became of an edition, and the operator's word over it. */
import * as deliveries from '../lambdas/aws/deliveries';
import * as editions from '../lambdas/aws/editions';
import * as lanes from '../lambdas/aws/lanes';
import type { Edition } from '../lambdas/core/edition';
import { shards } from '../lambdas/core/identity';
import { openLanes } from '../lambdas/core/waves';

export async function namedEdition(editionId: string | undefined): Promise<Edition> {
  if (!editionId) throw new Error('Name the edition, such as weekly-2025-W11; `editions list` shows them');
  const edition = await editions.find(editionId);
  if (!edition) throw new Error(`There is no edition ${editionId}; \`editions list\` shows them`);
  return edition;
}

export async function listEditions(): Promise<number> {
  const newest = await editions.newest(20);
  for (const { editionId } of newest) console.log(lineOf(await namedEdition(editionId)));
  if (!newest.length) console.log('No edition yet.');
  return 0;
}

function lineOf({ editionId, status, reason, papers, books }: Edition): string {
  const why = reason ? ` (${reason})` : '';
  const counts = books ? `, ${books.sent} sent of ${books.audience}` : '';
  return `${editionId}  ${status}${why}  ${papers} papers${counts}`;
}

/** The report: as the books were last counted, or as the lanes stand while it is sent. */
export async function showEdition([editionId]: string[]): Promise<number> {
  const edition = await namedEdition(editionId);
  const { content: _, ...report } = edition;
  const standing: Record<string, number> = {};
  for (const lane of (await lanes.ofEdition(edition.editionId)).values())
    standing[lane.status] = (standing[lane.status] ?? 0) + 1;
  console.log(JSON.stringify({ ...report, lanes: standing }, null, 2));
  return 0;
}

export async function pauseEdition([editionId, ...words]: string[]): Promise<number> {
  const edition = await namedEdition(editionId);
  const reason = words.join(' ') || 'by hand';
  return said(await editions.pause(edition.editionId, reason), edition, 'paused', 'it is not being sent');
}

/** Goes on where it stopped; this is also the word that an edition held for lateness waits for. */
export async function resumeEdition([editionId]: string[]): Promise<number> {
  const edition = await namedEdition(editionId);
  const to = { status: 'sending' as const, reason: undefined, ...goesOn() };
  const resumed = await editions.change(edition.editionId, ['paused'], to);
  if (resumed) await lanes.enqueue(openLanes(edition, new Date()));
  return said(resumed, edition, 'resumed', 'it is not paused');
}

/** Lateness and patience count from the operator's word. */
function goesOn(): { aliveAt: string; resumedAt: string } {
  const now = new Date().toISOString();
  return { aliveAt: now, resumedAt: now };
}

export async function cancelEdition([editionId]: string[]): Promise<number> {
  const edition = await namedEdition(editionId);
  const to = { status: 'cancelled' as const, reason: 'by hand' };
  const cancelled = await editions.change(edition.editionId, ['sending', 'paused'], to);
  return said(cancelled, edition, 'cancelled; who has it keeps it', 'it is over');
}

/** Again to those whom SES refused, and to nobody else. */
export async function retryEdition([editionId]: string[]): Promise<number> {
  const edition = await namedEdition(editionId);
  const isOpen = await editions.change(edition.editionId, ['sending', 'done'], {
    status: 'sending',
    ...goesOn(),
  });
  if (!isOpen) return said(false, edition, '', 'resume it first, or it is cancelled');
  let readers = 0;
  for (const shard of shards) readers += await retryLane(edition.editionId, shard);
  console.log(`${edition.editionId}: ${readers} readers are tried again`);
  return 0;
}

async function retryLane(editionId: string, shard: string): Promise<number> {
  let readers = 0;
  for (const { delivery } of (await deliveries.accountsOf({ editionId, shard })).values()) {
    if (delivery?.status !== 'failed') continue;
    if (await deliveries.change({ editionId, shard }, delivery, { ...delivery, status: 'again' })) readers++;
  }
  if (readers) await lanes.enqueue([{ editionId, shard, again: true }]);
  return readers;
}

function said(held: boolean, { editionId, status }: Edition, done: string, otherwise: string): number {
  console.log(held ? `${editionId} is ${done}.` : `${editionId} stays ${status}: ${otherwise}.`);
  return held ? 0 : 1;
}
