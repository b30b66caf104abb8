/** Where the local SES keeps the mail it accepted: one .eml per message and an index that only grows, both on disk. */
import { appendFileSync, createReadStream, writeFileSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

/** One line of index.jsonl. The layout of the folder is a contract: scripts and tests read it. */
export type StoredMail = z.infer<typeof StoredMail>;
export const StoredMail = z.object({
  /** Counts from 1 in order of arrival, across restarts. */
  number: z.int().positive(),
  /** As SES answered it, without "@email.amazonses.com". */
  messageId: z.string(),
  /** Inside the folder, sortable by arrival: `000001-<messageId>.eml`. */
  file: z.string().regex(/^\d{6,}-[\w-]+\.eml$/),
  at: z.iso.datetime(),
  from: z.string(),
  /** Everyone it went to, Bcc included: the envelope, not the header. */
  to: z.array(z.string()),
  subject: z.string(),
  tags: z.record(z.string(), z.string()),
  bytes: z.int(),
});

export type Arrival = Pick<StoredMail, 'messageId' | 'from' | 'to' | 'subject' | 'tags'> & {
  raw: Buffer;
  at: Date;
};

export interface Mailbox {
  /**
   * Stores one mail before it returns, so mails never overtake each other in the index. The .eml comes first: what the
   * index names is there. It outlives a killed process, not a power cut (no fsync).
   */
  store(arrival: Arrival): StoredMail;
}

const INDEX = 'index.jsonl';

/** Opens the mailbox, or makes an empty one. A line that a crash left half-written is closed and never read. */
export async function openMailbox(folder: string): Promise<Mailbox> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, INDEX), '', { flag: 'a' });
  let { last, clean } = await stateOf(folder);
  return {
    store({ raw, at, ...arrival }) {
      const number = last + 1;
      const file = `${String(number).padStart(6, '0')}-${arrival.messageId}.eml`;
      const mail = { number, ...arrival, file, at: at.toISOString(), bytes: raw.length };
      writeFileSync(join(folder, file), raw, { flag: 'wx' });
      last = number;
      const line = `${clean ? '' : '\n'}${JSON.stringify(mail)}\n`;
      clean = false; // until the whole line is written: a full disk can cut it
      appendFileSync(join(folder, INDEX), line);
      clean = true;
      return mail;
    },
  };
}

/** File names count too: a crash between the .eml and its line leaves a number that is taken. */
async function stateOf(folder: string): Promise<{ last: number; clean: boolean }> {
  let last = 0;
  for (const name of await readdir(folder)) last = Math.max(last, Number(/^(\d+)-/.exec(name)?.[1] ?? 0));
  let end = '';
  for await (const line of linesOf(folder)) {
    last = Math.max(last, readLine(line)?.number ?? 0);
    end = line;
  }
  return { last, clean: end === '' };
}

/** Every mail, oldest first, read from disk as it is asked for; lines that are no mail are skipped. */
export async function* storedMails(folder: string): AsyncGenerator<StoredMail> {
  for await (const line of linesOf(folder)) {
    const mail = readLine(line);
    if (mail) yield mail;
  }
}

function readLine(line: string): StoredMail | undefined {
  try {
    return StoredMail.safeParse(JSON.parse(line)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // half-written
    throw error;
  }
}

/** The lines of the index; the last one is empty, or what a crash cut off. */
async function* linesOf(folder: string): AsyncGenerator<string> {
  let rest = '';
  try {
    const chunks: AsyncIterable<string> = createReadStream(join(folder, INDEX), 'utf8');
    for await (const chunk of chunks) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (cause) {
    throw new Error(`Can't read the mailbox in ${folder}`, { cause });
  }
  yield rest;
}

/** The mails to an address, in any case, or all of them; oldest first. */
export async function mailsOf(folder: string, address?: string): Promise<StoredMail[]> {
  const mails: StoredMail[] = [];
  for await (const mail of storedMails(folder)) {
    if (address === undefined || isTo(mail, address)) mails.push(mail);
  }
  return mails;
}

const isTo = (mail: StoredMail, address: string): boolean =>
  mail.to.some((recipient) => recipient.toLowerCase() === address.toLowerCase());

/** The whole message as SES would pass it on, byte for byte. */
export async function readMail(folder: string, mail: StoredMail): Promise<Buffer> {
  try {
    return await readFile(join(folder, mail.file));
  } catch (cause) {
    throw new Error(`Can't read mail ${mail.number} in ${folder}`, { cause });
  }
}
