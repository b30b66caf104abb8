/** A DNS server on 127.0.0.1 that answers from a table, and fails as servers do: RFC 1035 §4, as far as mail needs it. */
import { createSocket, type Socket } from 'node:dgram';

export interface Records {
  CNAME?: string[];
  /** Each in its parts of at most 255 bytes. */
  TXT?: string[][];
  /** By preference. */
  MX?: Record<string, number>;
}

/** By names in lower case; a name that isn't here does not exist. */
export type Zone = Record<string, Records | 'SERVFAIL' | 'silence'>;

const TYPES: Record<number, keyof Records> = { 5: 'CNAME', 15: 'MX', 16: 'TXT' };
const [SERVFAIL, NXDOMAIN] = [2, 3];

/** Reads the zone anew at each question. `address` is as --dns takes it. */
export async function startDns(zone: Zone): Promise<{ address: string; close(): Promise<void> }> {
  const socket = createSocket('udp4');
  socket.on('message', (question, { port, address }) => {
    const answer = answerTo(zone, question);
    if (answer) socket.send(answer, port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { address: `127.0.0.1:${socket.address().port}`, close: () => closed(socket) };
}

const closed = (socket: Socket): Promise<void> => new Promise((resolve) => socket.close(() => resolve()));

function answerTo(zone: Zone, message: Buffer): Buffer | undefined {
  const { name, end } = nameAt(message, 12);
  const type = message.readUInt16BE(end);
  const question = message.subarray(12, end + 4);
  const records = zone[name];
  if (records === 'silence') return undefined;
  if (records === undefined) return Buffer.concat([head(message, NXDOMAIN, 0), question]);
  if (records === 'SERVFAIL') return Buffer.concat([head(message, SERVFAIL, 0), question]);
  const data = dataOf(records, TYPES[type]);
  const answers = data.map((one) => Buffer.concat([recordHead(type, one.length), one]));
  return Buffer.concat([head(message, 0, answers.length), question, ...answers]);
}

function nameAt(message: Buffer, start: number): { name: string; end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length).toLowerCase());
    at += 1 + length;
  }
  return { name: labels.join('.'), end: at + 1 };
}

/** The question's id, an answer's flags, and one question. */
const head = (question: Buffer, code: number, answers: number): Buffer =>
  Buffer.concat([question.subarray(0, 2), shorts(0x8180 | code, 1, answers, 0, 0)]);

/** Of the question's name, for a minute. */
const recordHead = (type: number, length: number): Buffer => shorts(0xc00c, type, 1, 0, 60, length);

function dataOf({ CNAME = [], TXT = [], MX = {} }: Records, type: keyof Records | undefined): Buffer[] {
  switch (type) {
    case 'CNAME':
      return CNAME.map(encoded);
    case 'TXT':
      return TXT.map((parts) => Buffer.concat(parts.map(counted)));
    case 'MX':
      return Object.entries(MX).map(([server, rank]) => Buffer.concat([shorts(rank), encoded(server)]));
    case undefined:
      return [];
  }
}

const encoded = (name: string): Buffer => Buffer.concat([...name.split('.').map(counted), Buffer.of(0)]);

const counted = (text: string): Buffer =>
  Buffer.concat([Buffer.of(text.length), Buffer.from(text, 'latin1')]);

function shorts(...values: number[]): Buffer {
  const buffer = Buffer.alloc(2 * values.length);
  for (const [n, value] of values.entries()) buffer.writeUInt16BE(value, 2 * n);
  return buffer;
}
