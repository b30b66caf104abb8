/** The site's front: HTTP requests to API Gateway's events (payload format 2.0) and back. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { FarEnd } from './far-end';
import { lambdaContext } from './lambda-context';
import { close, listen, readBody } from './loopback';

type WebHandler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

const LARGEST = 10 * 1024 * 1024;
const TEXT = /^(text\/|application\/(json|xml|javascript)\b)/;

export async function startSite({ port, routes }: { port: number; routes: Record<string, WebHandler> }): Promise<FarEnd> {
  const server = createServer((request, response) => void serve(routes, request, response));
  return { url: await listen(server, port), close: () => close(server) };
}

async function serve(routes: Record<string, WebHandler>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const route = routeOf(Object.keys(routes), url.pathname);
  const body = await readBody(request, LARGEST);
  if (!route) return answer(request, response, { statusCode: 404, body: '{"message":"Not Found"}' });
  if (!body) return answer(request, response, { statusCode: 413, body: '{"message":"Request Entity Too Large"}' });
  try {
    const handle = routes[route.path] as WebHandler;
    answer(request, response, await handle(eventOf(request, url, route, body), lambdaContext(route.path, 29)));
  } catch (error) {
    console.error(error);
    answer(request, response, { statusCode: 500, body: '{"message":"Internal Server Error"}' });
  }
}

interface Route {
  path: string;
  parameters: Record<string, string>;
}

function routeOf(paths: string[], pathname: string): Route | undefined {
  const match = (path: string): Route | undefined => {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const found = new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}$`).exec(pathname);
    return found ? { path, parameters: Object.fromEntries(names.map((name, n) => [name, found[n + 1] ?? ''])) } : undefined;
  };
  const ordered = paths.filter((path) => path !== '$default').toSorted((a, b) => a.split('{').length - b.split('{').length);
  const found = ordered.map(match).find(Boolean);
  return found ?? (paths.includes('$default') ? { path: '$default', parameters: {} } : undefined);
}

function eventOf(request: IncomingMessage, url: URL, route: Route, body: Buffer): APIGatewayProxyEventV2 {
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const isText = TEXT.test(headers['content-type'] ?? '');
  const routeKey = route.path === '$default' ? '$default' : `ANY ${route.path}`;
  const query = [...new Set(url.searchParams.keys())].map((name) => [name, url.searchParams.getAll(name).join(',')]);
  const now = new Date();
  return {
    version: '2.0',
    routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers,
    ...(query.length && { queryStringParameters: Object.fromEntries(query) as Record<string, string> }),
    ...(Object.keys(route.parameters).length && { pathParameters: route.parameters }),
    requestContext: {
      accountId: '123456789012',
      apiId: 'local',
      domainName: headers['host'] ?? '',
      domainPrefix: 'local',
      http: {
        method: request.method ?? 'GET',
        path: url.pathname,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: now.toISOString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

function answer(request: IncomingMessage, response: ServerResponse, result: APIGatewayProxyStructuredResultV2): void {
  const { statusCode = 200, headers = {}, cookies = [], body = '', isBase64Encoded = false } = result;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
  if (cookies.length) response.setHeader('set-cookie', cookies);
  response.writeHead(statusCode);
  response.end(request.method === 'HEAD' ? undefined : Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'));
}
