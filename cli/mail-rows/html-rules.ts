/** Whole markup by html-validate: its recommended rules, but for those that are matters of taste or of mail programs. */
import { HtmlValidate, StaticConfigLoader, type RuleConfig } from 'html-validate';

const TASTE: RuleConfig = {
  'doctype-style': 'off', // in lower case, as MJML writes it; it counts the same
  'void-style': 'off', // <br> and <br /> count the same
};

/** Each is off for a reason that stays as long as there is Outlook on Windows, or MJML. */
const BROKEN_FOR_MAIL: RuleConfig = {
  'no-conditional-comment': 'off', // Outlook on Windows gets its tables by them
  'no-inline-style': 'off', // some programs drop the style sheet, so styles stand at their elements
  'no-deprecated-attr': 'off', // Outlook on Windows goes by align, bgcolor, valign and width
  'prefer-native-element': 'off', // MJML's <div role="article">: programs drop <article>
  'long-title': 'off', // the subject, which has a row of its own
};

const RULES = { mail: { ...TASTE, ...BROKEN_FOR_MAIL }, page: TASTE };

const validators = new Map<keyof typeof RULES, HtmlValidate>();

/** A line for each fault. */
export function faultsIn(html: string, of: keyof typeof RULES): string[] {
  const { results } = validatorOf(of).validateStringSync(html);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
}

function validatorOf(of: keyof typeof RULES): HtmlValidate {
  const known = validators.get(of);
  if (known) return known;
  const extending = { root: true, extends: ['html-validate:recommended'], rules: RULES[of] };
  const made = new HtmlValidate(new StaticConfigLoader(extending));
  validators.set(of, made);
  return made;
}
