/** `npm run bench -- send`: the whole send loop with its ledger, beside loops that only send. */
import { generalCopy } from '../templates/digest-copy';
import { MEMBERS, setMailman } from './mailman';
import { ratio, type Cost, type Figure } from './measure';
import { contentOf, enlist, makeEdition, setStage, type Stage } from './stage';
import type { SenderQuestion } from './sender';

/** About 80 KB a message. */
const PAPERS = 35;
const WAYS = ['edition', 'mailer', 'bare', 'pool'] as const;

type Way = (typeof WAYS)[number];

/** Mailman's are its processor time a message in milliseconds, and none where it is not installed. */
type Rounds = Record<Way, Cost[]> & { mailman: number[] };

/** How often each way sends, and to how many. */
export interface SendSize {
  rounds: number;
  readers: number;
}

export async function benchSend(size: SendSize): Promise<Record<string, Figure>> {
  const stage = await setStage();
  try {
    const rounds = await sendRounds(stage, size);
    const cpu = (way: Way) => rounds[way].map(({ cpuMs }) => cpuMs / size.readers);
    const ours = cpu('edition');
    const beside = (others: readonly number[]) => ratio(ours.map((one, n) => one / (others[n] as number)));
    const { mailman } = rounds;
    return {
      cpuMsPerMessage: ratio(ours),
      vsBareSdk: beside(cpu('bare')),
      vsNodemailerPool: beside(cpu('pool')),
      messagesPerSecond: ratio(rounds.edition.map(({ seconds }) => size.readers / seconds)),
      sesCpuMsPerMessage: ratio(cpu('mailer')),
      bareSdkCpuMsPerMessage: ratio(cpu('bare')),
      nodemailerPoolCpuMsPerMessage: ratio(cpu('pool')),
      ...(mailman.length ? { vsMailman: beside(mailman), mailmanCpuMsPerMessage: ratio(mailman) } : {}),
    };
  } finally {
    await stage.close();
  }
}

/** The ways take turns, so that what else the machine does falls on all of them; the first round only warms up. */
async function sendRounds(stage: Stage, size: SendSize): Promise<Rounds> {
  const { settings } = await import('../lambdas/aws/environment');
  const content = await contentOf(PAPERS, settings());
  const skeleton = generalCopy(content);
  console.log(`  ${skeleton.segments.join('').length} bytes a message, ${size.readers} messages a round`);
  await enlist(0, size.readers);
  const sender = stage.startSender();
  const mailman = await setMailman(skeleton, stage.smtpPort);
  const rounds: Rounds = { edition: [], mailer: [], bare: [], pool: [], mailman: [] };
  for (let round = 0; round <= size.rounds; round++) {
    const editionId = `weekly-2025-W${11 + round}`;
    await makeEdition(editionId, content);
    for (const way of WAYS) {
      const copies = { skeleton, count: size.readers, smtpPort: stage.smtpPort };
      const question: SenderQuestion = way === 'edition' ? { ask: way, editionId } : { ask: way, ...copies };
      const cost = (await counted(stage, way, size.readers, () => sender.ask(question))) as Cost;
      if (round) rounds[way].push(cost);
    }
    if (round && mailman) rounds.mailman.push(await counted(stage, 'mailman', MEMBERS, mailman.post));
  }
  return rounds;
}

/** One turn, after which the far ends must have taken so many mails. */
async function counted<T>(stage: Stage, name: string, mails: number, turn: () => Promise<T>): Promise<T> {
  const before = await stage.accepted();
  const answer = await turn();
  const accepted = (await stage.accepted()) - before;
  if (accepted !== mails) throw new Error(`Can't count on "${name}": ${accepted} of ${mails} mails came`);
  return answer;
}
