/** SES's events on their way: shuffled, late, some three times, and of some mails none at all. */
import type { SesEvent } from '../local/ses-events';
import type { Chance } from './chance';

const TRIPLED_PERCENT = 10;
/** Of a hundred mails, how many are reported as delivered too; the others as sent, which is proof enough. */
const DELIVERED_PERCENT = 20;
/** Milliseconds that an event is on its way at most, and between two deliveries to the queue. */
const LATEST = 1_500;
const TICK = 50;
/** SQS's own limit for a batch. */
const MOST = 10;

export interface Events {
  report: (events: SesEvent[]) => Promise<void>;
  /** The handler settled these events, by their ids. */
  handled: (ids: readonly string[]) => void;
  /** For how long the oldest event that nobody handled is under way, in milliseconds. */
  lag: () => number;
  /** Mails of which every event was lost. */
  lost: () => number;
  close: () => void;
}

export function openEvents(options: {
  chance: Chance;
  /** Of a hundred mails, how many SES never says anything about. */
  lostPercent: number;
  put: (events: SesEvent[]) => Promise<void>;
}): Events {
  const { chance, lostPercent, put } = options;
  let travelling: { event: SesEvent; due: number }[] = [];
  const unhandled = new Map<string, number>();
  let lost = 0;

  const deliver = async (): Promise<void> => {
    const now = Date.now();
    const arrived = chance.shuffled(travelling.filter(({ due }) => due <= now));
    travelling = travelling.filter(({ due }) => due > now);
    for (let n = 0; n < arrived.length; n += MOST)
      await put(arrived.slice(n, n + MOST).map(({ event }) => event));
  };
  const timer = setInterval(() => {
    deliver().catch((error: unknown) => console.error("Can't deliver events:", error));
  }, TICK);

  return {
    async report(events) {
      if (chance.percent(lostPercent)) return void lost++;
      const delivered = chance.percent(DELIVERED_PERCENT);
      for (const event of events.filter(({ detail }) => delivered || detail.eventType !== 'Delivery')) {
        unhandled.set(event.id, Date.now());
        const copies = chance.percent(TRIPLED_PERCENT) ? 3 : 1;
        for (let n = 0; n < copies; n++)
          travelling.push({ event, due: Date.now() + chance.between(0, LATEST) });
      }
    },
    handled: (ids) => ids.forEach((id) => unhandled.delete(id)),
    lag: () => Date.now() - (unhandled.values().next().value ?? Date.now()), // a Map keeps their order
    lost: () => lost,
    close: () => clearInterval(timer),
  };
}
