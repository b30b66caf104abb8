/** A far end that speaks SES v1's XML, accepts every mail at once and throws it away. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { FarEnd } from '../local/far-end';
import { close, listen } from '../local/loopback';
import { answerXml, newMessageId } from '../local/ses-xml';

/** High enough that nobody is paced. */
const quota = answerXml('GetSendQuota', {
  MaxSendRate: 100_000,
  Max24HourSend: 1_000_000_000,
  SentLast24Hours: 0,
});

export async function startSesSink(): Promise<FarEnd & { accepted(): number }> {
  let accepted = 0;
  const server = createServer((request, response) => serve(request, response, () => accepted++));
  const url = await listen(server);
  return { url, accepted: () => accepted, close: () => close(server) };
}

/** Only the first bytes are looked at: the SDK and the mailer both begin with the action. */
function serve(request: IncomingMessage, response: ServerResponse, count: () => void): void {
  let action: string | undefined;
  request.on(
    'data',
    (chunk: Buffer) => (action ??= /^Action=(\w+)/.exec(chunk.toString('latin1', 0, 40))?.[1]),
  );
  request.on('end', () => {
    response.setHeader('content-type', 'text/xml');
    if (action === 'GetSendQuota') return response.end(quota);
    if (action !== 'SendRawEmail') return response.writeHead(400).end();
    count();
    return response.end(answerXml(action, { MessageId: newMessageId(new Date()) }));
  });
}
