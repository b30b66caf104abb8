/** What every benchmark of the sender needs: far ends in a process of their own, readers, editions, and the sender. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { build } from 'esbuild';
import type { Address } from '../lambdas/core/address';
import type { Content, Edition } from '../lambdas/core/edition';
import { shardOf, subscriberIdOf } from '../lambdas/core/identity';
import { choose, rank } from '../lambdas/core/ranking';
import type { Settings } from '../lambdas/core/settings';
import { nodeOptions } from '../lambdas/triggers';
import type { Subscriber } from '../lambdas/core/subscriber';
import { readPaperFile } from '../lambdas/sources/paper-file';
import { SAMPLE } from '../local/journey';
import { renderDigest, type Digest } from '../templates/digest';
import type { FarEnds } from './far-ends';
import { startWorker, type Worker } from './processes';

/** The measured process has the first core for itself. */
export const SENDER_CORE = 0;
const FAR_CORE = 1;

export interface Stage extends FarEnds {
  /** A fresh one; it ends with the stage, if not before. */
  startSender(): Worker;
  /** Mails that the sinks accepted so far. */
  accepted(): Promise<number>;
  close(): Promise<void>;
}

/** The sender is one bundle, as it is on Lambda: a compiler in its process would count as its memory. */
export async function setStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-bench-'));
  const bundle = join(folder, 'sender.cjs');
  await build({
    entryPoints: [join(__dirname, 'sender.ts')],
    outfile: bundle,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
  const farEnds = startWorker(join(__dirname, 'far-ends.ts'), FAR_CORE);
  const where = (await farEnds.ask({ ask: 'where' })) as FarEnds;
  Object.assign(process.env, where.environment);
  const senders: Worker[] = [];
  return {
    ...where,
    startSender: () => {
      const options = nodeOptions['send-digest'] ?? '';
      const sender = startWorker(bundle, SENDER_CORE, { ...where.environment, NODE_OPTIONS: options });
      senders.push(sender);
      return sender;
    },
    accepted: async () => Number(await farEnds.ask({ ask: 'accepted' })),
    close: async () => {
      await Promise.all([farEnds, ...senders].map((worker) => worker.end()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A digest of the best of the sample papers; all of them are candidates, as in an edition. */
export function sampleDigest(papers: number): Digest {
  const ranked = choose(rank(readPaperFile(readFileSync(SAMPLE, 'utf8'), new Date()).papers), papers);
  const candidates = ranked.map(({ scored, verdict }) => Object.assign(scored, { verdict }));
  return {
    editionId: 'weekly-2025-W11',
    cadence: 'weekly',
    period: { from: '2025-03-10', to: '2025-03-16' },
    candidates,
    considered: candidates.length,
    size: papers,
  };
}

export const contentOf = (papers: number, settings: Settings): Promise<Content> =>
  renderDigest(sampleDigest(papers), settings);

/** An edition that is ready to be sent, as build-digest leaves it. */
export async function makeEdition(editionId: string, content: Content): Promise<void> {
  const { create, list, saveContent } = await import('../lambdas/aws/editions');
  const now = new Date().toISOString();
  const edition: Edition = {
    editionId,
    cadence: 'weekly',
    title: 'Papers of a week',
    period: { from: '2025-03-10', to: '2025-03-16' },
    scheduledFor: now,
    cutoff: now,
    considered: 48,
    papers: content.size,
    status: 'sending',
    queuedAt: now,
    content: await saveContent(editionId, content),
  };
  if (!(await create(edition))) throw new Error(`Can't make edition ${editionId}: it is there`);
  await list(edition);
}

/** DynamoDB's own limit for a batch. */
const BATCH = 25;

/** Active readers from one number up to another, straight into the table. */
export async function enlist(from: number, upTo: number): Promise<void> {
  const { documents } = await import('../lambdas/aws/dynamodb');
  const { tableName } = await import('../lambdas/aws/environment');
  const { keys } = await import('../lambdas/aws/keys');
  const known = await keys();
  const table = tableName('subscribers');
  const put = async (start: number): Promise<void> => {
    const requests = Array.from({ length: Math.min(BATCH, upTo - start) }, (_, n) => {
      const address = addressOf(start + n);
      return { PutRequest: { Item: readerOf(subscriberIdOf(address, known), address) } };
    });
    await documents.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
  };
  const starts = Array.from({ length: Math.ceil((upTo - from) / BATCH) }, (_, n) => from + n * BATCH);
  const few = async (): Promise<void> => {
    for (let start = starts.pop(); start !== undefined; start = starts.pop()) await put(start);
  };
  await Promise.all([few(), few(), few(), few()]);
}

export async function idsOf(count: number): Promise<string[]> {
  const { keys } = await import('../lambdas/aws/keys');
  const known = await keys();
  return Array.from({ length: count }, (_, n) => subscriberIdOf(addressOf(n), known));
}

export const addressOf = (n: number): Address => `reader${n}@example.org` as Address;

/** As large as a row becomes by the form: its consent record, and the name of its last write. */
const readerOf = (
  subscriberId: string,
  address: Address,
): Subscriber & { shard: string; writeId: string } => ({
  subscriberId,
  address,
  status: 'active',
  cadence: 'weekly',
  consent: { askedAt: '2025-01-01T00:00:00.000Z', confirmedAt: '2025-01-01T00:00:00.000Z' },
  revision: 2,
  shard: shardOf(subscriberId),
  writeId: '00000000-0000-4000-8000-000000000000',
});
