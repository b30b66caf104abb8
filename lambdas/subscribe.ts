/**
 * POST /subscribe: somebody asks to join, or for a search or another cadence; what comes of it, only a mail tells. And
 * GET /proof, a challenge to solve before, where the operator wants that.
 */
import * as z from 'zod/mini';
import { checkYourInboxPage, problemPage, wrongFormPage } from '../templates/pages';
import * as counters from './aws/counters';
import { settings } from './aws/environment';
import { notFound, web } from './aws/http';
import * as joins from './aws/joins';
import { log } from './aws/log';
import { isProven, newChallenge } from './aws/proof';
import type { Visit } from './aws/visit';
import { AddressField } from './core/address';
import { Cadence } from './core/cadences';
import { SearchField } from './core/search';
import type { Settings } from './core/settings';
import { parseUrl } from './core/url';

/** An empty field of a form is as good as none. */
const ifFilledIn = (wanted: string) =>
  z.pipe(
    z.optional(z.string(wanted)),
    z.transform((text) => (text?.trim() ? text : undefined)),
  );

/** Characters: more than ours have. */
const LONGEST_PROOF = 2_000;

const CadenceField = z.pipe(
  z.string(),
  z.transform((text, context) => {
    const offered = Cadence.options.filter((cadence) => settings().cadences[cadence]);
    const found = offered.find((cadence) => cadence === text);
    if (found) return found;
    const message = `There is no such cadence: choose ${offered.join(' or ')}.`;
    context.issues.push({ code: 'custom', message, input: text });
    return z.NEVER;
  }),
);

/** All but the address is optional: programs and foreign forms don't send it. The website is bait. */
const Form = z.object({
  email: AddressField,
  website: z._default(z.string().check(z.maxLength(1_000)), ''),
  /** When our own form was made, in epoch milliseconds; and where a foreign form wants its visitor to be sent on to. */
  shown: z.optional(z.string('Send "shown" once, or not at all.').check(z.maxLength(20))),
  thanks: z.optional(z.string('Give one page of thanks.').check(z.maxLength(2_000))),
  search: z.pipe(ifFilledIn('Give one search, as text.'), z.optional(SearchField)),
  cadence: z.pipe(ifFilledIn('Give one cadence, as text.'), z.optional(CadenceField)),
  /** A proof of work; nobody is turned away for what is here instead. */
  altcha: z.catch(z._default(z.string().check(z.maxLength(LONGEST_PROOF)), ''), ''),
});

export const handler = web(
  (problem) => (problem.fields.length > 0 ? wrongFormPage : problemPage)(settings(), problem),
  {
    'GET /proof': async (visit) => {
      if (!settings().joining.proof) throw notFound;
      return visit.json(200, await newChallenge(visit.now));
    },
    'POST /subscribe': async (visit) => {
      const { website, shown, thanks, ...asked } = await visit.form(Form);
      if (website === '' && !isTooFast(shown, visit.now)) await pass(asked, visit);
      if (visit.wantsJson()) return visit.json(202, ANSWER);
      const page = thanks && thankYouPage(thanks, settings());
      return page ? visit.sendOn(page) : visit.html(202, checkYourInboxPage(settings()));
    },
  },
  () => settings().joining.origins,
);

const ANSWER = {
  status: 'check-your-inbox',
  message: 'If there is something to confirm for this address, a mail is on its way.',
};

/** Nobody reads a form and types in an address so fast. Only robots that take no trouble are caught: nothing is signed. */
const FASTEST_MS = 2_000;

const isTooFast = (shown: string | undefined, now: Date): boolean =>
  shown !== undefined && now.getTime() - Number(shown) < FASTEST_MS;

/**
 * On to the queue, without a look at who is on the list: the same work for every address, so that not even the time an
 * answer takes tells anything.
 */
async function pass(
  { altcha, ...asked }: Pick<z.infer<typeof Form>, 'email' | 'search' | 'cadence' | 'altcha'>,
  visit: Visit,
): Promise<void> {
  const { now, network } = visit;
  if (!(await counters.mayAsk(network(), now)))
    return log('invitation.withheld', { reason: 'network' }, 'WARN');
  const unproven = settings().joining.proof && !(await isProven(altcha, now));
  await joins.enqueue({
    ...asked,
    ...(unproven && { unproven }),
    askedAt: now.toISOString(),
    ...visit.cameFrom('/subscribe'),
  });
}

/** Only a page that the operator listed: a form that sends people anywhere is a gift to those who phish. */
function thankYouPage(wanted: string, { joining }: Settings): string | undefined {
  const href = parseUrl(wanted)?.href;
  return joining.thankYou.find((page) => page === href);
}
