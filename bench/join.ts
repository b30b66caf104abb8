/** `npm run bench -- join`: a reader's message joined from the skeleton, beside the ways that others take. */
import { simpleParser } from 'mailparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Skeleton } from '../lambdas/core/edition';
import { sign, subscriberIdOf, type Keys } from '../lambdas/core/identity';
import { exampleSettings } from '../settings/file';
import { renderDigest } from '../templates/digest';
import { generalCopy } from '../templates/digest-copy';
import { fill } from '../templates/slots';
import { cpuMilliseconds, ratio, type Figure } from './measure';
import { addressOf, sampleDigest } from './stage';

/** As newsletter.json has it. */
const PAPERS = 10;
const KEYS: Keys = { current: 'k1', k1: 'a key of the benchmark, which signs nothing real' };

export async function benchJoin(rounds: number): Promise<Record<string, Figure>> {
  const settings = exampleSettings();
  const digest = sampleDigest(PAPERS);
  const skeleton = generalCopy(await renderDigest(digest, settings));
  const compose = await composer(skeleton);
  // as bytes: a joined string alone is only a promise to join
  const copy = (n: number) => void Buffer.from(fill(skeleton, valuesFor(n)), 'latin1');
  const render = async () => void (await renderDigest(digest, settings));
  const joined: number[] = [];
  const composed: number[] = [];
  const rendered: number[] = [];
  for (let round = 0; round < rounds; round++) {
    joined.push(await cpuMilliseconds(20_000, copy));
    composed.push(await cpuMilliseconds(300, compose));
    rendered.push(await cpuMilliseconds(20, render));
  }
  return {
    joinPerCpuSecond: ratio(joined.map((milliseconds) => 1000 / milliseconds)),
    vsMailComposer: ratio(composed.map((milliseconds, n) => milliseconds / (joined[n] as number))),
    vsMjmlPerReader: ratio(rendered.map((milliseconds, n) => milliseconds / (joined[n] as number))),
    messageBytes: ratio([fill(skeleton, valuesFor(0)).length]),
  };
}

/** What the sender does for each reader, two signatures and all. */
function valuesFor(n: number) {
  const to = addressOf(n);
  const subscriberId = subscriberIdOf(to, KEYS);
  return {
    to,
    'one-click': sign(KEYS, 'one-click', subscriberId),
    unsubscribe: sign(KEYS, 'unsubscribe', subscriberId),
    preferences: sign(KEYS, 'preferences', subscriberId),
  };
}

/** nodemailer's composer makes the same message of the same headers and decoded bodies; only it knows how to encode. */
async function composer(skeleton: Skeleton): Promise<(n: number) => Promise<void>> {
  const marks = {
    to: addressOf(0),
    'one-click': 'ONE-CLICK',
    unsubscribe: 'UNSUBSCRIBE',
    preferences: 'PREFERENCES',
  };
  const mail = await simpleParser(fill(skeleton, marks), { skipTextToHtml: true });
  const { text = '', html, subject = '', from } = mail;
  if (!html || !from) throw new Error("Can't compose: the digest has no HTML or no sender");
  const known = new Set(['from', 'to', 'subject', 'mime-version', 'content-type']);
  const others = mail.headerLines.filter(({ key }) => !known.has(key));
  const headers = others.map(({ line }) => {
    const [key = '', ...value] = line.split(': ');
    return { key, value: value.join(': ') };
  });
  return async (n) => {
    const values = valuesFor(n);
    await new MailComposer({
      from: from.text,
      to: values.to,
      subject,
      headers: headers.map(({ key, value }) => ({
        key,
        value: value.replace('ONE-CLICK', values['one-click']),
      })),
      text: text.replace('UNSUBSCRIBE', values.unsubscribe).replace('PREFERENCES', values.preferences),
      html: html.replace('UNSUBSCRIBE', values.unsubscribe).replace('PREFERENCES', values.preferences),
      textEncoding: 'quoted-printable',
    })
      .compile()
      .build();
  };
}
