/** `npm run bench -- join`: a reader's message joined from the skeleton, beside the ways that others take. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Content } from '../lambdas/core/edition';
import { sign, subscriberIdOf, type Keys } from '../lambdas/core/identity';
import { rank } from '../lambdas/core/ranking';
import { readSettings } from '../lambdas/core/settings';
import type { Address } from '../lambdas/core/address';
import { readPaperFile } from '../lambdas/sources/paper-file';
import { renderDigest, type Digest } from '../templates/digest';
import { fill } from '../templates/slots';
import { cpuMilliseconds, ratio, type Figure } from './measure';

const ROOT = join(__dirname, '..');
const ROUNDS = 5;
const KEYS: Keys = { current: 'k1', k1: 'a key of the benchmark, which signs nothing real' };

export async function benchJoin(): Promise<Record<string, Figure>> {
  const settings = readSettings(JSON.parse(readFileSync(join(ROOT, 'newsletter.json'), 'utf8')));
  const sample = readFileSync(join(ROOT, 'local', 'sample-papers.jsonl'), 'utf8');
  const digest: Digest = {
    editionId: 'weekly-2025-W11',
    cadence: 'weekly',
    period: { from: '2025-03-10', to: '2025-03-16' },
    papers: rank(readPaperFile(sample, new Date()).papers).slice(0, 10),
    considered: 48,
  };
  const { skeleton } = await renderDigest(digest, settings);
  const { text, html } = { text: partOf(skeleton, 'plain'), html: partOf(skeleton, 'html') };
  const joined: number[] = [];
  const composed: number[] = [];
  const rendered: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    // as bytes: a joined string alone is only a promise to join
    joined.push(
      await cpuMilliseconds(20_000, (n) => void Buffer.from(fill(skeleton, valuesFor(n)), 'latin1')),
    );
    composed.push(
      await cpuMilliseconds(300, async (n) => {
        const { to } = valuesFor(n);
        await new MailComposer({ from: settings.sender.address, to, subject: 'Digest', text, html })
          .compile()
          .build();
      }),
    );
    rendered.push(await cpuMilliseconds(20, async () => void (await renderDigest(digest, settings))));
  }
  return {
    joinPerCpuSecond: ratio(joined.map((milliseconds) => 1000 / milliseconds)),
    vsMailComposer: ratio(composed.map((milliseconds, n) => milliseconds / (joined[n] as number))),
    vsMjmlPerReader: ratio(rendered.map((milliseconds, n) => milliseconds / (joined[n] as number))),
  };
}

/** What the sender does for each reader, two signatures and all. */
function valuesFor(n: number) {
  const to = `reader${n}@example.org`;
  const subscriberId = subscriberIdOf(to as Address, KEYS);
  return {
    to,
    'one-click': sign(KEYS, 'one-click', subscriberId),
    unsubscribe: sign(KEYS, 'unsubscribe', subscriberId),
  };
}

/** A part's body, still encoded: close enough in size for a composer that encodes it itself. */
function partOf({ segments }: Content['skeleton'], type: 'plain' | 'html'): string {
  const whole = segments.join('');
  const start = whole.indexOf(`text/${type}`);
  return whole.slice(
    whole.indexOf('\r\n\r\n', start),
    type === 'plain' ? whole.indexOf('text/html') : undefined,
  );
}
