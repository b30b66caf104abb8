/** What a fresh machine shows at once: the sample papers, and their digests in the inboxes of two demo readers. */
import { weekOf, type Week } from '../lambdas/core/calendar';
import type { Ingested } from '../lambdas/ingest-papers';
import { isDigest, sendEdition } from './journey';
import type { Machine } from './machine';
import { becomeReader, inboxOf } from './reader';

export const DEMO_READER = 'demo@example.org';
/** Saved a search, so that what it finds comes first. */
export const DEMO_SEARCHER = 'search@example.org';

/** Through the real form and the real link; on a machine where the demo reader has a digest it does nothing, and what was interrupted it does again. */
export async function demo(machine: Machine, week?: Week): Promise<void> {
  if ((await inboxOf(machine, DEMO_READER)).some(isDigest)) return;
  const newestWeek = week ?? ((await machine.invoke('ingest-papers', {})) as Ingested).newestWeek;
  if (!(await hasJoined(machine, DEMO_READER))) await becomeReader(machine, DEMO_READER);
  if (!(await hasJoined(machine, DEMO_SEARCHER)))
    await becomeReader(machine, DEMO_SEARCHER, { search: 'video diffusion' });
  await sendEdition(machine, newestWeek ?? weekOf(new Date().toISOString().slice(0, 10)));
}

/** Who has more than an invitation has confirmed, and isn't invited again. */
const hasJoined = async (machine: Machine, address: string): Promise<boolean> =>
  (await inboxOf(machine, address)).length > 1;
