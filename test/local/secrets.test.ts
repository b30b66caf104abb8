import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetSecretValueCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { startSecrets } from '../../local/secrets';

type Secrets = Awaited<ReturnType<typeof startSecrets>>;

let folder: string;
let file: string;
let secrets: Secrets | undefined;
let client: SecretsManagerClient | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paperboy-test-'));
  file = join(folder, 'data', 'keys.json');
});

afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true, force: true });
});

async function start(options: { file?: string } = { file }): Promise<SecretsManagerClient> {
  secrets = await startSecrets(options);
  client = new SecretsManagerClient({
    endpoint: secrets.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return client;
}

async function stop(): Promise<void> {
  client?.destroy();
  await secrets?.close();
  client = undefined;
  secrets = undefined;
}

const keysFrom = async (from: SecretsManagerClient): Promise<unknown> =>
  JSON.parse(
    (await from.send(new GetSecretValueCommand({ SecretId: secrets?.secretId }))).SecretString ?? '',
  );

const someKeys = { current: 'k1', k1: expect.stringMatching(/^[\w-]{48}$/) };

test('a handler finds the keys with the SDK, pointed at this machine by the environment as on AWS', async () => {
  await start();
  process.env['AWS_ENDPOINT_URL_SECRETS_MANAGER'] = secrets?.url;
  const handlers = new SecretsManagerClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  expect(await keysFrom(handlers)).toEqual(someKeys);
  handlers.destroy();
  delete process.env['AWS_ENDPOINT_URL_SECRETS_MANAGER'];
});

test('the links of yesterday work today: the keys in a file survive a restart, and only their owner can read them', async () => {
  const before = await keysFrom(await start());
  await stop();
  expect(await keysFrom(await start())).toEqual(before);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('without a file every start has keys of its own', async () => {
  const before = await keysFrom(await start({}));
  await stop();
  expect(await keysFrom(await start({}))).not.toEqual(before);
});

test('keys that an operator added by hand are kept as they are', async () => {
  await start();
  await stop();
  const keys = { ...(JSON.parse(await readFile(file, 'utf8')) as object), k2: 'x'.repeat(48), current: 'k2' };
  await writeFile(file, JSON.stringify(keys));
  expect(await keysFrom(await start())).toEqual(keys);
});

test.each([
  '',
  '{',
  '[]',
  '"k1"',
  '{"current":"k1"}',
  '{"current":"k1","k1":"short"}',
  '{"current":"current"}',
])('a damaged file (%j) is refused and never overwritten', async (text) => {
  await start();
  await stop();
  await writeFile(file, text);
  await expect(startSecrets({ file })).rejects.toMatchObject({
    message: expect.stringMatching(/keys\.json are damaged\. Nothing was changed\. Put its copy back/),
    cause: expect.anything(),
  });
  expect(await readFile(file, 'utf8')).toBe(text);
});

test('a place where no file can be is refused', async () => {
  await writeFile(join(folder, 'data'), '');
  await expect(startSecrets({ file })).rejects.toThrow(`the keys in ${file}`);
});

test('another secret is not found, and other questions are not understood', async () => {
  const asks = await start();
  await expect(asks.send(new GetSecretValueCommand({ SecretId: 'another' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: "Secrets Manager can't find the specified secret.",
    $metadata: { httpStatusCode: 400 },
  });
  await expect(asks.send(new ListSecretsCommand({}))).rejects.toMatchObject({
    name: 'UnknownOperationException',
  });
});

test('a question that is no JSON is refused, and one that breaks off harms nobody', async () => {
  const asks = await start();
  const headers = { 'x-amz-target': 'secretsmanager.GetSecretValue' };
  const answer = await fetch(secrets?.url ?? '', { method: 'POST', headers, body: '{"SecretId' });
  expect([answer.status, await answer.json()]).toEqual([400, { __type: 'SerializationException' }]);
  const socket = connect(Number(new URL(secrets?.url ?? '').port), '127.0.0.1');
  socket.write(
    'POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: secretsmanager.GetSecretValue\r\nContent-Length: 9\r\n\r\n{',
  );
  await sleep(50);
  socket.resetAndDestroy();
  await sleep(50);
  expect(await keysFrom(asks)).toEqual(someKeys);
});
