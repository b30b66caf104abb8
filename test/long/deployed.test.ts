/** What is deployed, as it would run: the bundles of the synthesised stack, with the template's environment, rights and triggers. */
import { readSettings } from '../../lambdas/core/settings';
import { addDays, dayIn, periodOfWeek, weekOf } from '../../lambdas/core/calendar';
import { type HandlerName, type Trigger, triggers } from '../../lambdas/triggers';
import { startPaperSites, type PaperSites } from '../../local/paper-sites';
import { becomeReader, inboxOf, leaveByOneClick, linkIn, pressButton } from '../../local/reader';
import { startStack, type StackOnThisMachine } from '../infra/deployed/stack-on-this-machine';
import { nameOfArn } from '../infra/deployed/gatekeeper';
import { handlers } from '../infra/template';

const ADA = 'ada@example.org';
const GRACE = 'grace@example.org';
const BOUNCES = 'bounce@simulator.amazonses.com';
const cadences = { weekly: { cron: '0 7 ? * MON *', papers: 10 } };

let sites: PaperSites;
let stack: StackOnThisMachine;
let loseAnswers = false;

beforeAll(async () => {
  sites = await startPaperSites();
  const newsletter = (site: string) =>
    readSettings({
      name: 'Papers',
      sender: { name: 'Papers', address: 'digest@papers.example.org' },
      postalAddress: '1 Some Street, Some Town',
      site,
      timeZone: 'UTC',
      cadences,
      sources: [{ kind: 'hugging-face', url: sites.url }],
      sending: { lateHours: 1_000_000, graceMinutes: 0.05 },
    });
  stack = await startStack(newsletter, {
    fault: ({ recipients }) => (loseAnswers && recipients[0] === GRACE ? 'lost-answer' : undefined),
  });
});
afterAll(async () => {
  await stack.close();
  await sites.close();
});

const WEEK = weekOf(addDays(dayIn('UTC', new Date()), -7));
const MONDAY = periodOfWeek(WEEK).from;
/** Its last day with a list; no more than nine days ago, so it is read again before a build. */
const FRIDAY = addDays(MONDAY, 4);
const post = (path: string, fields: Record<string, string>) =>
  fetch(new URL(path, stack.machine.site), {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
const get = (path: string) => fetch(new URL(path, stack.machine.site));
const garbage = (handler: HandlerName) =>
  stack.machine.invoke(handler, { Records: [{ messageId: 'm1', body: '{"what":"is this?"}' }] });

test('every handler is opened by what the map says', () => {
  const mapped = Object.entries(triggers).map(([name, trigger]: [string, Trigger]) => {
    switch (trigger.kind) {
      case 'web':
        return [name, { kind: 'web', paths: trigger.paths }];
      case 'schedule':
        return [name, { kind: 'clock', crons: [trigger.cron] }];
      case 'cadences':
        return [name, { kind: 'clock', crons: Object.values(cadences).map(({ cron }) => cron) }];
      case 'queue':
        return [
          name,
          { kind: 'queue', queue: `${trigger.queue.charAt(0).toUpperCase()}${trigger.queue.slice(1)}Queue` },
        ];
    }
  });
  expect(stack.deployment.opened).toEqual(Object.fromEntries(mapped));
});

test('from sign-up to goodbye, every function has the code, the names and the rights that it needs', async () => {
  const { machine, gatekeeper } = stack;
  sites.lists.set(
    FRIDAY,
    ['voxel grids', 'speech recognition', 'protein folding'].map((subject, n) => ({
      paper: {
        id: `2503.0000${n}`,
        title: `All about ${subject}`,
        summary: `A study of ${subject} and how ${subject} came about.`,
        authors: [{ name: 'Ada Lovelace' }],
        upvotes: 30 - 10 * n,
      },
    })),
  );
  await becomeReader(machine, ADA, { search: 'voxel' });
  await becomeReader(machine, GRACE);
  await post('/subscribe', { email: BOUNCES });
  await machine.idle();

  expect(await machine.invoke('ingest-papers', { period: periodOfWeek(WEEK) })).toMatchObject({ papers: 3 });
  loseAnswers = true;
  const due = { cadence: 'weekly', scheduledTime: `${addDays(MONDAY, 7)}T00:00:00Z` }; // over on every day, at every hour
  expect(await machine.invoke('build-digest', due)).toMatchObject({ outcome: 'built', papers: 3 });
  await machine.idle();
  await new Promise((resolve) => setTimeout(resolve, 3_100)); // the grace
  const settled = await machine.invoke('settle-edition', { scheduledTime: new Date().toISOString() });
  expect(settled).toMatchObject([
    { status: 'done', books: { audience: 2, sent: 2, resolved: 1, closed: true } },
  ]);
  const digest = (await inboxOf(machine, ADA)).at(-1);

  const preferences = new URL(linkIn(digest, '/preferences'));
  const token = preferences.searchParams.get('token') ?? '';
  expect((await fetch(preferences)).status).toBe(200);
  expect((await post('/preferences', { token, search1: 'voxel', search2: 'video' })).status).toBe(200);
  expect((await post('/preferences/link', { email: ADA })).status).toBe(202);
  expect((await post('/preferences/address', { token, email: 'countess@example.org' })).status).toBe(202);
  await machine.idle();
  const data = (await (await post('/preferences/export', { token })).json()) as { subscriptions: unknown[] };
  expect(data.subscriptions).toHaveLength(1);
  await pressButton(linkIn((await inboxOf(machine, 'countess@example.org')).at(-1), '/preferences/move'));

  await leaveByOneClick((await inboxOf(machine, GRACE)).at(-1));
  for (const path of [
    '/',
    '/?q=voxel',
    '/editions',
    `/editions/weekly-${WEEK}`,
    '/feed.xml',
    '/feed.json',
    '/about',
  ])
    expect([path, (await get(path)).status]).toEqual([path, 200]);
  expect((await get('/nothing-here')).status).toBe(404);
  for (const handler of ['invite', 'send-digest', 'record-feedback'] as const) await garbage(handler);

  expect([...gatekeeper.refused]).toEqual([]);
  const called = new Set([...gatekeeper.allowed].map((line) => line.split(' ')[0]));
  expect(handlers.filter((handler) => !called.has(handler))).toEqual([]);
});

test('a right that nobody has is refused here as on AWS', async () => {
  const { statements } = stack.deployment.functions.subscribe;
  const kept = statements.splice(0);
  const answer = await post('/subscribe', { email: 'late@example.org' });
  statements.push(...kept);
  expect(answer.status).toBe(500);
  expect([...stack.gatekeeper.refused]).toEqual(['subscribe dynamodb:UpdateItem counters']);
});

/** Rights that this life never needs, and when they are needed. */
const elsewhere: Record<string, string> = {
  'ingest-papers dynamodb:GetItem papers': 'where arXiv was last read to (here it is no source)',
  'build-digest dynamodb:GetItem papers': 'the same, before a build',
  'ingest-papers sqs:SendMessage SchedulesDeadLetters': 'Lambda itself puts a failed run there',
  'build-digest sqs:SendMessage SchedulesDeadLetters': 'Lambda itself puts a failed run there',
  'settle-edition sqs:SendMessage SchedulesDeadLetters': 'Lambda itself puts a failed run there',
  'send-digest dynamodb:Query editions': 'whether every lane of the edition before is walked',
  'send-digest dynamodb:Query deliveries': 'a second try reads whose row asks for it',
  'record-feedback dynamodb:Query editions': 'soft bounces of the last editions',
  'record-feedback dynamodb:UpdateItem editions': 'the breaker counts bounces of an edition',
};

/** Rights that this life needs only where something takes long, or is tried again since its answer took long. */
const underLoad: Record<string, string> = {
  'send-digest dynamodb:GetItem subscribers':
    'a row that was read too long ago is read again before the mail',
  'send-digest dynamodb:GetItem deliveries': 'a row whose write was tried again is read back',
  'send-digest sqs:SendMessage LanesQueue': 'a lane that stopped in good order is queued again',
  'settle-edition dynamodb:GetItem deliveries': 'a row whose write was tried again is read back',
  'settle-edition sqs:SendMessage LanesQueue': 'a lane that was lost is queued again',
};

test('a right that this life needs nowhere is needed elsewhere or under load, and it is written down when', () => {
  const given = handlers.flatMap((handler) =>
    stack.deployment.functions[handler].statements.flatMap(({ Action, Resource }) =>
      [Resource]
        .flat()
        .flatMap((thing) => [Action].flat().map((action) => `${handler} ${action} ${nameOfArn(thing)}`)),
    ),
  );
  // what Lambda's event source and its log do themselves, nobody asks for on the wire
  const own = / (logs:|sqs:(ReceiveMessage|DeleteMessage|ChangeMessageVisibility|GetQueue))/;
  const maybe = Object.keys(underLoad);
  expect(maybe.filter((right) => !given.includes(right))).toEqual([]);
  const notNeeded = given.filter((right) => !own.test(right) && !stack.gatekeeper.allowed.has(right));
  expect(notNeeded.filter((right) => !maybe.includes(right)).toSorted()).toEqual(
    Object.keys(elsewhere).toSorted(),
  );
});
