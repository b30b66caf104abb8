/** Asking a site: politely where it is busy, briefly where it is down, and never for more than fits. */
import { gzipSync } from 'node:zlib';
import { waitAsked } from '../../lambdas/sources/retry-after';
import { get, sameOrigin } from '../../lambdas/sources/web';
import { startPaperSites, type PaperSites, type SiteFault } from '../../local/paper-sites';
import { patient } from './patient';

let sites: PaperSites;
let others: PaperSites;
beforeEach(async () => {
  [sites, others] = await Promise.all([startPaperSites(), startPaperSites()]);
});
afterEach(() => Promise.all([sites.close(), others.close()]));

const ok: SiteFault = { status: 200, body: '[]' };
/** The site answers so, one after the other; the last answer stays. */
const answers = (...faults: SiteFault[]): void => {
  sites.fault = ({ count }) => faults[Math.min(count, faults.length) - 1];
};
const fetched = async (manner = patient()) => ({ ...(await get(`${sites.url}/x`, manner)), manner });

test('a site hears who asks, and its answer comes as it is', async () => {
  answers({ status: 200, headers: { 'x-a': 'b' }, body: 'räksmörgås' });
  const answer = await fetched();
  expect(answer).toMatchObject({ status: 200, text: 'räksmörgås' });
  expect(answer.headers.get('x-a')).toBe('b');
  expect(sites.questions[0]?.headers).toMatchObject({
    'user-agent': 'Paperboy (+https://papers.example.org)',
  });
  expect(sites.questions[0]?.headers).not.toHaveProperty('authorization');
});

test.each([200, 204, 400, 401, 403, 404, 410])('%d is an answer', async (status) => {
  answers({ status });
  expect((await fetched()).status).toBe(status);
  expect(sites.questions).toHaveLength(1);
});

test('a site that is busy is asked again when it says so', async () => {
  answers(
    { status: 429, headers: { 'retry-after': '7' } },
    { status: 429, headers: { ratelimit: '"api";r=0;t=55' } },
    ok,
  );
  const { text, manner } = await fetched();
  expect(text).toBe('[]');
  expect(manner.pauses).toEqual([7_000, 55_000]);
});

test('a busy site that asks for more time than there is is left alone', async () => {
  answers({ status: 429, headers: { 'retry-after': '99999999999' } });
  const manner = patient();
  await expect(fetched(manner)).rejects.toThrow('in the time left');
  expect(manner.pauses).toEqual([]);
  expect(sites.questions).toHaveLength(1);
});

test('a site that is busy for ever is asked five times', async () => {
  answers({ status: 429 });
  const manner = patient();
  await expect(fetched(manner)).rejects.toMatchObject({ cause: new Error('it answers 429') });
  expect(manner.pauses).toEqual([30_000, 30_000, 30_000, 30_000]);
});

test.each<[string, SiteFault]>([
  ['is down', { status: 503, body: 'down' }],
  ['is broken', { status: 500 }],
  ['breaks off', 'cut'],
])('a site that %s is asked three times, a little later each time', async (_, fault) => {
  answers(fault, fault, ok);
  const { text, manner } = await fetched();
  expect(text).toBe('[]');
  const [first = 0, second = 0] = manner.pauses;
  expect(first).toBeGreaterThanOrEqual(500);
  expect(second).toBeLessThanOrEqual(3_000);
  answers(ok, ok, ok, fault);
  await expect(fetched()).rejects.toThrow(`Can't fetch ${sites.url}/x`);
  expect(sites.questions).toHaveLength(6);
});

test('a site that is not there is told by what is wrong', async () => {
  await others.close();
  const asking = get(`${others.url}/x`, patient());
  await expect(asking).rejects.toMatchObject({ cause: { cause: { code: 'ECONNREFUSED' } } });
});

test('a site that wants some rest between questions gets it after a fault as well', async () => {
  answers('cut', { status: 503, headers: { 'retry-after': '1' } }, ok);
  expect((await fetched(patient(60_000, { spacing: 3_000 }))).manner.pauses).toEqual([3_000, 3_000]);
});

test('a site that never answers takes no more time than there is', async () => {
  answers('silence');
  await expect(fetched(patient(200))).rejects.toThrow('in the time left');
  await expect(fetched(patient(0))).rejects.toMatchObject({ cause: new Error('no time is left') });
  expect(sites.questions).toHaveLength(1);
});

test.each<[string, () => SiteFault]>([
  ['50 MB', () => 'flood'],
  [
    '50 MB, packed small',
    () => ({
      status: 200,
      headers: { 'content-encoding': 'gzip' },
      body: gzipSync(Buffer.alloc(50_000_000)),
    }),
  ],
])('%s are not read to their end, and not asked for again', async (_, fault) => {
  answers(fault());
  await expect(fetched()).rejects.toMatchObject({ cause: new Error('it answers more than 12000000 bytes') });
  expect(sites.questions).toHaveLength(1);
});

const to = (location: string): SiteFault => ({ status: 302, headers: { location } });

describe('a redirect', () => {
  test('within a site is followed, with the token', async () => {
    answers(to('/y?a=b'), ok);
    expect((await fetched(patient(1_000, { token: 'hf_x' }))).text).toBe('[]');
    expect(sites.questions.map(({ path }) => path)).toEqual(['/x', '/y']);
    expect(sites.questions.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer hf_x',
      'Bearer hf_x',
    ]);
  });

  test('to another site is not, so that it never sees the token', async () => {
    answers(to(`${others.url}/x`));
    await expect(fetched(patient(1_000, { token: 'hf_x' }))).rejects.toMatchObject({
      cause: new Error('it redirects elsewhere or without end'),
    });
    expect(others.questions).toEqual([]);
    expect(sites.questions).toHaveLength(1);
  });

  test('without end is not', async () => {
    answers(to('/x'));
    await expect(fetched()).rejects.toThrow("Can't fetch");
    expect(sites.questions).toHaveLength(4);
  });
});

test.each([
  ['seconds', { 'retry-after': ' 120 ' }, 120_000],
  [
    'a date, by the site’s own clock',
    { 'retry-after': 'Mon, 17 Mar 2025 07:00:30 GMT', date: 'Mon, 17 Mar 2025 07:00:00 GMT' },
    30_000,
  ],
  [
    'a date that is over',
    { 'retry-after': 'Mon, 17 Mar 2025 07:00:00 GMT', date: 'Mon, 17 Mar 2025 07:00:30 GMT' },
    0,
  ],
  ['when its quota is full again', { ratelimit: '"api";r=0;t=55' }, 55_000],
  ['both: the first counts', { 'retry-after': '3', ratelimit: '"api";r=0;t=55' }, 3_000],
  ['nonsense', { 'retry-after': 'soon', ratelimit: 'soon' }, undefined],
  ['nothing', {}, undefined],
])('how long a site asks to be left alone: %s', (_, headers, wait) => {
  expect(waitAsked(new Headers(headers))).toBe(wait);
});

test.each([
  ['a path', '/y', 'https://x.org/y'],
  ['the same site', 'https://x.org/y', 'https://x.org/y'],
  ['another site', 'https://y.org/', undefined],
  ['another protocol', 'http://x.org/', undefined],
  ['another port', 'https://x.org:8443/', undefined],
  ['no address', 'https://', undefined],
  ['a script', 'javascript:alert(1)', undefined],
])('an address that leads to %s', (_, address, there) => {
  expect(sameOrigin(address, new URL('https://x.org/x'))?.href).toBe(there);
});
