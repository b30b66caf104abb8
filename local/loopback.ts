/** Servers on the loopback address: how the far ends of the local machine listen, read and close. */
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How long a request may still take once its server closes, in milliseconds. */
const GRACE = 1_000;

/** Listens on 127.0.0.1, on any free port for 0, and answers the URL without a slash at its end. */
export function listen(server: Server, port = 0): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(cannotListen(port, cause)));
    server.listen(port, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });
}

function cannotListen(port: number, cause: NodeJS.ErrnoException): Error {
  const problem =
    cause.code === 'EADDRINUSE'
      ? `Port ${port} is taken by another program.`
      : `Can't listen on port ${port} (${cause.code ?? cause.message}).`;
  return new Error(`${problem} Free it or choose another with --port N.`, { cause });
}

/** Waits for the answers under way, then ends every connection: a kept-alive one would hold the server open for ever. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!server.listening) return resolve();
    const impatience = setTimeout(() => server.closeAllConnections(), GRACE);
    server.close((error) => {
      clearTimeout(impatience);
      if (error) reject(error);
      else resolve();
    });
    server.closeIdleConnections();
  });
}

/** The body, or undefined where it is longer than `limit` bytes; the rest is read away, or the client never hears the answer. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length <= limit ? Buffer.concat(chunks) : undefined;
}
