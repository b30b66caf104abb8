/** Daily: papers from every source into the table. */
import * as z from 'zod/mini';
import { scheduled } from './aws/events';
import { ingest } from './ingesting/ingest';

export type { Ingested } from './ingesting/ingest';

const Run = z.object({
  /** Only papers listed then; without it, what is new. */
  period: z.optional(z.object({ from: z.iso.date(), to: z.iso.date() })),
});

export const handler = scheduled(Run, ({ period }, timeLeft) => ingest({ period, timeLeft }));
