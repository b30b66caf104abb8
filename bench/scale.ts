/** `npm run bench -- scale [--readers N]`: an edition to many readers: the sender's memory, and what AWS would ask. */
import { eventsOf } from '../local/ses-events';
import type { Units } from './capacity';
import type { Cost, Figure } from './measure';
import { LATENCY, percentOfMail, type Share } from './prices';
import type { Worker } from './processes';
import type { SenderQuestion } from './sender';
import { addressOf, contentOf, enlist, idsOf, makeEdition, setStage, type Stage } from './stage';

const FEW = 10_000;
/** As newsletter.json has it. */
const PAPERS = 10;
/** send-digest calls SES five at a time. */
const MAIL_WAIT_MS = LATENCY.ses / 5;
/** A feedback event: into the queue by itself, out of it by tens, which are settled together. */
const BATCH = 10;
const EVENT = { queueRequests: 1 + 2 / BATCH, invocations: 1 / BATCH };

type Spent = Cost & Units;

export async function benchScale(readers: number): Promise<Record<string, Figure>> {
  const stage = await setStage();
  try {
    const few = Math.min(FEW, readers);
    await enlist(0, few);
    const small = await sendTo(stage, 'weekly-2025-W11', few);
    const hear = async (kind: 'Send' | 'Delivery'): Promise<Share> => {
      const spent = (await small.sender.ask({
        ask: 'feedback',
        events: await eventsFor(few, kind),
      })) as Spent;
      const event = share([spent], few, 0, BATCH);
      return { ...event, ...EVENT };
    };
    const send = await hear('Send');
    const delivery = await hear('Delivery');
    const smallSettled = await settle(stage, 'weekly-2025-W11', few);
    await small.sender.end();
    await enlist(few, readers);
    const { sent } = await sendTo(stage, 'weekly-2025-W12', readers);
    const settled = await settle(stage, 'weekly-2025-W12', readers);
    const without = share([sent, settled], readers, MAIL_WAIT_MS);
    const settledMore =
      percentOfMail(share([smallSettled], few, 0)) - percentOfMail(share([settled], readers, 0));
    const withDelivery = percentOfMail(without) + settledMore + percentOfMail(delivery);
    return figures({
      readers,
      rssMb10k: small.sent.rssMb,
      rssMb100k: sent.rssMb,
      readersPerSecond: readers / sent.seconds,
      ...named('PerReader', without),
      ...named('PerSendEvent', send),
      ...named('PerDelivery', delivery),
      awsOverheadPercent: percentOfMail(without),
      awsOverheadPercentWithDelivery: withDelivery,
      awsOverheadPercentWithSendAndDelivery: withDelivery + percentOfMail(send),
      settleRssMb: settled.rssMb,
      settleSeconds: settled.seconds,
    });
  } finally {
    await stage.close();
  }
}

async function sendTo(
  stage: Stage,
  editionId: string,
  readers: number,
): Promise<{ sender: Worker; sent: Spent }> {
  const { settings } = await import('../lambdas/aws/environment');
  await makeEdition(editionId, await contentOf(PAPERS, settings()));
  const before = await stage.accepted();
  const sender = await counting(stage);
  const sent = (await sender.ask({ ask: 'edition', editionId } satisfies SenderQuestion)) as Spent;
  const accepted = (await stage.accepted()) - before;
  if (accepted !== readers)
    throw new Error(`Can't count on ${editionId}: ${accepted} of ${readers} mails came`);
  console.log(`  ${readers} readers in ${Math.round(sent.seconds)} s, ${Math.round(sent.rssMb)} MB`);
  return { sender, sent };
}

async function counting(stage: Stage): Promise<Worker> {
  const sender = stage.startSender();
  await sender.ask({ ask: 'count units' } satisfies SenderQuestion);
  return sender;
}

/** In a process of its own, as on Lambda. */
async function settle(stage: Stage, editionId: string, readers: number): Promise<Spent> {
  const settler = await counting(stage);
  const settled = (await settler.ask({ ask: 'settle' } satisfies SenderQuestion)) as Spent;
  await settler.end();
  const { find } = await import('../lambdas/aws/editions');
  const edition = await find(editionId);
  if (edition?.status !== 'done' || edition.books?.sent !== readers)
    throw new Error(`Can't count on ${editionId}: its books say ${JSON.stringify(edition?.books)}`);
  return settled;
}

/** SES's word to each of the first readers that it took their mail, or that it was delivered. */
async function eventsFor(readers: number, kind: 'Send' | 'Delivery'): Promise<object[]> {
  const ids = await idsOf(readers);
  return ids.flatMap((subscriber, n) => {
    const tags = { edition: 'weekly-2025-W11', subscriber, attempt: '1' };
    const mail = { messageId: `m${n}`, from: 'digest@papers.example.org', recipients: [addressOf(n)], tags };
    return eventsOf({ ...mail, at: new Date() }).filter(({ detail }) => detail.eventType === kind);
  });
}

/** Of each reader or event; `waitMs` is what it waits beside its calls to DynamoDB, of which `atOnce` wait together. */
function share(spent: readonly Spent[], count: number, waitMs: number, atOnce = 1): Share {
  const sum = (what: keyof Units | 'cpuMs') => spent.reduce((total, one) => total + one[what], 0) / count;
  return {
    readUnits: sum('readUnits'),
    writeUnits: sum('writeUnits'),
    cpuMs: sum('cpuMs'),
    waitMs: waitMs + (sum('calls') * LATENCY.dynamodb) / atOnce,
    queueRequests: 0, // 64 messages for any number of readers
    invocations: 0,
  };
}

/** For docs/cost.md: `readUnitsPerReader`, `cpuMsPerReader` and so on. */
const named = (of: string, each: Share): Record<string, number> => ({
  [`readUnits${of}`]: each.readUnits,
  [`writeUnits${of}`]: each.writeUnits,
  [`cpuMs${of}`]: each.cpuMs,
  [`waitMs${of}`]: each.waitMs,
});

/** Measured once: a run takes minutes. */
const figures = (values: Record<string, number>): Record<string, Figure> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const rounded = Number(value.toPrecision(name === 'readers' ? 9 : 4));
      return [name, { median: rounded, least: rounded, greatest: rounded }];
    }),
  );
