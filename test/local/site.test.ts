import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { FarEnd } from '../../local/far-end';
import { startSite } from '../../local/site';

let site: FarEnd;
let seen: { event: APIGatewayProxyEventV2; context: Context; by: string }[];
let answer: (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;
let log: jest.SpyInstance;

const handlerOf = (by: string) => async (event: APIGatewayProxyEventV2, context: Context) => {
  seen.push({ event, context, by });
  return answer(event);
};

const paths = ['/', '/editions/{editionId}', '/editions/latest', '/unsubscribe/{token}', '$default'];

beforeEach(async () => {
  seen = [];
  answer = async () => ({ statusCode: 200, body: 'hello' });
  log = jest.spyOn(console, 'error').mockReturnValue();
  site = await startSite({
    port: 0,
    routes: Object.fromEntries(paths.map((path) => [path, handlerOf(path)])),
  });
});

afterEach(async () => {
  await site.close();
  log.mockRestore();
});

interface Visit {
  method?: string;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

/** A request as it is written, where fetch would tidy it up. */
async function visit(path: string, { method = 'GET', headers = {}, body }: Visit = {}) {
  const request = httpRequest(site.url, { path, method, headers, agent: false });
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
}

async function eventOf(path: string, options?: Visit): Promise<APIGatewayProxyEventV2> {
  await visit(path, options);
  const last = seen.at(-1);
  if (!last) throw new Error('No handler was asked');
  return last.event;
}

test('a visit is the event that API Gateway gives to Lambda', async () => {
  const before = Date.now();
  const event = await eventOf('/unsubscribe/abc.def?via=mail&via=page&q=deep+learning%21', {
    headers: { 'User-Agent': 'Reader/1.0', Accept: ['text/html', 'text/plain'], Cookie: 'a=1; b=2' },
  });
  const { host } = new URL(site.url);
  expect(event).toEqual({
    version: '2.0',
    routeKey: 'ANY /unsubscribe/{token}',
    rawPath: '/unsubscribe/abc.def',
    rawQueryString: 'via=mail&via=page&q=deep+learning%21',
    cookies: ['a=1', 'b=2'],
    headers: {
      host,
      accept: 'text/html,text/plain',
      'user-agent': 'Reader/1.0',
      'content-length': '0',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-port': new URL(site.url).port,
      'x-forwarded-proto': 'http',
    },
    queryStringParameters: { via: 'mail,page', q: 'deep learning!' },
    pathParameters: { token: 'abc.def' },
    requestContext: {
      accountId: '123456789012',
      apiId: 'local',
      domainName: host,
      domainPrefix: 'local',
      http: {
        method: 'GET',
        path: '/unsubscribe/abc.def',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'Reader/1.0',
      },
      requestId: expect.any(String),
      routeKey: 'ANY /unsubscribe/{token}',
      stage: '$default',
      time: expect.stringMatching(/^\d\d\/[A-Z][a-z][a-z]\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      timeEpoch: expect.any(Number),
    },
    isBase64Encoded: false,
  });
  expect(event.requestContext.timeEpoch).toBeGreaterThanOrEqual(before);
  expect(seen[0]?.context.awsRequestId).toEqual(expect.any(String));
  expect(seen[0]?.context.getRemainingTimeInMillis()).toBeGreaterThan(0);
});

test.each([
  ['/', '/', undefined],
  ['/editions/latest', '/editions/latest', undefined],
  ['/editions/weekly-2026-W12', '/editions/{editionId}', { editionId: 'weekly-2026-W12' }],
  ['/unsubscribe/a%20b%C3%BC+c', '/unsubscribe/{token}', { token: 'a bü+c' }],
  ['/unsubscribe/a%3Fb', '/unsubscribe/{token}', { token: 'a' }],
  ['/unsubscribe/a%2Fb', '$default', undefined],
  ['/unsubscribe/', '$default', undefined],
  ['/unsubscribe', '$default', undefined],
  ['/editions/latest/', '$default', undefined],
  ['//', '$default', undefined],
  ['/Editions/latest', '$default', undefined],
  ['/nowhere?editions/latest', '$default', undefined],
])('a visit to %s is for %s', async (path, route, pathParameters) => {
  const event = await eventOf(path);
  expect(seen.map(({ by }) => by)).toEqual([route]);
  expect(event.routeKey).toBe(route === '$default' ? route : `ANY ${route}`);
  expect(event.pathParameters).toEqual(pathParameters);
});

test.each([
  ['text/plain', false],
  ['text/html; charset=utf-8', false],
  ['application/json', false],
  ['Application/JSON; charset=utf-8', false],
  ['application/xml', false],
  ['application/javascript', false],
  ['application/x-www-form-urlencoded', true],
  ['multipart/form-data; boundary=x', true],
  ['application/problem+json', true],
  ['', true],
])('a body of the type %j is in base64: %s', async (type, isBase64Encoded) => {
  const event = await eventOf('/', {
    method: 'POST',
    body: 'email=ü',
    headers: type === '' ? {} : { 'content-type': type },
  });
  expect(event.isBase64Encoded).toBe(isBase64Encoded);
  expect(Buffer.from(event.body ?? '', isBase64Encoded ? 'base64' : 'utf8').toString()).toBe('email=ü');
  expect(event.headers['content-length']).toBe('8');
  expect(event.requestContext.http.method).toBe('POST');
});

test('a visitor who claims another address in X-Forwarded-For is known by the address of the connection', async () => {
  const event = await eventOf('/', { headers: { 'X-Forwarded-For': '203.0.113.9' } });
  expect(event.requestContext.http.sourceIp).toBe('127.0.0.1');
  expect(event.headers['x-forwarded-for']).toBe('203.0.113.9, 127.0.0.1');
});

test('a body of 10 MB reaches the handler, one byte more is refused', async () => {
  const body = Buffer.alloc(10 * 1024 * 1024 + 1, 'x');
  const type = { 'content-type': 'text/plain' };
  const event = await eventOf('/', { method: 'POST', body: body.subarray(1), headers: type });
  expect(event.body).toHaveLength(10 * 1024 * 1024);
  const refused = await visit('/', { method: 'POST', body, headers: type });
  expect([refused.status, refused.body.toString()]).toEqual([413, '{"message":"Request Entity Too Large"}']);
  expect(seen).toHaveLength(1);
});

test('what the handler answers is what the visitor gets', async () => {
  answer = async () => ({
    statusCode: 404,
    headers: {
      'Content-Type': 'image/gif',
      'X-Count': 3,
      'X-New': true,
      'Content-Length': '999',
      Connection: 'close',
    },
    cookies: ['a=1; HttpOnly', 'b=2'],
    body: Buffer.from([71, 73, 70, 0, 255]).toString('base64'),
    isBase64Encoded: true,
  });
  const { status, headers, body } = await visit('/');
  expect(status).toBe(404);
  expect([...body]).toEqual([71, 73, 70, 0, 255]);
  expect(headers).toMatchObject({
    'content-type': 'image/gif',
    'x-count': '3',
    'x-new': 'true',
    'content-length': '5',
    'set-cookie': ['a=1; HttpOnly', 'b=2'],
  });
});

test('an answer without a type is text, and one without a status is its own body', async () => {
  expect((await visit('/')).headers['content-type']).toBe('text/plain; charset=utf-8');
  answer = async () => ({ body: 'hello' });
  const { status, headers, body } = await visit('/');
  expect([status, headers['content-type'], body.toString()]).toEqual([
    200,
    'application/json',
    '{"body":"hello"}',
  ]);
});

test.each([
  ['HEAD', 200, '5'],
  ['GET', 204, undefined],
  ['GET', 304, undefined],
])('an answer to %s with %i has no body', async (method, statusCode, length) => {
  answer = async () => ({ statusCode, body: 'hello' });
  const { status, headers, body } = await visit('/', { method });
  expect([status, headers['content-length'], body.length]).toEqual([statusCode, length, 0]);
});

const faults: [string, () => Promise<APIGatewayProxyStructuredResultV2>][] = [
  ['throws', () => Promise.reject(new Error('no table'))],
  ['answers nothing', async () => undefined as never],
  ['answers no number', async () => ({ statusCode: 'fine' as never })],
  ['answers a header that ends early', async () => ({ statusCode: 200, headers: { location: '/\r\nx: y' } })],
];

test.each(faults)(
  'when a handler %s the visitor gets an error, and the log says why, once',
  async (_, fault) => {
    answer = fault;
    const { status, headers, body } = await visit('/');
    expect([status, headers['content-type']]).toEqual([500, 'application/json']);
    expect(body.toString()).toBe('{"message":"Internal Server Error"}');
    expect(headers['location']).toBeUndefined();
    expect(log).toHaveBeenCalledTimes(1);
    answer = async () => ({ statusCode: 200 });
    expect((await visit('/')).status).toBe(200);
  },
);

test('without a default route what nobody has is not found', async () => {
  const small = await startSite({ port: 0, routes: { '/': handlerOf('/') } });
  const response = await fetch(`${small.url}/nowhere`);
  expect([response.status, await response.text()]).toEqual([404, '{"message":"Not Found"}']);
  await small.close();
});

test.each(['/%', '/%ff', '/%E0%A4%A', '*'])('a path that cannot be read (%s) is refused', async (path) => {
  const { status, body } = await visit(path, { method: 'OPTIONS' });
  expect([status, body.toString()]).toEqual([400, '{"message":"Bad Request"}']);
});

test('a visitor who breaks off in the middle of a form harms nobody', async () => {
  const socket = connect(Number(new URL(site.url).port), '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nemail=');
  await sleep(50);
  socket.resetAndDestroy();
  await sleep(50);
  expect((await visit('/')).status).toBe(200);
  expect(seen).toHaveLength(1);
  expect(log).not.toHaveBeenCalled();
});

test('a taken port is refused with what to do', async () => {
  const port = Number(new URL(site.url).port);
  await expect(startSite({ port, routes: {} })).rejects.toMatchObject({
    message: `Port ${port} is taken by another program. Free it or choose another with --port N.`,
    cause: { code: 'EADDRINUSE' },
  });
});

test('closing finishes the answer under way and ends the connections that browsers keep', async () => {
  const idle = connect(Number(new URL(site.url).port), '127.0.0.1');
  await once(idle, 'connect');
  answer = async () => {
    await sleep(200);
    return { statusCode: 200, body: 'late' };
  };
  const underWay = fetch(site.url);
  while (seen.length === 0) await sleep(5);
  const ended = once(idle, 'close');
  await site.close();
  await ended;
  expect(await (await underWay).text()).toBe('late');
  await expect(fetch(site.url)).rejects.toThrow('fetch failed');
});
