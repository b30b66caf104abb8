/**
 * `npm run soak -- --readers N --kills K --seed S`: an edition to N readers through senders that are killed and far ends
 * that fail, judged by SES's own record. Ends with 1 when a promise was broken.
 */
import { parseArgs } from 'node:util';
import { soak, type Verdict } from './soak-run';
import type { Choices } from './soak-stage';

function choices(): Choices {
  const { values } = parseArgs({
    options: {
      readers: { type: 'string', default: '2000' },
      kills: { type: 'string', default: '5' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      seconds: { type: 'string' },
      'lost-events': { type: 'string', default: '0' },
    },
  });
  const whole = (name: keyof typeof values, text: string | undefined, least: number): number => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < least)
      throw new Error(`--${name} needs a whole number from ${least}`);
    return number;
  };
  const readers = whole('readers', values.readers, 1);
  return {
    readers,
    kills: whole('kills', values.kills, 0),
    seed: whole('seed', values.seed, 0),
    seconds: whole('seconds', values.seconds ?? String(120 + Math.ceil(readers / 20)), 1),
    lostEvents: whole('lost-events', values['lost-events'], 0),
  };
}

/** The promises; of readers whose every try came to nothing there may be one in 200. */
function broken(verdict: Verdict, { kills, lostEvents }: Choices): string[] {
  const promises: Record<string, boolean> = {
    'nobody gets a mail twice': verdict.duplicates <= (lostEvents ? verdict.lostEvents : 0),
    'nobody is missed': verdict.missed === 0,
    'nobody is mailed after they left': verdict.afterUnsubscribe === 0,
    'nobody is mailed who joined later': verdict.strangers === 0,
    'the ledger says what SES says': verdict.contradictions === 0,
    'few are given up': verdict.givenUp <= Math.max(2, verdict.readers / 200),
    'the books close': verdict.booksClosed,
    'poison goes to the dead letters': verdict.poison === 2,
    'every sender that was to die did': verdict.kills === kills,
    'no sender ended by itself': !Object.keys(verdict.faults).some((fault) => fault.startsWith('sender')),
  };
  return Object.keys(promises).filter((promise) => !promises[promise]);
}

async function main(): Promise<void> {
  const chosen = choices();
  console.log(JSON.stringify(chosen));
  const verdict = await soak(chosen);
  for (const promise of broken(verdict, chosen)) {
    console.log(`BROKEN: ${promise}`);
    process.exitCode = 1;
  }
  console.log(JSON.stringify(verdict));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
