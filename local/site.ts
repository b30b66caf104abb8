/** The site on this machine: one HTTP port that treats its handlers as an HTTP API of API Gateway does. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { FarEnd } from './far-end';
import { CONNECTION_HEADERS, eventOf, pathOf, routeKeyOf, routeOf } from './gateway-event';
import { lambdaContext } from './lambda-context';
import { close, listen, readBody } from './loopback';

export type WebHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** Handlers by path, as lambdas/triggers.ts writes it: "/", "/unsubscribe/{token}", "$default". */
export type Routes = Record<string, WebHandler>;

/** API Gateway's quotas for an HTTP API: 10 MB of body, 30 seconds for an answer. */
const LONGEST_BODY = 10 * 1024 * 1024;
const TIMEOUT = 30;

/** @throws Error "Port N is taken…", with what to do */
export async function startSite({ port, routes }: { port: number; routes: Routes }): Promise<FarEnd> {
  const server = createServer((request, response) => void serve(routes, request, response));
  const url = await listen(server, port);
  return { url, close: () => close(server) };
}

async function serve(routes: Routes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    send(response, await answerTo(routes, request));
  } catch (error) {
    if (!request.complete) return void response.destroy(); // nobody is there to hear an answer
    console.error(error);
    send(response, says(500, 'Internal Server Error'));
  }
}

async function answerTo(
  routes: Routes,
  request: IncomingMessage,
): Promise<APIGatewayProxyStructuredResultV2> {
  const path = pathOf(request);
  if (path === undefined) return says(400, 'Bad Request');
  const route = routeOf(path, Object.keys(routes));
  const handler = route && routes[route.path];
  if (!handler) return says(404, 'Not Found');
  const body = await readBody(request, LONGEST_BODY);
  if (!body) return says(413, 'Request Entity Too Large');
  const event = eventOf(request, route, path, body);
  const result = await handler(event, lambdaContext(routeKeyOf(route), TIMEOUT));
  return result.statusCode === undefined ? inferred(result) : result;
}

const says = (statusCode: number, message: string): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message }),
});

/** An answer without a status is a body, says API Gateway. */
const inferred = (result: unknown): APIGatewayProxyStructuredResultV2 => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(result),
});

function send(response: ServerResponse, result: APIGatewayProxyStructuredResultV2): void {
  const { statusCode = 200, cookies, body = '', isBase64Encoded } = result;
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  const headers: Record<string, string | string[]> = { 'content-type': 'text/plain; charset=utf-8' };
  for (const [name, value] of Object.entries(result.headers ?? {}))
    headers[name.toLowerCase()] = String(value);
  for (const name of [...CONNECTION_HEADERS, 'content-length']) delete headers[name];
  if (cookies) headers['set-cookie'] = cookies;
  if (statusCode !== 204 && statusCode !== 304) headers['content-length'] = String(bytes.length);
  response.writeHead(statusCode, headers).end(bytes);
}
