/** Whole markup by html-validate: its recommended rules, but for those that mail programs ask us to break. */
import { HtmlValidate, StaticConfigLoader, type RuleConfig } from 'html-validate';

/** Each is off for a reason that stays as long as there is Outlook on Windows, or MJML. */
const BROKEN_FOR_MAIL: RuleConfig = {
  'doctype-style': 'off', // in lower case, as MJML writes it; it counts the same
  'void-style': 'off', // <br> and <br /> count the same
  'no-conditional-comment': 'off', // Outlook on Windows gets its tables by them
  'no-inline-style': 'off', // some programs drop the style sheet, so styles stand at their elements
  'no-deprecated-attr': 'off', // Outlook on Windows goes by align, bgcolor, valign and width
  'prefer-native-element': 'off', // MJML's <div role="article">: programs drop <article>
  'long-title': 'off', // the subject, which has a row of its own
};

let validator: HtmlValidate | undefined;

/** A line for each fault. */
export function faultsIn(html: string): string[] {
  validator ??= new HtmlValidate(
    new StaticConfigLoader({ root: true, extends: ['html-validate:recommended'], rules: BROKEN_FOR_MAIL }),
  );
  const { results } = validator.validateStringSync(html);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
}
