/** A newsletter for the doctor to look at: a world, a folder with its newsletter.json, a DNS, and schedules that run. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { wantedSchedules } from '../../../cli/doctor/schedules';
import { readSettings } from '../../../lambdas/core/settings';
import { call } from '../../../local/aws-json';
import { startScheduler, type Scheduled } from '../../../local/scheduler';
import { dkimTokens } from '../../../local/ses-account';
import example from '../../../newsletter.example.json';
import { startDns, type Zone } from '../../dns-server';
import { startWorld, type World } from '../../world';
import { startFunctions } from './functions';
import { paperboyIn, type Ran } from '../paperboy';

const DOMAIN = 'papers.example.org';
const [MAIL, DMARC] = [`mail.${DOMAIN}`, `_dmarc.${DOMAIN}`];

/** All as the stack's outputs ask for it. */
export const goodZone = (): Zone => ({
  ...Object.fromEntries(
    dkimTokens(DOMAIN).map((token) => [
      `${token}._domainkey.${DOMAIN}`,
      { CNAME: [`${token}.dkim.amazonses.com`] },
    ]),
  ),
  [MAIL]: {
    MX: { 'feedback-smtp.us-east-1.amazonses.com': 10 },
    TXT: [['v=spf1 include:amazonses.com ~all']],
  },
  [DMARC]: { TXT: [['v=DMARC1; p=quarantine']] },
});

const Report = z.object({
  outcome: z.string(),
  lines: z.array(
    z.strictObject({
      section: z.string(),
      name: z.string(),
      outcome: z.enum(['ok', 'warn', 'fail', 'not asked']),
      found: z.string().min(1),
      remedy: z.string().min(1).nullable(),
    }),
  ),
});
export type Reported = z.infer<typeof Report>['lines'][number];

export interface Examined {
  code: number;
  outcome: string;
  lines: Reported[];
  /** "ok: all 3 CNAME records are there" */
  says: (name: string) => string;
}

export function examined({ code, out, err }: Ran): Examined {
  if (err) throw new Error(`The doctor said on the side: ${err}`);
  const { outcome, lines } = Report.parse(JSON.parse(out));
  const says = (name: string): string => {
    const line = lines.find((one) => one.name === name);
    if (!line) throw new Error(`No line is called ${name}: ${lines.map((one) => one.name).join(', ')}`);
    return `${line.outcome}: ${line.found}`;
  };
  return { code, outcome, lines, says };
}

export type Patient = Awaited<ReturnType<typeof startPatient>>;

/** Well, but for what `ses` says. */
export async function startPatient(ses: NonNullable<Parameters<typeof startWorld>[0]>['ses'] = {}) {
  const world: World = await startWorld({ ses });
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-doctor-'));
  const newsletter = {
    ...example,
    postalAddress: "Ada Lovelace, 12 St James's Square, London",
    site: world.machine.site,
  };
  const writes = (text: string): Promise<void> => writeFile(join(folder, 'newsletter.json'), text);
  await writes(JSON.stringify(newsletter));
  const zone = goodZone();
  const dns = await startDns(zone);
  const scheduler = await startScheduler({ schedules: scheduled(newsletter), enabled: true });
  const functions = await startFunctions({ NEWSLETTER: JSON.stringify(newsletter) });
  const failedRuns = await makeQueue(world, 'schedules-dead-letters');
  const environment: Record<string, string | undefined> = {
    ...world.machine.environment,
    AWS_ENDPOINT_URL_SCHEDULER: scheduler.url,
    AWS_ENDPOINT_URL_LAMBDA: functions.url,
    SCHEDULES_DEAD_LETTERS_URL: failedRuns,
  };
  return {
    world,
    folder,
    newsletter,
    writes,
    zone,
    failedRuns,
    /** With a DNS of its own, and as much else of another environment as is named. */
    async examine(change: Record<string, string | undefined> = {}, ...words: string[]): Promise<Examined> {
      const all = ['doctor', '--json', '--dns', dns.address, ...words];
      return examined(await paperboyIn(folder, { ...environment, ...change }, ...all));
    },
    async close(): Promise<void> {
      await dns.close();
      await scheduler.close();
      await functions.close();
      await rm(folder, { recursive: true, force: true });
      await world.close();
    },
  };
}

/** As the stack makes them from a newsletter.json. */
export const scheduled = (newsletter: unknown): Scheduled[] => {
  const settings = readSettings(newsletter);
  return wantedSchedules(settings, new Date()).map(({ name, handler, cadence, expression }) => ({
    name,
    handler,
    cron: expression.slice('cron('.length, -1),
    timeZone: settings.timeZone,
    input: cadence === undefined ? {} : { cadence },
  }));
};

async function makeQueue({ machine }: World, QueueName: string): Promise<string> {
  const url = machine.environment['AWS_ENDPOINT_URL_SQS'] ?? '';
  const Made = z.object({ QueueUrl: z.string() });
  return (await call(url, 'AmazonSQS.CreateQueue', { QueueName }, Made)).QueueUrl;
}
