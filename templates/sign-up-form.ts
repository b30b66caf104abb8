/** The form to join: plain HTML that works on any site, without scripts; a proof of work is for browsers that have one. */
import { agreement } from '../lambdas/core/consent';
import { Cadence } from '../lambdas/core/cadences';
import type { Settings } from '../lambdas/core/settings';
import { often } from './coming';
import { script } from './compiled/proof.json';
import { html, type Markup } from './markup';

/** proof-script.ts as browsers get it. */
export const proofScript: string = script;

interface FilledIn {
  search?: string | undefined;
  now?: Date | undefined;
  email?: string | undefined;
  cadence?: string | undefined;
}

/** For the week's papers or, with the text of a search, for those that match it first. `now` is when it is shown. */
export function signUpForm(
  { cadences, joining }: Settings,
  { search, now, email, cadence }: FilledIn = {},
): Markup {
  const offered = Cadence.options.filter((one) => cadences[one]);
  return html`<form class="card" id="join" method="post" action="/subscribe">
    ${search === undefined ? '' : html`<input type="hidden" name="search" value="${search}" />`}
    ${now ? html`<input type="hidden" name="shown" value="${now.getTime()}" />` : ''}
    <div class="row">
      <div class="wide">
        <label for="email">Your email address</label>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="email"
          required
          maxlength="254"
          ${email === undefined ? '' : html`value="${email}"`}
        />
      </div>
      ${offered.length > 1 ? cadenceField(offered, cadence) : ''}
      <button type="submit">${buttonFor(search, offered)}</button>
    </div>
    ${bait}
    <p class="quiet">
      ${search === undefined ? '' : 'New matches come first in your digest. '}${agreement.form}
    </p>
    ${joining.proof ? proof : ''}
  </form>`;
}

const cadenceField = (offered: readonly Cadence[], chosen?: string): Markup =>
  html`<div>
    <label for="cadence">How often</label>
    <select id="cadence" name="cadence">
      ${offered.map((one) => option(one, one === chosen))}
    </select>
  </div>`;

const option = (cadence: Cadence, isChosen: boolean): Markup => {
  const words = capital(often[cadence]);
  return isChosen
    ? html`<option value="${cadence}" selected>${words}</option>`
    : html`<option value="${cadence}">${words}</option>`;
};

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** Where there is nothing to choose the button says how often. */
function buttonFor(search: string | undefined, offered: readonly Cadence[]): string {
  if (search === undefined) return 'Subscribe';
  const [only] = offered;
  return only && offered.length === 1 ? `Email me this search ${often[only]}` : 'Email me this search';
}

/** Empty unless the script fills it in; browsers are told not to remember what was in it. */
const proof = html`<input type="hidden" name="altcha" autocomplete="off" />
  <script src="/proof.js" defer></script>`;

/** People don't see it, form robots fill it in. */
const bait = html`<div class="bait" aria-hidden="true">
  <label for="website">Leave this empty</label>
  <input id="website" type="text" name="website" tabindex="-1" autocomplete="off" />
</div>`;
