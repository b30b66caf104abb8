/** A far end that speaks as much SMTP as a sender needs, accepts every mail at once and throws it away. */
import { createServer, type Socket } from 'node:net';

export async function startSmtpSink(): Promise<{ port: number; accepted(): number; close(): void }> {
  let accepted = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)));
    serve(socket, () => accepted++);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error("Can't tell the port of the SMTP sink");
  const end = (): void => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { port: address.port, accepted: () => accepted, close: end };
}

const END = '\r\n.\r\n';

function serve(socket: Socket, count: () => void): void {
  let inData = false;
  let tail = '';
  socket.setNoDelay(true).on('error', () => socket.destroy());
  socket.write('220 sink\r\n');
  socket.on('data', (chunk) => {
    if (!inData) {
      const commands = (tail + chunk.toString('latin1')).split('\r\n');
      tail = commands.pop() ?? '';
      for (const command of commands) socket.write(answerTo(command));
      inData = commands.some((command) => /^DATA$/i.test(command));
      return;
    }
    // the end may come in two pieces, and nothing follows it before our answer
    tail = (tail + chunk.toString('latin1', Math.max(0, chunk.length - END.length))).slice(-END.length);
    if (tail !== END) return;
    [inData, tail] = [false, ''];
    count();
    socket.write('250 2.0.0 taken\r\n');
  });
}

function answerTo(command: string): string {
  if (/^EHLO/i.test(command)) return '250-sink\r\n250 8BITMIME\r\n';
  if (/^DATA/i.test(command)) return '354 go on\r\n';
  return /^QUIT/i.test(command) ? '221 bye\r\n' : '250 ok\r\n';
}
