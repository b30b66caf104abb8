/** The rows about a mail's HTML as mail programs and screen readers take it. */
import { inBrowser, NO_BROWSER } from './browser';
import { unknownTo } from './clients';
import { imagesIn } from './contents';
import { faultsIn } from './html-rules';
import { MOST_POINTS, spamPoints } from './spam';
import { judged, notChecked, type Check } from './verdict';

/** WCAG 2.2: what says what, and is seen. Where there is no browser the little that is seen without one may fail, not pass. */
export const accessible: Check = async ({ html }) => {
  const seen = await inBrowser(html, 'access');
  const verdict = judged([
    !/<html\b[^>]*\slang="[a-z-]+"/i.test(html) && 'it does not say its language',
    !/<html\b[^>]*\sdir="(ltr|rtl)"/i.test(html) && 'it does not say its direction',
    !/<title>[^<]+<\/title>/i.test(html) && 'it has no title',
    imagesIn(html).some((image) => !/\salt="/i.test(image)) && 'an image has no alternative text',
    /<table\b(?![^>]*\srole="presentation")/i.test(html.replace(/<!--[\s\S]*?-->/g, '')) &&
      'a table of the layout is read as a table',
    ...(seen ?? []),
  ]);
  return seen || verdict.outcome === 'failed' ? verdict : notChecked(NO_BROWSER);
};

/** On the smallest phones in use; without images, which are never loaded here. */
export const fits: Check = async ({ html }) => {
  const seen = await inBrowser(html, 'width');
  return seen ? judged(seen) : notChecked(NO_BROWSER);
};

/** Gmail drops a style element that is longer, and all that follow. */
const LONGEST_STYLE = 8_192;

export const acceptable: Check = ({ html, bytes, one }) => {
  const styles = [...html.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style>/gi)].map(([, style]) => style ?? '');
  const points = spamPoints(bytes, one('date') !== undefined);
  return judged(
    [
      ...faultsIn(html, 'mail'),
      ...unknownTo(html),
      styles.some((style) => style.length > LONGEST_STYLE) &&
        `Gmail drops styles over ${LONGEST_STYLE} characters`,
      points !== undefined && points >= MOST_POINTS && `SpamAssassin gives it ${points} points`,
    ],
    points === undefined ? 'without SpamAssassin, which is not here' : `SpamAssassin: ${points}`,
  );
};
