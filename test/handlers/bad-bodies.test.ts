/** The bad inputs `body`: what a form's address is sent that is no form, or half of one. */
import { type Outcomes, testBadInputs } from '../bad-inputs';
import { everything } from '../everything';
import { subscribesFrom } from '../gateway';
import { startWorld, type Answered, type World } from '../world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ newsletter: { limits: { invitationsPerNetwork: 1000 } } });
});
afterAll(() => world.close());

const FORM = 'application/x-www-form-urlencoded';

/** An empty type is none at all. */
async function posts(
  body: string,
  type = 'application/json',
  more: Record<string, string> = {},
): Promise<Answered> {
  const headers = { ...(type && { 'content-type': type }), ...more };
  const answer = await world.opens('/subscribe', { method: 'POST', headers, body: Buffer.from(body) });
  await world.machine.idle();
  return answer;
}

/** Refused in words, and nothing is written and nobody mailed. */
async function isRefused(status: number, ...sent: Parameters<typeof posts>): Promise<void> {
  const before = await everything(world);
  const answer = await posts(...sent);
  expect(answer.status).toBe(status);
  const [, type = 'application/json'] = sent;
  if (type.startsWith('application/json')) {
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(JSON.parse(answer.text)).toMatchObject({ status, title: expect.any(String) as string });
  } else expect(answer.text).toContain('<h1>');
  expect(await everything(world)).toEqual(before);
}

/** How many mails came to each. */
const mailsOf = async (...addresses: string[]): Promise<number[]> =>
  Promise.all(addresses.map(async (address) => (await world.inboxOf(address)).length));

/** The same with an address of its own, so that no case counts another's mails. */
const addressed = (body: string, id: string): string => body.replaceAll('a@x.com', `${id}@x.com`);

const pollution = async (body: string, id: string): Promise<void> => {
  expect((await posts(addressed(body, id))).status).toBe(202);
  const clean: Record<string, unknown> = {};
  expect([clean['admin'], clean['x']]).toEqual([undefined, undefined]);
  expect(await mailsOf(`${id}@x.com`)).toEqual([1]);
};

const encoded = (body: Buffer) => ({ isBase64Encoded: true, body: body.toString('base64') });

const outcomes: Outcomes = {
  'body-073': (input) => isRefused(400, input),
  'body-074': (input) => isRefused(400, input),
  'body-077': (input) => isRefused(400, input),
  'body-079': (input) => isRefused(400, input),
  'body-080': (input) => isRefused(400, input),

  // JSON itself says that the last one counts (ECMA-262, JSON.parse)
  'body-081': async (input) => {
    expect((await posts(input)).status).toBe(202);
    expect(await mailsOf('a@x.com', 'b@x.com')).toEqual([0, 1]);
  },

  'body-084': (input) => pollution(input, 'proto'),
  'body-085': (input) => pollution(input, 'constructor'),

  'body-090': async () => {
    const well = await subscribesFrom('192.0.2.1', {}, {}, encoded(Buffer.from('email=base64%40x.com')));
    await world.machine.idle();
    expect([well.statusCode, await mailsOf('base64@x.com')]).toEqual([202, [1]]);
    const before = await everything(world);
    const binary = await subscribesFrom('192.0.2.1', {}, {}, encoded(Buffer.from([0, 255, 254, 128, 61, 1])));
    expect(binary.statusCode).toBe(400);
    expect(await everything(world)).toEqual(before);
  },

  'body-091': (input) => isRefused(400, input, FORM),
  'body-093': (input) => isRefused(400, input, FORM),

  'body-094': async (input) => {
    await isRefused(400, input.split(' ')[0] ?? '', FORM);
    expect((await posts('{"email":"a+b@x.com"}')).status).toBe(202);
    expect((await posts('email=a%2Bc@x.com', FORM)).status).toBe(202); // as browsers send it
    expect(await mailsOf('a+b@x.com', 'a+c@x.com')).toEqual([1, 1]);
  },

  'body-095': () => isRefused(415, '{"email":"plain@x.com"}', 'text/plain'),
  'body-097': () =>
    isRefused(415, '{"email":"zip@x.com"}', 'application/json', { 'content-encoding': 'gzip' }),
  'body-098': () => isRefused(415, '{"email":"none@x.com"}', ''),

  'body-099': async (input) => {
    const [name = '', value = ''] = input.split(': ');
    expect((await posts('email=method%40x.com', FORM, { [name]: value })).status).toBe(202);
    expect(await mailsOf('method@x.com')).toEqual([1]);
  },

  'body-100': async (input) => {
    const before = await everything(world);
    expect((await world.opens('/subscribe?email=head@x.com', { method: input })).status).toBe(405);
    expect(await everything(world)).toEqual(before);
  },

  'body-101': (input) => isRefused(415, '{"email":"utf7@x.com"}', input.replace('content-type: ', '')),
};

testBadInputs('body', outcomes);
