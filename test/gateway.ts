/** A request as API Gateway hands it to a handler: from any network, without a socket. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { handler } from '../lambdas/subscribe';
import { lambdaContext } from '../local/lambda-context';

/** POST /subscribe with a form, from a network of the test's choice. */
export function subscribesFrom(
  sourceIp: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
  change: Partial<APIGatewayProxyEventV2> = {},
): Promise<APIGatewayProxyStructuredResultV2> {
  const http = { method: 'POST', path: '/subscribe', protocol: 'HTTP/1.1', sourceIp, userAgent: 'test' };
  const event: APIGatewayProxyEventV2 = {
    version: '2.0',
    routeKey: 'ANY /subscribe',
    rawPath: '/subscribe',
    rawQueryString: '',
    headers: {
      host: 'papers.example.org',
      'content-type': 'application/x-www-form-urlencoded',
      'x-forwarded-for': sourceIp,
      ...headers,
    },
    requestContext: {
      accountId: '123456789012',
      apiId: 'test',
      domainName: 'papers.example.org',
      domainPrefix: 'papers',
      http,
      requestId: 'test',
      routeKey: 'ANY /subscribe',
      stage: '$default',
      time: '15/Mar/2025:12:00:00 +0000',
      timeEpoch: Date.now(),
    },
    body: new URLSearchParams(fields).toString(),
    isBase64Encoded: false,
    ...change,
  };
  return handler(event as never, lambdaContext('subscribe', 29));
}
