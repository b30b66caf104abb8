/** Secrets Manager on this machine: one secret, the keys that sign links, made on first use and kept in a file. */
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import * as z from 'zod';
import type { FarEnd } from './far-end';
import { close, listen, readBody } from './loopback';

const SECRET_ID = 'paperboy/keys';
const Keys = z.object({ current: z.string(), k1: z.string().min(32) }).catchall(z.string());

/** Answers GetSecretValue as Secrets Manager does (JSON 1.1); with a file the keys, and so all links, survive a restart. */
export async function startSecrets({ file }: { file?: string } = {}): Promise<FarEnd & { secretId: string }> {
  const secret = await secretOf(file);
  const server = createServer((request, response) => {
    void readBody(request, 10_000).then((body) => {
      const { status, answer } = answerTo(String(request.headers['x-amz-target']), body, secret);
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
    });
  });
  return { url: await listen(server), secretId: SECRET_ID, close: () => close(server) };
}

async function secretOf(file: string | undefined): Promise<string> {
  const fresh = JSON.stringify({ current: 'k1', k1: randomBytes(36).toString('base64url') });
  if (!file) return fresh;
  const kept = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new Error(`Can't read the keys in ${file}. Nothing was changed.`, { cause: error });
  });
  if (kept === undefined) {
    await writeFile(file, fresh, { mode: 0o600, flag: 'wx' });
    return fresh;
  }
  try {
    Keys.parse(JSON.parse(kept));
    return kept;
  } catch (cause) {
    throw new Error(
      `The keys in ${file} are damaged. Nothing was changed. Put back a copy, or move the data folder away to start with an empty one.`,
      { cause },
    );
  }
}

function answerTo(target: string, body: Buffer | undefined, SecretString: string): { status: number; answer: object } {
  if (target !== 'secretsmanager.GetSecretValue')
    return { status: 400, answer: { __type: 'UnknownOperationException', Message: `There is no ${target} here` } };
  const asked = z.object({ SecretId: z.string() }).safeParse(JSON.parse(body?.toString() ?? 'null'));
  if (asked.data?.SecretId !== SECRET_ID)
    return {
      status: 400,
      answer: { __type: 'ResourceNotFoundException', Message: "Secrets Manager can't find the specified secret." },
    };
  const answer = { ARN: SECRET_ID, Name: SECRET_ID, VersionId: 'local', SecretString, VersionStages: ['AWSCURRENT'] };
  return { status: 200, answer };
}
