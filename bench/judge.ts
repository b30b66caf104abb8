/** The judge of a soak: what SES's own record says happened to each reader. The ledger is a witness, and is judged too. */
import type { Delivery } from '../lambdas/core/delivery';
import { storedMails } from '../local/mailbox';
import type { SesLog } from './faults-ses';
import type { Readers } from './soak-readers';

/** An answer and a call this close in milliseconds were under way together: the judge's own process takes turns. */
const TOGETHER_MS = 5;

export interface Judgement {
  /** Mails beyond the first, to any reader. */
  duplicates: number;
  /** Of the audience, without a mail: they stayed, SES never refused it, and no row says "parked". */
  missed: number;
  /** Mails whose call to SES started after the reader had been told that they were unsubscribed. */
  afterUnsubscribe: number;
  /** Mails to people who joined after the cutoff. */
  strangers: number;
  /** Rows that say other than SES's record: sent and there is no mail, or failed, skipped or missing and there is one. */
  contradictions: number;
  /** Of the audience, without a mail: SES refused it. */
  refused: number;
  /** Of the audience, without a mail: they had left. */
  left: number;
  /** Of the audience, without a mail: both tries came to nothing, and the row says "parked". */
  givenUp: number;
}

interface Mail {
  messageId: string;
  /** When its call to SES started, in epoch milliseconds. */
  startedAt: number;
}

/** Answers the counts, and a line for each reader who suffered. */
export async function judge(
  { mails, edition }: { mails: string; edition: string },
  readers: Readers,
  log: SesLog,
  ledger: ReadonlyMap<string, Delivery>,
): Promise<{ judgement: Judgement; evidence: string[] }> {
  const judgement: Judgement = {
    duplicates: 0,
    missed: 0,
    afterUnsubscribe: 0,
    strangers: 0,
    contradictions: 0,
    refused: 0,
    left: 0,
    givenUp: 0,
  };
  const evidence: string[] = [];
  const enter = (id: string, count: keyof Judgement, mail?: Mail): void => {
    judgement[count]++;
    if (count === 'left' || count === 'refused') return;
    evidence.push(
      `${count}: ${id}, mail ${JSON.stringify(mail)}, row ${JSON.stringify(ledger.get(id))}, left ${readers.leftAt.get(id)}`,
    );
  };
  const accepted = await acceptedMails(mails, edition, log);
  const audience = new Set(readers.ids);
  for (const [id, received] of accepted) {
    if (!audience.has(id)) enter(id, 'strangers');
    for (const mail of received.slice(1)) enter(id, 'duplicates', mail);
    for (const mail of received)
      if (mail.startedAt > (readers.leftAt.get(id) ?? Infinity) + TOGETHER_MS)
        enter(id, 'afterUnsubscribe', mail);
  }
  for (const id of readers.ids) {
    const status = ledger.get(id)?.status;
    if (!accepted.has(id)) enter(id, excuse(id, status, readers, log));
    if (contradicts(status, accepted.has(id))) enter(id, 'contradictions');
  }
  return { judgement, evidence };
}

/** By subscriber, in the order SES took them. */
async function acceptedMails(
  folder: string,
  edition: string,
  { startedAt }: SesLog,
): Promise<Map<string, Mail[]>> {
  const accepted = new Map<string, Mail[]>();
  for await (const { tags, messageId } of storedMails(folder)) {
    if (tags['edition'] !== edition) continue;
    const id = tags['subscriber'] ?? '';
    const mail = { messageId, startedAt: startedAt.get(messageId) ?? Infinity };
    accepted.set(id, [...(accepted.get(id) ?? []), mail]);
  }
  return accepted;
}

function excuse(
  id: string,
  status: Delivery['status'] | undefined,
  { leftAt }: Readers,
  { refused }: SesLog,
): 'left' | 'refused' | 'givenUp' | 'missed' {
  if (leftAt.has(id)) return 'left';
  if (refused.has(id)) return 'refused';
  return status === 'parked' ? 'givenUp' : 'missed';
}

/** A parked row claims nothing. */
const contradicts = (status: Delivery['status'] | undefined, accepted: boolean): boolean =>
  accepted ? status !== 'sent' && status !== 'parked' : status === 'sent';
