/** An HTTP request as the event that an HTTP API of API Gateway gives to Lambda, in its payload format 2.0. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

export interface Route {
  /** Such as "/", "/unsubscribe/{token}" or "$default". */
  path: string;
  pathParameters?: Record<string, string>;
}

/** Headers that are about one connection (RFC 9110 §7.6.1): API Gateway doesn't pass them on, in either direction. */
export const CONNECTION_HEADERS = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Measured on AWS: text of these types is a string in the event, all else is in base64, forms included. */
const TEXT = /^(text\/.*|application\/(json|javascript|xml))$/i;

/**
 * The path as API Gateway passes and routes it: decoded, and cut off at a question mark that was encoded.
 * Undefined where it can't be decoded.
 */
export function pathOf(request: IncomingMessage): string | undefined {
  const [encoded = ''] = (request.url ?? '').split('?');
  try {
    return encoded.startsWith('/') ? decodeURIComponent(encoded).split('?')[0] : undefined;
  } catch {
    return undefined;
  }
}

/** A path without parameters comes before one with them, and "$default" is for what nobody else has. */
export function routeOf(path: string, paths: string[]): Route | undefined {
  if (paths.includes(path)) return { path };
  for (const candidate of paths) {
    const pathParameters = parametersOf(path, candidate);
    if (pathParameters) return { path: candidate, pathParameters };
  }
  return paths.includes('$default') ? { path: '$default' } : undefined;
}

function parametersOf(path: string, template: string): Record<string, string> | undefined {
  const names = template.split('/');
  const values = path.split('/');
  if (names.length !== values.length || !template.includes('{')) return undefined;
  const parameters: Record<string, string> = {};
  for (const [place, name] of names.entries()) {
    const value = values[place] ?? '';
    if (name.startsWith('{') && value !== '') parameters[name.slice(1, -1)] = value;
    else if (name !== value) return undefined;
  }
  return parameters;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export function eventOf(
  request: IncomingMessage,
  route: Route,
  path: string,
  body: Buffer,
): APIGatewayProxyEventV2 {
  const cookies = request.headersDistinct['cookie']?.flatMap((line) => line.split(/; */));
  const rawQueryString = (request.url ?? '').split('?').slice(1).join('?');
  return {
    version: '2.0',
    routeKey: routeKeyOf(route),
    rawPath: path,
    rawQueryString,
    ...(cookies && { cookies }),
    headers: headersOf(request, body),
    ...(rawQueryString !== '' && { queryStringParameters: queryOf(rawQueryString) }),
    requestContext: contextOf(request, route, path),
    ...(route.pathParameters && { pathParameters: route.pathParameters }),
    ...bodyOf(body, request.headers['content-type']),
  };
}

export const routeKeyOf = ({ path }: Route): string => (path === '$default' ? path : `ANY ${path}`);

function headersOf(request: IncomingMessage, body: Buffer): Record<string, string> {
  const sent = Object.entries(request.headersDistinct)
    .filter(([name]) => name !== 'cookie' && !CONNECTION_HEADERS.has(name))
    .map(([name, values = []]) => [name, values.join(',')] as const);
  const forwardedFor = [...(request.headersDistinct['x-forwarded-for'] ?? []), addressOf(request)];
  return {
    ...Object.fromEntries(sent),
    'content-length': String(body.length),
    'x-forwarded-for': forwardedFor.join(', '),
    'x-forwarded-port': String(request.socket.localPort),
    'x-forwarded-proto': 'http',
  };
}

function queryOf(rawQueryString: string): Record<string, string> {
  const query = new URLSearchParams(rawQueryString);
  return Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name).join(',')]));
}

function contextOf(
  request: IncomingMessage,
  route: Route,
  path: string,
): APIGatewayProxyEventV2['requestContext'] {
  const now = new Date();
  const [, day, month, year, time] = now.toUTCString().split(' ');
  return {
    accountId: '123456789012',
    apiId: 'local',
    domainName: request.headers.host ?? '',
    domainPrefix: 'local',
    http: {
      method: request.method ?? '',
      path,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: addressOf(request),
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: randomUUID(),
    routeKey: routeKeyOf(route),
    stage: '$default',
    time: `${day}/${month}/${year}:${time} +0000`,
    timeEpoch: now.getTime(),
  };
}

/** The socket's, never the one X-Forwarded-For claims. */
const addressOf = (request: IncomingMessage): string => request.socket.remoteAddress ?? '';

function bodyOf(body: Buffer, contentType = ''): Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'> {
  if (body.length === 0) return { isBase64Encoded: false };
  const [type = ''] = contentType.split(';');
  const isBase64Encoded = !TEXT.test(type.trim());
  return { body: body.toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded };
}
