/** Requests that no page or mail program of ours makes, at every address of the map: refused in words, nothing written. */
import { sign, type Keys, type Purpose } from '../../lambdas/core/identity';
import { triggers, type Trigger } from '../../lambdas/triggers';
import { everything } from '../everything';
import { startWorld, type Answered, type World } from '../world';

const purposes = [
  'confirm',
  'unsubscribe',
  'one-click',
  'undo',
  'preferences',
  'erase',
  'change-address',
] as const satisfies readonly Purpose[];

const NOW = 'ada@example.org';
const NEXT = 'ada@example.net';

let world: World;
let keys: Keys;
const ids: Record<string, string> = {};
/** Ada, who wants to move. */
beforeAll(async () => {
  world = await startWorld({ newsletter: { limits: { invitationsPerNetwork: 1000 } } });
  keys = await world.keys();
  for (const address of [NOW, NEXT]) ids[address] = await world.idOf(address);
  await world.reader(NOW);
  await world.posts('/preferences/address', { token: tokenFor('preferences', NOW), email: NEXT });
});
afterAll(() => world.close());

const tokenFor = (purpose: Purpose, address: string): string =>
  sign(keys, purpose, ids[address] ?? '', new Date());

type Fields = Record<string, string>;

/** A form: its address, by the token in it where there is one, and the fields that it sends. */
interface Form {
  path: (token: string) => string;
  fields: (token: string) => Fields;
  /** The purposes that its token may have; none where it needs no token. */
  good: readonly Purpose[];
  /** What any other token is answered with. */
  status: 400 | 404;
  /** Whose token it is. */
  of: string;
}

const field = (path: string, good: readonly Purpose[], status: 400 | 404, more: Fields = {}): Form => ({
  path: () => path,
  fields: (token) => ({ token, ...more }),
  good,
  status,
  of: NOW,
});
const part = (ending: string, good: readonly Purpose[], fields: Fields = {}): Form => ({
  path: (token) => `/unsubscribe/${token}${ending}`,
  fields: () => fields,
  good,
  status: 404,
  of: NOW,
});
const open = (path: string, fields: Fields): Form => ({
  path: () => path,
  fields: () => fields,
  good: [],
  status: 404,
  of: NOW,
});

const forms: Record<string, Form> = {
  subscribe: open('/subscribe', { email: 'new@example.org' }),
  confirm: field('/confirm', ['confirm'], 404),
  preferences: field('/preferences', ['preferences'], 400, { cadence: 'weekly', search1: 'new' }),
  link: open('/preferences/link', { email: NOW }),
  pause: field('/preferences/pause', ['preferences'], 400, { weeks: '2' }),
  address: field('/preferences/address', ['preferences'], 400, { email: NEXT }),
  move: {
    ...field('/preferences/move', ['change-address'], 404),
    fields: (token) => ({ token, from: ids[NOW] ?? '' }),
    of: NEXT,
  },
  export: field('/preferences/export', ['preferences'], 400),
  erase: field('/preferences/erase', ['preferences', 'erase'], 400),
  unsubscribe: part('', ['unsubscribe', 'one-click']),
  undo: part('/undo', ['undo']),
  less: part('/less', ['undo']),
  reason: part('/reason', ['undo'], { reason: 'other' }),
};

const goodToken = ({ good, of }: Form): string => tokenFor(good[0] ?? 'confirm', of);
const addressOf = (form: Form): string => form.path(goodToken(form));
const bodyOf = (form: Form): URLSearchParams => new URLSearchParams(form.fields(goodToken(form)));

/** What there was after the last request, with which the next one begins. */
let after: string | undefined;

/** What is answered, whether in words that a person can go on from, and whether anything is written or mailed. */
async function comesOf(ask: () => Promise<Answered>) {
  const before = after ?? JSON.stringify(await everything(world));
  const { status, headers, text } = await ask();
  const inWords = /<h1>[^<]+<\/h1>[^]*<p>/.test(text) && headers.get('cache-control') === 'no-store';
  after = JSON.stringify(await everything(world));
  const isWritten = after !== before;
  return { status, inWords, isWritten, allow: headers.get('allow') };
}

const refused = (status: number) => ({ status, inWords: true, isWritten: false });

/** Every address of the site, as its map has it. */
const addresses = Object.values(triggers)
  .flatMap((trigger: Trigger) => (trigger.kind === 'web' ? trigger.paths : []))
  .filter((path) => path !== '$default' && path !== '/proof'); // there only where the operator wants it

test('the forms below are all of the addresses that take a POST', async () => {
  const taking: string[] = [];
  for (const address of addresses) {
    const { headers } = await world.opens(address, { method: 'PUT' });
    if (headers.get('allow')?.includes('POST')) taking.push(address);
  }
  const known = Object.values(forms).map((form) => form.path('{token}'));
  const changes = ['/undo', '/less', '/reason'].map((change) => `/unsubscribe/{token}${change}`);
  expect(new Set([...taking, ...changes])).toEqual(new Set(known));
});

test.each(['PUT', 'PATCH', 'DELETE', 'PROPFIND'])(
  '%s is answered with the methods that work',
  async (method) => {
    for (const address of [...addresses, ...Object.values(forms).map(addressOf)]) {
      if (address.includes('{change}')) continue;
      const what = await comesOf(() => world.opens(address, { method }));
      expect(what).toMatchObject(refused(405));
      expect(what.allow).toMatch(/^(GET|POST|GET, POST)$/);
    }
  },
);

const each = Object.keys(forms);
const formOf = (name: string): Form => forms[name] ?? open('/', {});
const posts = (form: Form, body: string | URLSearchParams, headers: Fields = {}): Promise<Answered> =>
  world.opens(addressOf(form), { method: 'POST', body, headers });

test.each(each)('a megabyte sent to the form "%s" is too much', async (name) => {
  const body = bodyOf(formOf(name));
  body.set('words', 'x'.repeat(1_000_000));
  expect(await comesOf(() => posts(formOf(name), body))).toMatchObject(refused(413));
});

/** The others do what their address says, whatever is sent along (RFC 8058 §3.2). */
const withFields = each.filter((name) => Object.keys(formOf(name).fields('')).length > 0);

test.each(withFields)('what is no form is not read by the form "%s"', async (name) => {
  const body = bodyOf(formOf(name)).toString();
  const form = 'application/x-www-form-urlencoded';
  for (const headers of [
    { 'content-type': 'text/plain' },
    { 'content-type': 'text/xml' },
    { 'content-type': 'application/octet-stream' },
    { 'content-type': `${form}; charset=utf-7` },
    { 'content-type': form, 'content-encoding': 'gzip' },
  ])
    expect(await comesOf(() => posts(formOf(name), body, headers))).toMatchObject(refused(415));
});

test.each(withFields)('each field of the form "%s" may be there once', async (name) => {
  for (const [key, value] of bodyOf(formOf(name))) {
    const body = bodyOf(formOf(name));
    body.append(key, value);
    expect(await comesOf(() => posts(formOf(name), body))).toMatchObject(refused(400));
  }
});

const withToken = each.filter((name) => formOf(name).good.length > 0);
const asks = (form: Form, token: string): Promise<Answered> =>
  world.posts(form.path(token), form.fields(token));

test.each(withToken)('a token for anything else does nothing at the form "%s"', async (name) => {
  const form = formOf(name);
  const foreign = purposes.filter((purpose) => !form.good.includes(purpose));
  for (const purpose of foreign)
    expect(await comesOf(() => asks(form, tokenFor(purpose, form.of)))).toMatchObject(refused(form.status));
});

test.each(withToken)('nor does a token that was tampered with, at the form "%s"', async (name) => {
  const form = formOf(name);
  const token = goodToken(form);
  const [keyId = '', id = '', time = '', mac = ''] = token.split('.');
  const grace = await world.idOf('grace@example.org');
  for (const wrong of [
    [keyId, grace, time, mac],
    [keyId, id, `${time}1`, mac],
    [keyId, id, '0', mac.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'))],
    ['k2', id, time, mac],
    [keyId, id, time],
    [keyId, id, time, mac, mac],
    ['__proto__', id, time, mac],
    ['x'],
  ])
    expect(await comesOf(() => asks(form, wrong.join('.')))).toMatchObject(refused(form.status));
});

test('and each form works, asked as it wants to be', async () => {
  for (const name of each) {
    const { status } = await asks(formOf(name), goodToken(formOf(name)));
    expect([name, status < 300]).toEqual([name, true]);
  }
});
