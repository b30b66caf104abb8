/** What SpamAssassin makes of a mail, where it is installed: by its local rules, without a network. */
import { spawnSync } from 'node:child_process';

/** Points from which a mail is too near to spam; filters act on 5. */
export const MOST_POINTS = 2;

/** Points, or undefined where it is not installed. The message gets the header lines that SES will add. */
export function spamPoints(bytes: Buffer, isPosted: boolean): number | undefined {
  const posted = `Date: ${new Date().toUTCString().replace('GMT', '+0000')}\r\nMessage-ID: <check@mail.invalid>\r\n`;
  const ran = spawnSync('spamassassin', ['-L', '-t'], {
    input: Buffer.concat([Buffer.from(isPosted ? '' : posted), bytes]),
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (ran.error && 'code' in ran.error && ran.error.code === 'ENOENT') return undefined;
  const points = /^X-Spam-Status:.*?score=(-?[\d.]+)/ms.exec(ran.stdout)?.[1];
  if (points === undefined)
    throw new Error("Can't read what SpamAssassin says", { cause: ran.error ?? new Error(ran.stderr) });
  return Number(points);
}
