/** The rows about a mail's HTML as mail programs and screen readers take it. */
import { spawnSync } from 'node:child_process';
import { imagesIn } from './contents';
import { inBrowser } from './browser';
import { judged, type Check } from './verdict';

/** WCAG 2.2: what says what, and is seen. */
export const accessible: Check = async ({ html }) => {
  const { faults, left } = await inBrowser(html, 'contrast');
  return judged(
    [
      !/<html\b[^>]*\slang="[a-z-]+"/i.test(html) && 'it does not say its language',
      !/<html\b[^>]*\sdir="(ltr|rtl)"/i.test(html) && 'it does not say its direction',
      !/<title>[^<]+<\/title>/i.test(html) && 'it has no title',
      imagesIn(html).some((image) => !/\salt="/i.test(image)) && 'an image has no alternative text',
      /<table\b(?![^>]*\srole="presentation")/i.test(html.replace(/<!--[\s\S]*?-->/g, '')) &&
        'a table of the layout is read as a table',
      ...faults,
    ],
    left,
  );
};

/** On the smallest phones in use; without images, which are never loaded here; light and dark. */
export const fits: Check = async ({ html }) => {
  const { faults, left } = await inBrowser(html, 'width');
  return judged(faults, left);
};

/** What Outlook or Gmail leave out; the rest of https://www.caniemail.com that MJML writes degrades well. */
const UNKNOWN_CSS = /display:\s*(?:inline-)?(?:flex|grid)|position:\s*\w+|var\(|calc\(|clip-path|@supports/i;
/** Gmail drops a style element that is longer, and all that follow. */
const LONGEST_STYLE = 8_192;

/** SpamAssassin looks at the message as it is; Date and Message-ID come from SES. */
export const acceptable: Check = ({ html, bytes, one }) => {
  const styles = [...html.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style>/gi)].map(([, style]) => style ?? '');
  const score = spamScore(bytes, one('date') === undefined);
  return judged(
    [
      !/^<!doctype html>/i.test(html) && 'it has no doctype',
      unbalanced(html),
      UNKNOWN_CSS.test(html) && `mail programs do not know "${UNKNOWN_CSS.exec(html)?.[0] ?? ''}"`,
      styles.some((style) => style.length > LONGEST_STYLE) &&
        `Gmail drops styles over ${LONGEST_STYLE} characters`,
      typeof score === 'number' && score >= 2 && `SpamAssassin gives it ${score} points`,
    ],
    typeof score === 'number' ? `SpamAssassin: ${score}` : score,
  );
};

/** Points, or why there are none. */
function spamScore(bytes: Buffer, bare: boolean): number | string {
  const posted = bare
    ? `Date: ${new Date().toUTCString().replace('GMT', '+0000')}\r\nMessage-ID: <check@mail.invalid>\r\n`
    : '';
  const ran = spawnSync('spamassassin', ['-L', '-t'], {
    input: Buffer.concat([Buffer.from(posted), bytes]),
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (ran.error) return 'without SpamAssassin, which is not here';
  return Number(/^X-Spam-Status:.*?score=(-?[\d.]+)/ms.exec(ran.stdout)?.[1] ?? Number.NaN);
}

const VOID = new Set(['meta', 'br', 'img', 'hr', 'input', 'link', 'col', 'wbr', 'area', 'base']);

/** Every tag that is opened is closed, in order. Comments for Outlook close and open tables of their own. */
function unbalanced(html: string): string | false {
  const open: string[] = [];
  const tags = html
    .replace(/<!--[\s\S]*?-->|<style\b[\s\S]*?<\/style>|<!doctype[^>]*>/gi, '')
    .matchAll(/<(\/?)([a-z][a-z0-9]*)\b(?:"[^"]*"|'[^']*'|[^"'>])*>/gi);
  for (const [tag, closes, name = ''] of tags) {
    if (VOID.has(name.toLowerCase()) || tag.endsWith('/>')) continue;
    if (!closes) open.push(name.toLowerCase());
    else if (open.pop() !== name.toLowerCase()) return `</${name}> closes nothing`;
  }
  return open.length > 0 && `<${open.at(-1)}> is not closed`;
}
