/** Secrets Manager on this machine: GetSecretValue and DescribeSecret for one secret, the keys of the links in the mails. */
import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import * as z from 'zod';
import type { FarEnd } from './far-end';
import { close, listen, readBody } from './loopback';

const SECRET_ID = 'paperboy/keys';
const ARN = `arn:aws:secretsmanager:us-east-1:123456789012:secret:${SECRET_ID}-local0`;

/** More than a question can be long. */
const LONGEST_QUESTION = 10_000;

/** The id of the key in use, and every key under its id. */
const Keys = z
  .object({ current: z.string() })
  .catchall(z.string().min(32))
  .refine((keys) => keys.current !== 'current' && keys.current in keys, 'its current key is missing');

const Question = z.string().transform((text, context) => {
  try {
    return z.object({ SecretId: z.string() }).parse(JSON.parse(text));
  } catch {
    context.addIssue('is no JSON with a SecretId');
    return z.NEVER;
  }
});

/**
 * Starts it on any free port. With a file the keys are kept there, so that the links in yesterday's mails still work.
 * @throws Error where the file can't be read or is damaged; it is left as it is
 */
export async function startSecrets({ file }: { file?: string } = {}): Promise<FarEnd & { secretId: string }> {
  const secret = file === undefined ? newKeys() : await keysIn(file);
  const changedAt = file === undefined ? new Date() : (await stat(file)).mtime;
  const server = createServer((request, response) => {
    // A question that breaks off has nobody to answer any more.
    serve({ secret, changedAt }, request, response).catch(() => response.destroy());
  });
  const url = await listen(server);
  return { url, secretId: SECRET_ID, close: () => close(server) };
}

const newKeys = (): string => JSON.stringify({ current: 'k1', k1: randomBytes(36).toString('base64url') });

async function keysIn(file: string): Promise<string> {
  const text = await readOrMake(file);
  try {
    Keys.parse(JSON.parse(text));
    return text;
  } catch (cause) {
    const advice = 'Put its copy back; or remove it, and the links in the mails sent so far stop working';
    throw new Error(`The keys in ${file} are damaged. Nothing was changed. ${advice}.`, { cause });
  }
}

async function readOrMake(file: string): Promise<string> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await makeWhole(file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new Error(`Can't keep the keys in ${file}`, { cause });
  }
  return await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`Can't read the keys in ${file}`, { cause });
  });
}

/** A full disk must not leave half of the keys, which would be damaged ones. */
async function makeWhole(file: string): Promise<void> {
  const unfinished = `${file}.new`;
  try {
    await writeFile(unfinished, newKeys(), { mode: 0o600 });
    await link(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
}

interface Kept {
  secret: string;
  changedAt: Date;
}

async function serve(kept: Kept, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [status, answer] = await answerTo(kept, request);
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
}

async function answerTo(kept: Kept, request: IncomingMessage): Promise<[status: number, answer: object]> {
  const action = /^secretsmanager\.(GetSecretValue|DescribeSecret)$/.exec(
    String(request.headers['x-amz-target']),
  )?.[1];
  if (!action) return refusal('UnknownOperationException');
  const question = Question.safeParse((await readBody(request, LONGEST_QUESTION))?.toString());
  if (!question.success) return refusal('SerializationException');
  const { SecretId } = question.data;
  if (SecretId !== SECRET_ID && SecretId !== ARN) {
    return refusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }
  const changed = kept.changedAt.getTime() / 1000; // AWS's JSON has times in seconds
  if (action === 'DescribeSecret')
    return [200, { ARN, Name: SECRET_ID, CreatedDate: changed, LastChangedDate: changed }];
  const version = { VersionId: 'local', VersionStages: ['AWSCURRENT'] };
  return [200, { ARN, Name: SECRET_ID, SecretString: kept.secret, ...version }];
}

const refusal = (type: string, message?: string): [number, object] => [
  400,
  { __type: type, Message: message },
];
