/** What this newsletter is, and what it knows of its readers. */
import { Cadence } from '../lambdas/core/cadences';
import type { Settings } from '../lambdas/core/settings';
import { votesFrom, type Votes } from '../lambdas/core/votes';
import { html } from './markup';
import { page } from './page-layout';
import { covers } from './schedule-words';

const UPVOTED = 'By upvotes, adjusted for papers that were listed late in the period.';
const SPREAD =
  'topics take turns, those with the most papers first, each with a paper of the day that has been chosen from least.';
const CHOSEN: Record<Votes, string> = {
  all: UPVOTED,
  some: `${UPVOTED} Papers without votes follow, spread over topics and days: ${SPREAD}`,
  none: `Nobody votes on these papers, so they are spread over topics and days: ${SPREAD}`,
};

export function aboutPage(settings: Settings): string {
  const votes = votesFrom(settings.sources);
  return page(settings, {
    title: 'About and privacy',
    shared: { path: '/about', description: `What ${settings.name} is, and what it knows of its readers` },
    main: html`<h1>About ${settings.name}</h1>
      <p>
        ${settings.tagline}: ${votes === 'all' ? 'the most upvoted papers' : 'a choice of all new papers'},
        and those that your own searches find.
      </p>
      <h2>How papers are chosen</h2>
      <p>
        ${CHOSEN[votes]} At most two papers of a topic. What your searches find comes first, up to half of a
        digest, and says so. No paper comes to you twice.
      </p>
      <ul>
        ${Cadence.options
          .filter((cadence) => settings.cadences[cadence])
          .map((cadence) => html`<li>A ${cadence} edition has ${covers[cadence]}.</li>`)}
      </ul>
      <h2>What is kept of you</h2>
      <p>
        Your address, how often you want mail, your searches, which edition was sent to you and whether it
        arrived; and a record of what you agreed to: when, in which form, from which network (cut short), and
        when you left. All of it is yours to export or erase on your preferences page. Nothing says whether
        you opened a mail or followed a link: mails have no tracking image, and links lead straight to where
        they say.
      </p>
      <h2>What pages keep</h2>
      <p>
        No cookie, ${settings.joining.proof ? oneScript : noScript}, nothing from other
        sites${logoOfAnother(settings)}. To keep the form from being abused, it counts requests of your
        network for an hour.
      </p>
      <h2>Leaving</h2>
      <p>
        One click in your mail program, or the link in every mail. The links never expire. A mail that bounces
        for good, or that you report as spam, ends it too; that address is never written to again.
        ${settings.leaving.goodbye ? 'One last mail says that you have left.' : 'No mail comes after you left.'}
      </p>
      <h2>Who is responsible</h2>
      <p>${responsible(settings)}</p>`,
  });
}

const noScript = 'no script';
/** The proof of work, to somebody who reads about privacy. */
const oneScript =
  'one script of our own, which does a sum before the form is sent that robots can’t do often';

/** Most postal addresses begin with the name already. */
const responsible = ({ sender: { name }, postalAddress }: Settings): string =>
  postalAddress.startsWith(name) ? postalAddress : `${name}, ${postalAddress}`;

/** Whoever serves the operator's picture sees that it is asked for. */
function logoOfAnother({ site, brand: { logo } }: Settings): string {
  const from = logo && new URL(logo.url);
  return !from || from.origin === site ? '' : ` but our logo, which lies at ${from.host}`;
}
