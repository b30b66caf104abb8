/** What the local SES reports of the mails it took, as EventBridge would hand it over. */
import { SendRawEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SesEvent as Known } from '../../lambdas/core/ses-event';
import type { FarEnd } from '../../local/far-end';
import { startSes } from '../../local/ses';
import type { SesEvent } from '../../local/ses-events';

let folder: string;
let ses: FarEnd;
let client: SESClient;
const heard: SesEvent[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paperboy-ses-events-'));
  ses = await startSes({ folder, port: 0, report: async (events) => void heard.push(...events) });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new SESClient({ endpoint: ses.url, region: 'us-east-1', credentials });
});
afterAll(async () => {
  client.destroy();
  await ses.close();
  await rm(folder, { recursive: true });
});

async function send(to: string, configurationSet?: string): Promise<SesEvent[]> {
  heard.length = 0;
  const raw = `From: a@example.org\r\nTo: ${to}\r\nSubject: s\r\n\r\nbody\r\n`;
  await client.send(
    new SendRawEmailCommand({
      Destinations: [to],
      RawMessage: { Data: Buffer.from(raw) },
      Tags: [{ Name: 'edition', Value: 'weekly-2025-W11' }],
      ConfigurationSetName: configurationSet,
    }),
  );
  return [...heard];
}

test.each([
  ['ada@example.org', ['Send', 'Delivery']],
  ['success@simulator.amazonses.com', ['Send', 'Delivery']],
  ['bounce@simulator.amazonses.com', ['Send', 'Bounce']],
  ['bounce+label@simulator.amazonses.com', ['Send', 'Bounce']],
  ['suppressionlist@simulator.amazonses.com', ['Send', 'Bounce']],
  ['ooto@simulator.amazonses.com', ['Send', 'Delivery', 'Bounce']],
  ['complaint@simulator.amazonses.com', ['Send', 'Delivery', 'Complaint']],
])('a mail to %s is reported as %j, in a shape that our own reader knows', async (to, types) => {
  const events = await send(to, 'paperboy');
  expect(events.map(({ detail }) => detail.eventType)).toEqual(types);
  for (const event of events)
    expect(Known.parse(event).detail.mail).toMatchObject({
      destination: [to],
      tags: { edition: ['weekly-2025-W11'] },
    });
});

test('a mail without a configuration set is not reported', async () => {
  expect(await send('ada@example.org')).toEqual([]);
});
