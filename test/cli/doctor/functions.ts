/** Lambda, as far as the doctor asks it: GetFunctionConfiguration, with the same environment for every function. */
import { createServer } from 'node:http';
import type { FarEnd } from '../../../local/far-end';
import { close, listen } from '../../../local/loopback';

/** Starts it on any free port. https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export async function startFunctions(environment: Record<string, string>): Promise<FarEnd> {
  const server = createServer((request, response) => {
    const [, FunctionName] =
      /^\/2015-03-31\/functions\/([\w-]+)\/configuration$/.exec(request.url ?? '') ?? [];
    const headers = {
      'content-type': 'application/json',
      ...(FunctionName === undefined && { 'x-amzn-errortype': 'ResourceNotFoundException' }),
    };
    const answer = FunctionName ? { FunctionName, Environment: { Variables: environment } } : {};
    response.writeHead(FunctionName ? 200 : 404, headers).end(JSON.stringify(answer));
  });
  const url = await listen(server);
  return { url, close: () => close(server) };
}
