/** What a form's address is sent that is no form, or half of one. */
import { isDeepStrictEqual } from 'node:util';
import { everything } from '../everything';
import { subscribesFrom } from '../gateway';
import { harmless, refused } from '../inputs/bodies';
import { startWorld, type Answered, type World } from '../world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ newsletter: { limits: { invitationsPerNetwork: 1000 } } });
});
afterAll(() => world.close());

const FORM = 'application/x-www-form-urlencoded';

/** An empty type is none at all. */
async function posts(
  body: string | Buffer,
  type = 'application/json',
  more: Record<string, string> = {},
): Promise<Answered> {
  const headers = { ...(type && { 'content-type': type }), ...more };
  const answer = await world.opens('/subscribe', { method: 'POST', headers, body: Buffer.from(body) });
  await world.machine.idle();
  return answer;
}

/** How it is answered, whether in words for a reader or a program, and whether anything was written or sent. */
async function comesOf(...sent: Parameters<typeof posts>) {
  const before = await everything(world);
  const { status, headers, text } = await posts(...sent);
  const [, type = 'application/json'] = sent;
  const isProblem = headers.get('content-type') === 'application/problem+json';
  const inWords = /^application\/json(;|$)/.test(type)
    ? isProblem && /"title":"\w/.test(text) && text.includes(`"status":${status}`)
    : text.includes('<h1>');
  return { status, inWords, changed: !isDeepStrictEqual(await everything(world), before) };
}

const refusedWith = (status: number) => ({ status, inWords: true, changed: false });

/** How many mails came to each. */
const mailsOf = async (...addresses: string[]): Promise<number[]> =>
  Promise.all(addresses.map(async (address) => (await world.inboxOf(address)).length));

test.each(refused)('%s: %i', async (_, status, body, type, more) => {
  const what = typeof body === 'function' ? body() : body;
  expect(await comesOf(what, type, more)).toEqual(refusedWith(status));
});

test.each(harmless)('%s does no harm to what is not its own', async (_, address, body) => {
  expect((await posts(body)).status).toBe(202);
  const clean: Record<string, unknown> = {};
  expect([clean['admin'], clean['polluted'], 'polluted' in Object]).toEqual([undefined, undefined, false]);
  expect(await mailsOf(address)).toEqual([1]);
});

const TWICE = '{"email":"first@example.com","email":"second@example.com"}';

const ELSEWHERE = {
  'x-http-method-override': 'DELETE',
  'x-http-method': 'PUT',
  'x-method-override': 'PATCH',
};

const encoded = (body: Buffer) => ({ isBase64Encoded: true, body: body.toString('base64') });

// JSON itself says that the last one counts (ECMA-262, JSON.parse)
test('of two addresses under one name the last one counts, as in JSON itself', async () => {
  expect((await posts(TWICE)).status).toBe(202);
  expect(await mailsOf('first@example.com', 'second@example.com')).toEqual([0, 1]);
});

test('a body that the gateway encoded is decoded, and refused where no text is in it', async () => {
  const well = await subscribesFrom('192.0.2.1', {}, {}, encoded(Buffer.from('email=base64%40example.com')));
  await world.machine.idle();
  expect([well.statusCode, await mailsOf('base64@example.com')]).toEqual([202, [1]]);
  const before = await everything(world);
  const binary = await subscribesFrom('192.0.2.1', {}, {}, encoded(Buffer.from([0, 255, 254, 128, 61, 1])));
  expect(binary.statusCode).toBe(400);
  expect(await everything(world)).toEqual(before);
});

test('a plus is a space in a form and a plus in JSON', async () => {
  expect(await comesOf('email=a+b@example.com', FORM)).toEqual(refusedWith(400));
  expect((await posts('{"email":"a+b@example.com"}')).status).toBe(202);
  expect((await posts('email=a%2Bc@example.com', FORM)).status).toBe(202); // as browsers send it
  expect(await mailsOf('a+b@example.com', 'a+c@example.com')).toEqual([1, 1]);
});

test('a header that asks for another method is not obeyed', async () => {
  expect((await posts('email=method%40example.com', FORM, ELSEWHERE)).status).toBe(202);
  expect(await mailsOf('method@example.com')).toEqual([1]);
});

test('who only asks for the head changes nothing', async () => {
  const before = await everything(world);
  expect((await world.opens('/subscribe?email=head@example.com', { method: 'HEAD' })).status).toBe(405);
  expect(await everything(world)).toEqual(before);
});
