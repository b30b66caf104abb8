/** SES on a bad day: throttled in bursts, refusing, unavailable, and accepting mails without saying so. */
import { errorXml, SesError } from '../local/ses-xml';
import type { Chance } from './chance';
import { pause } from './faults-dynamodb';
import { text, type Answer, type Call, type Reaction } from './faults-proxy';

/** Of one call: not accepted and said so, not accepted without a word, or accepted and not said so. */
const FAULTS = [
  'refused',
  'unavailable',
  'cut',
  'lost-answer',
  'half-answer',
  'failed-after',
  'garbage',
  'hangs',
  'late',
] as const;

/** What the proxy saw of the mails of an edition; it only grows. */
export interface SesLog {
  /** By message id: when the call that SES accepted had started, in epoch milliseconds. */
  startedAt: Map<string, number>;
  /** Subscribers whose mail SES refused in so many words. */
  refused: Set<string>;
}

const refusal = (code: string, message: string, status = 400): Answer =>
  text(status, errorXml(new SesError(code, message, status)), 'text/xml');

/** The subscriber of a mail, from its tags at the call's end; undefined for every other call. */
export const subscriberOf = ({ body }: Call): string | undefined =>
  /Name=subscriber&Tags\.member\.\d+\.Value=([\w-]+)/.exec(body.subarray(-1_000).toString('latin1'))?.[1];

export interface SesDay {
  chance: Chance;
  percent: number;
  /** Milliseconds a sender waits for an answer. */
  patience: number;
  log: SesLog;
  met: (fault: string) => void;
}

/** A burst of throttling meets all senders. */
export function sesFaults({ chance, percent, patience, log, met }: SesDay) {
  let throttledUntil = 0;
  return async (call: Call): Promise<Reaction> => {
    const subscriberId = subscriberOf(call);
    if (!subscriberId) return call.forward();
    if (chance.percent(percent / 20)) throttledUntil = Date.now() + chance.between(50, 400);
    if (Date.now() < throttledUntil) {
      met('ses throttled');
      return refusal('Throttling', 'Maximum sending rate exceeded.');
    }
    if (!chance.percent(percent)) return accepted(call, log);
    const fault = chance.pick(FAULTS);
    met(`ses ${fault}`);
    switch (fault) {
      case 'refused':
        log.refused.add(subscriberId);
        return refusal('MessageRejected', 'Address blacklisted.');
      case 'unavailable':
        return refusal('ServiceUnavailable', 'The service is temporarily unavailable.', 503);
      case 'cut':
        return { none: true };
      case 'lost-answer':
        await accepted(call, log);
        return { none: true };
      case 'half-answer':
        return { half: await accepted(call, log) };
      case 'failed-after':
        await accepted(call, log);
        return refusal('InternalFailure', 'An internal failure has occurred.', 500);
      case 'garbage':
        await accepted(call, log);
        return text(200, '<!doctype html><title>OK</title><h1>It works!</h1>', 'text/html');
      case 'hangs':
        await accepted(call, log);
        await pause(2 * patience);
        return { none: true };
      case 'late':
        await pause(1.5 * patience);
        await accepted(call, log);
        return { none: true };
    }
  };
}

async function accepted(call: Call, { startedAt }: SesLog): Promise<Answer> {
  const answer = await call.forward();
  const messageId = /<MessageId>([^<]+)</.exec(answer.body.toString())?.[1];
  if (messageId) startedAt.set(messageId, call.at);
  return answer;
}
