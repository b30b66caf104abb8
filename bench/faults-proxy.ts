/** A proxy between a sender and a far end: it sees every call, and may refuse it, lose it, or lose its answer. */
import { Agent, createServer, request, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { FarEnd } from '../local/far-end';
import { close, listen, readBody } from '../local/loopback';

/** Bytes: more than SES's largest message takes. */
const LARGEST = 32 * 1024 * 1024;

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Call {
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** When it arrived, in epoch milliseconds. */
  at: number;
  /** Passes it on to the far end, perhaps with another body; it may be done later than the answer, and more than once. */
  forward(body?: Buffer): Promise<Answer>;
}

/** `none`: the connection is cut without a word; `half`: in the middle of the answer. */
export type Reaction = Answer | { none: true } | { half: Answer };

export const text = (status: number, body: string, contentType: string): Answer => ({
  status,
  headers: { 'content-type': contentType },
  body: Buffer.from(body),
});

export async function startProxy(farEnd: string, react: (call: Call) => Promise<Reaction>): Promise<FarEnd> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, response) => {
    const at = Date.now();
    incoming.on('error', () => response.destroy());
    const { headers, method = 'POST', url: path = '/' } = incoming;
    readBody(incoming, LARGEST)
      .then(async (body = Buffer.of()) => {
        const forward = (other = body) => pass(agent, { farEnd, method, path, headers }, other);
        return answer(response, await react({ headers, body, at, forward }));
      })
      .catch(() => response.destroy()); // the caller was killed, or the far end is closed
  });
  const url = await listen(server);
  return {
    url,
    async close() {
      await close(server);
      agent.destroy();
    },
  };
}

interface Route {
  farEnd: string;
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
}

function pass(agent: Agent, { farEnd, method, path, headers }: Route, body: Buffer): Promise<Answer> {
  const { connection: _, 'transfer-encoding': __, ...kept } = headers;
  return new Promise((resolve, reject) => {
    const call = request(
      new URL(path, farEnd),
      { agent, method, headers: { ...kept, 'content-length': String(body.length) } },
      (response) => {
        readBody(response, LARGEST).then(
          (read = Buffer.of()) =>
            resolve({ status: response.statusCode ?? 502, headers: response.headers, body: read }),
          reject,
        );
      },
    );
    call.on('error', reject).end(body);
  });
}

function answer(response: ServerResponse, reaction: Reaction): void {
  if ('none' in reaction) return void response.destroy();
  const { status, headers, body } = 'half' in reaction ? reaction.half : reaction;
  const { connection: _, 'transfer-encoding': __, ...kept } = headers;
  response.writeHead(status, { ...kept, 'content-length': String(body.length) });
  if (!('half' in reaction)) return void response.end(body);
  response.write(body.subarray(0, body.length / 2), () => response.destroy());
}
