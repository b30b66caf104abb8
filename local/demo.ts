/** What a fresh machine shows at once: the sample papers, and their digest in the inbox of a demo reader. */
import { weekOf } from '../lambdas/core/calendar';
import type { Ingested } from '../lambdas/ingest-papers';
import { sendEdition } from './journey';
import type { Machine } from './machine';
import { becomeReader, inboxOf } from './reader';

export const DEMO_READER = 'demo@example.org';

/** Through the real form and the real link; on a machine that has a demo reader's mails already it does nothing. */
export async function demo(machine: Machine): Promise<void> {
  if ((await inboxOf(machine, DEMO_READER)).length) return;
  const { newestWeek } = (await machine.invoke('ingest-papers', {})) as Ingested;
  await becomeReader(machine, DEMO_READER);
  await sendEdition(machine, newestWeek ?? weekOf(new Date().toISOString().slice(0, 10)));
}
