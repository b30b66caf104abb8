/** AWS's JSON protocol from the client's side, as far as the local machine needs it to talk to its own far ends. */
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';

const Refusal = z.object({
  __type: z.string().transform((type) => type.slice(type.indexOf('#') + 1)),
  message: z.string().optional(),
});

/** The far ends want a signature in the right form; none of them checks it. */
const signature =
  'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/local/aws4_request,SignedHeaders=host,Signature=0';

/** Of `http`, since a poller asks all the time, and `fetch` takes several times as long for a call. */
const agent = new Agent({ keepAlive: true, maxSockets: 50 });

/** Calls `target`, such as "AmazonSQS.SendMessage"; a refusal is an Error that has the service's code as its name. */
export async function call<Answer extends z.ZodType>(
  url: string,
  target: string,
  input: object,
  answer: Answer,
): Promise<z.infer<Answer>> {
  const { status, body } = await post(url, target, JSON.stringify(input));
  const answered: unknown = body === '' ? {} : JSON.parse(body);
  if (status === 200) return answer.parse(answered);
  const { __type: name, message } = Refusal.parse(answered);
  throw Object.assign(new Error(`${target} was refused: ${message ?? name}`), { name });
}

type Posted = { status: number; body: string };

/** Once more where a kept connection was closed just then: https://nodejs.org/api/http.html#requestreusedsocket */
async function post(url: string, target: string, input: string): Promise<Posted> {
  try {
    return await postOnce(url, target, input);
  } catch (error) {
    if (error instanceof StaleConnection) return postOnce(url, target, input);
    throw error;
  }
}

class StaleConnection extends Error {}

function postOnce(url: string, target: string, input: string): Promise<Posted> {
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(input),
    'x-amz-target': target,
    'x-amz-date': '20260101T000000Z',
    authorization: signature,
  };
  return new Promise((resolve, reject) => {
    const asking = request(url, { method: 'POST', agent, headers }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
    });
    asking.on('error', (cause: NodeJS.ErrnoException) =>
      reject(
        asking.reusedSocket && cause.code === 'ECONNRESET' ? new StaleConnection(target, { cause }) : cause,
      ),
    );
    asking.end(input);
  });
}
