/** SES in the model test: fails where it is told to, counts what it took, and keeps its events until they are asked for. */
import * as z from 'zod/mini';
import { SesEvent } from '../../lambdas/core/ses-event';
import type { Fault, SesOptions } from '../../local/ses';

export type Kind = 'invitation' | 'welcome' | 'digest';

export function prepareSes() {
  const faults = new Map<string, Fault[]>();
  const taken = new Map<string, number>();
  let events: SesEvent[] = [];
  const options: Pick<SesOptions, 'fault' | 'report'> = {
    fault: ({ recipients: [to = ''], tags }) => (tags['edition'] ? faults.get(to)?.shift() : undefined),
    report: async (reported) => {
      for (const event of z.array(SesEvent).parse(reported)) {
        const { eventType, mail } = event.detail;
        const key = `${mail.tags['mail']?.[0] ?? 'digest'} ${mail.destination[0]}`;
        if (eventType === 'Send') taken.set(key, (taken.get(key) ?? 0) + 1);
        if (mail.tags['edition']) events.push(event);
      }
    },
  };
  return {
    options,
    /** The next sends of the edition to an address meet these, one each. */
    meets: (address: string, fault: Fault): void =>
      void faults.set(address, [...(faults.get(address) ?? []), fault]),
    /** How many mails of a kind SES took for an address. */
    taken: (kind: Kind, address: string): number => taken.get(`${kind} ${address}`) ?? 0,
    /** All events so far, shuffled by `order`, each once to three times. */
    reports: (order: number): SesEvent[] => {
      const copies = events.flatMap((event, n) => Array.from({ length: 1 + ((order + n) % 3) }, () => event));
      events = [];
      return copies
        .map((event, n) => ({ event, place: Math.sin(order + n * 7.3) }))
        .toSorted((a, b) => a.place - b.place)
        .map(({ event }) => event);
    },
    goodWeather: (): void => faults.clear(),
    forget(): void {
      faults.clear();
      taken.clear();
      events = [];
    },
  };
}
