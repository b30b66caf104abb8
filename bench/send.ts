/** `npm run bench -- send`: the whole send loop with its ledger, beside loops that only send. */
import { ratio, type Cost, type Figure } from './measure';
import { contentOf, enlist, makeEdition, setStage, type Stage } from './stage';
import type { SenderQuestion } from './sender';

const ROUNDS = 5;
const READERS = 3_200;
/** About 80 KB a message. */
const PAPERS = 35;
const WAYS = ['edition', 'mailer', 'bare', 'pool'] as const;

type Rounds = Record<(typeof WAYS)[number], Cost[]>;

export async function benchSend(): Promise<Record<string, Figure>> {
  const stage = await setStage();
  try {
    const rounds = await sendRounds(stage);
    const cpu = (way: keyof Rounds) => rounds[way].map(({ cpuMs }) => cpuMs / READERS);
    const beside = (way: keyof Rounds, other: keyof Rounds) => {
      const others = cpu(other);
      return ratio(cpu(way).map((ours, n) => ours / (others[n] as number)));
    };
    return {
      cpuMsPerMessage: ratio(cpu('edition')),
      vsBareSdk: beside('edition', 'bare'),
      vsNodemailerPool: beside('edition', 'pool'),
      messagesPerSecond: ratio(rounds.edition.map(({ seconds }) => READERS / seconds)),
      sesCpuMsPerMessage: ratio(cpu('mailer')),
      bareSdkCpuMsPerMessage: ratio(cpu('bare')),
      nodemailerPoolCpuMsPerMessage: ratio(cpu('pool')),
    };
  } finally {
    await stage.close();
  }
}

/** The ways take turns, so that what else the machine does falls on all of them; the first round only warms up. */
async function sendRounds(stage: Stage): Promise<Rounds> {
  const { settings } = await import('../lambdas/aws/environment');
  const content = await contentOf(PAPERS, settings());
  console.log(`  ${content.skeleton.segments.join('').length} bytes a message, ${READERS} messages a round`);
  await enlist(0, READERS);
  const sender = stage.startSender();
  const rounds: Rounds = { edition: [], mailer: [], bare: [], pool: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    const editionId = `weekly-2025-W${11 + round}`;
    await makeEdition(editionId, content);
    for (const way of WAYS) {
      const before = await stage.accepted();
      const copies = { skeleton: content.skeleton, count: READERS, smtpPort: stage.smtpPort };
      const question: SenderQuestion = way === 'edition' ? { ask: way, editionId } : { ask: way, ...copies };
      const cost = (await sender.ask(question)) as Cost;
      const accepted = (await stage.accepted()) - before;
      if (accepted !== READERS)
        throw new Error(`Can't count on "${way}": ${accepted} of ${READERS} mails came`);
      if (round) rounds[way].push(cost);
    }
  }
  return rounds;
}
