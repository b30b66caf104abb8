/** Reports that come twice, in the wrong order, about others, or from nobody we know. */
import { createServer, type Server } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import * as deliveries from '../../lambdas/aws/deliveries';
import { documents } from '../../lambdas/aws/dynamodb';
import * as editions from '../../lambdas/aws/editions';
import { tables, type TableName } from '../../lambdas/aws/tables';
import { shardOf } from '../../lambdas/core/identity';
import { triggers, type Trigger } from '../../lambdas/triggers';
import { tableName } from '../../local/dynamodb';
import { close, listen } from '../../local/loopback';
import { mailsOf } from '../../local/mailbox';
import { receive } from '../../local/sqs-event';
import { bounce, complaint, EDITION, eventOf } from '../events';
import { linesOf } from '../lines';
import { startWorld, type World } from '../world';

interface Reader {
  id: string;
  address: string;
}

let world: World;
/** Where the addresses in forged messages lead, and who asked there. */
let trap: { server: Server; url: string };
let trapped = 0;

beforeAll(async () => {
  world = await startWorld({ queues: ['joins'], ses: { report: async () => {} } });
  const server = createServer((_, response) => void response.end(`${(trapped += 1)}`));
  trap = { server, url: await listen(server) };
});
afterAll(async () => {
  await close(trap.server);
  await world.close();
});

async function reader(name: string): Promise<Reader> {
  const address = `${name}@example.org`;
  await world.enlists([address]);
  return { id: await world.idOf(address), address };
}

/** All that is heard comes in one batch, and no message comes back. */
async function hear(...messages: unknown[]): Promise<void> {
  expect(await world.hears('record-feedback', ...messages)).toEqual({ batchItemFailures: [] });
}

const factsOf = async ({ id }: Reader): Promise<string[]> => {
  const accounts = await deliveries.accountsOf({ editionId: EDITION, shard: shardOf(id) });
  return [...(accounts.get(id)?.facts ?? [])].toSorted();
};
const statusOf = async ({ address }: Reader): Promise<string | undefined> =>
  (await world.subscriber(address))?.status;

/** Those that nobody has looked at for a while. */
async function deadLetters(): Promise<string[]> {
  const { AWS_ENDPOINT_URL_SQS: sqsUrl = '', FEEDBACK_DEAD_LETTERS_URL: queueUrl = '' } =
    world.machine.environment;
  return (await receive({ sqsUrl, queueUrl }, 10)).map(({ Body }) => Body);
}

/** Every row of every table, and how many mails went out. */
async function everything(): Promise<unknown[]> {
  const names = Object.keys(tables) as TableName[];
  const scans = names.map((name) => documents.send(new ScanCommand({ TableName: tableName(name) })));
  const rows = (await Promise.all(scans)).map(({ Items }) => Items);
  return [...rows, (await mailsOf(world.machine.mails)).length];
}

/** Kinds that SES knows and we don't ask for, and one that it doesn't know yet. */
const UNASKED = ['Subscription', 'Rendering Failure', 'Teleported'];

const pages = (Object.values(triggers) as Trigger[])
  .flatMap((trigger) => (trigger.kind === 'web' ? trigger.paths : []))
  .map((path) => path.replace(/\{\w+\}/, 'sns').replace('$default', '/sns'));

/** As SNS posts it or a program would, to every page; and as a message of the queue, which nobody but SES should fill. */
async function comesOf(body: string) {
  const before = await everything();
  const listening: string[] = [];
  for (const type of ['text/plain; charset=UTF-8', 'application/json', 'application/x-www-form-urlencoded'])
    for (const path of pages) {
      const headers = { 'content-type': type, 'x-amz-sns-message-type': 'Notification' };
      const { status } = await world.opens(path, { method: 'POST', headers, body });
      if (status < 400 || status > 499) listening.push(`${path}, ${type}: ${status}`);
    }
  await hear(body);
  const laidAside = (await deadLetters()).includes(body);
  return { listening, laidAside, changed: !isDeepStrictEqual(await everything(), before), trapped };
}

const deafEars = { listening: [], laidAside: true, changed: false, trapped: 0 };

/** SNS's envelope around a bounce that would be believed if it came from SES. */
async function enveloped(name: string, more: object): Promise<string> {
  const { id, address } = await reader(name);
  const Message = JSON.stringify(eventOf('Bounce', id, address, bounce('Permanent', address)));
  const TopicArn = 'arn:aws:sns:us-east-1:666666666666:theirs';
  const envelope = { Type: 'Notification', MessageId: 'm', TopicArn, Message, SignatureVersion: '1' };
  return JSON.stringify({ ...envelope, Signature: 'c2lnbmVk', SigningCertURL: trap.url, ...more });
}

test('a bounce that is reported three times suppresses once and counts once', async () => {
  const twice = await reader('twice');
  const event = eventOf('Bounce', twice.id, twice.address, bounce('Permanent', twice.address));
  await hear(event, event);
  await hear(event);
  expect(await factsOf(twice)).toEqual(['bounced']);
  expect(await world.subscriber(twice.address)).toMatchObject({ status: 'suppressed', revision: 2 });
  const counted = await editions.countTrouble(EDITION, { bounced: 0, complained: 0 });
  expect(counted).toEqual({ bounced: 1, complained: 0 });
});

test('a delivery that is reported after the bounce takes nothing back', async () => {
  const late = await reader('late');
  await hear(eventOf('Bounce', late.id, late.address, bounce('Permanent', late.address)));
  const suppressed = await world.subscriber(late.address);
  await hear(eventOf('Delivery', late.id, late.address));
  expect(suppressed).toMatchObject({ status: 'suppressed', suppression: { reason: 'bounced' } });
  expect(await world.subscriber(late.address)).toEqual(suppressed);
  expect(await factsOf(late)).toEqual(['bounced', 'delivered']);
});

test('one full mailbox is no reason to give a reader up; three editions in a row are', async () => {
  const full = await reader('full');
  const statuses = [];
  for (const n of [1, 2, 3]) {
    const editionId = `weekly-2025-W0${n}`;
    const scheduledFor = `2025-01-0${n}T07:00:00.000Z`;
    await editions.list({ editionId, cadence: 'weekly', title: 't', scheduledFor } as never);
    const soft = bounce('Transient', full.address);
    await hear(eventOf('Bounce', full.id, full.address, soft, { edition: [editionId] }));
    statuses.push(await statusOf(full));
  }
  expect(statuses).toEqual(['active', 'active', 'suppressed']);
});

test('of a complaint that names two people only the one who was mailed is suppressed', async () => {
  const [ours, other] = [await reader('ours'), await reader('other')];
  await hear(eventOf('Complaint', ours.id, ours.address, complaint(other.address, ours.address)));
  expect([await statusOf(ours), await statusOf(other)]).toEqual(['suppressed', 'active']);
});

test('a complaint that SES knows from its own suppression list is one', async () => {
  const listed = await reader('listed');
  const told = complaint(listed.address);
  const complaintSubType = 'OnAccountSuppressionList';
  const more = { complaint: { ...told.complaint, complaintSubType } };
  await hear(eventOf('Complaint', listed.id, listed.address, more));
  expect(await world.subscriber(listed.address)).toMatchObject({
    status: 'suppressed',
    suppression: { reason: 'complained' },
  });
});

test('a report whose tag names another reader than the mail went to touches neither', async () => {
  const [victim, forger] = [await reader('victim'), await reader('forger')];
  await hear(
    eventOf('Bounce', victim.id, forger.address, bounce('Permanent', forger.address)),
    eventOf('Complaint', victim.id, forger.address, complaint(forger.address)),
  );
  expect([await statusOf(victim), await statusOf(forger)]).toEqual(['active', 'active']);
  expect(await factsOf(victim)).toEqual([]);
});

test('a report finds its reader whatever the case of the address', async () => {
  const loud = await reader('loud');
  const capitals = loud.address.toUpperCase();
  await hear(eventOf('Bounce', loud.id, capitals, bounce('Permanent', capitals)));
  expect(await statusOf(loud)).toBe('suppressed');
});

test('kinds of events that nobody asked for are noted and passed over', async () => {
  const odd = await reader('odd');
  const before = await everything();
  const written = await linesOf(() =>
    hear(...UNASKED.map((eventType) => eventOf(eventType, odd.id, odd.address))),
  );
  expect(written).toMatchObject(UNASKED.map((eventType) => ({ fact: 'feedback.ignored', eventType })));
  expect(await everything()).toEqual(before);
  expect(await deadLetters()).toEqual([]);
});

test('a message that asks to confirm a subscription of SNS is not obeyed', async () => {
  expect(
    await comesOf(JSON.stringify({ Type: 'SubscriptionConfirmation', Token: 't', SubscribeURL: trap.url })),
  ).toEqual(deafEars);
});

test('a notification of somebody else’s topic is not believed', async () => {
  expect(await comesOf(await enveloped('foreign', {}))).toEqual(deafEars);
});

test('nor is one whose certificate lies where anybody may put a file', async () => {
  const SigningCertURL = `${trap.url}/anybodys-bucket/SimpleNotificationService-0.pem`;
  expect(await comesOf(await enveloped('on-s3', { SigningCertURL }))).toEqual(deafEars);
});
