/** One last mail to a reader who left, where the operator wants that: written at most once, where nobody waits. */
import { setTimeout as wait } from 'node:timers/promises';
import { goodbye } from '../../templates/mails';
import * as counters from '../aws/counters';
import { settings } from '../aws/environment';
import { keys } from '../aws/keys';
import { log } from '../aws/log';
import * as mailer from '../aws/mailer';
import * as subscribers from '../aws/subscribers';
import type { Goodbye } from '../core/ask';
import { sign } from '../core/identity';
import { isGone } from '../core/returning';

/**
 * Counted by the day they left before anything is sent: a message that comes twice makes one mail, and so does whoever has
 * a link of theirs and leaves, comes back and leaves. After a lost answer none is better than two.
 */
export async function writeGoodbye({ subscriberId, leftAt }: Goodbye): Promise<void> {
  const left = new Date(leftAt);
  const isFirst = await counters.hasRoom(`goodbye#${subscriberId}`, 1, 'day', left);
  const outcome = isFirst ? await send(subscriberId, left) : 'written before';
  if (outcome === 'accepted') return log('goodbye.sent', { subscriberId });
  log('goodbye.withheld', { subscriberId, reason: outcome }, isFirst ? 'WARN' : 'INFO');
}

/** Milliseconds. */
const PATIENCE_MS = 6_000;

/** The row is read for every try: who has come back by then, or is forgotten, gets none. */
async function send(subscriberId: string, left: Date): Promise<string> {
  const token = sign(await keys(), 'undo', subscriberId, left);
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const known = await subscribers.find(subscriberId);
    if (!isGone(known, left, new Date())) return 'no longer gone';
    const { address: to } = known;
    const tags = { mail: 'goodbye', subscriber: subscriberId };
    const { outcome } = await mailer.send({ to, raw: goodbye(to, token, settings()), tags });
    if (outcome !== 'throttled' || performance.now() > end) return outcome;
    await wait(300 + Math.random() * 900);
  }
}
