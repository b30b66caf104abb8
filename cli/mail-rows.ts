/** What every mail is held to, a row each, in the order of the list; the numbers stay. */
import * as contents from './mail-rows/contents';
import { encoding, size, twoParts } from './mail-rows/encoding';
import * as headers from './mail-rows/headers';
import { acceptable, accessible, fits } from './mail-rows/markup';
import { agreeing } from './mail-rows/parsers';
import { notOffline, ofBulk, type Check } from './mail-rows/verdict';

export interface Row {
  asks: string;
  /** Where it is written. */
  source: string;
  check: Check;
}

/** Row n stands at place n - 1. */
export const rows: readonly Row[] = [
  { asks: 'one-click headers, once, unfolded', source: 'RFC 8058 §3.1', check: headers.oneClick },
  {
    asks: 'a POST leaves at once, a GET changes nothing',
    source: 'RFC 8058 §3.2',
    check: () => notOffline('the site answers it: test/handlers/unsubscribe.test.ts'),
  },
  {
    asks: 'no address in any link, one click in the header only',
    source: 'RFC 8058 §6',
    check: contents.opaque,
  },
  { asks: 'DKIM covers the one-click headers', source: 'RFC 8058 §4', check: headers.signed },
  { asks: 'a List-Id that stays the same', source: 'RFC 2919', check: ofBulk(headers.listId) },
  { asks: 'List-Post, List-Archive, List-Help', source: 'RFC 2369', check: ofBulk(headers.listHeaders) },
  { asks: 'one sender, of newsletter.json', source: 'RFC 5322 §3.6.2', check: headers.sender },
  { asks: 'SPF, DKIM, DMARC', source: 'Gmail, Yahoo, Microsoft', check: headers.domain },
  { asks: 'ways out and postal address in both parts', source: 'CAN-SPAM, CASL', check: contents.wayOut },
  { asks: 'links to unsubscribe never expire', source: 'CAN-SPAM, CASL', check: contents.forEver },
  { asks: 'multipart/alternative, text first', source: 'RFC 2046 §5.1.4', check: twoParts },
  { asks: 'quoted-printable, ASCII, CRLF, short lines', source: 'RFC 5322, RFC 2045', check: encoding },
  { asks: 'a short, well encoded subject', source: 'RFC 2047 §2', check: headers.subject },
  { asks: 'three parsers read the same', source: 'mailparser, postal-mime, Python', check: agreeing },
  { asks: 'tags are plain ids', source: 'SES', check: headers.tags },
  { asks: 'Auto-Submitted, Precedence, Feedback-ID', source: 'RFC 3834, Gmail', check: headers.automatic },
  { asks: 'one recipient, an address', source: 'RFC 5322 §3.6.3', check: headers.recipient },
  { asks: 'at most 100,000 bytes of HTML', source: 'Gmail', check: size },
  { asks: 'nothing unfilled, no other reader’s token', source: 'a rule of ours', check: contents.filled },
  { asks: 'read by everybody, in light and dark', source: 'WCAG 2.2, axe', check: accessible },
  {
    asks: 'no script, form, font or counter; https only',
    source: 'a rule of ours',
    check: contents.nothingForeign,
  },
  { asks: 'every paper in both parts', source: 'MJML', check: ofBulk(contents.everyPaper) },
  { asks: 'fits 320 and 375 px, without images', source: 'WCAG 2.2 §1.4.10', check: fits },
  {
    asks: 'whole markup, known styles, no spam',
    source: 'html-validate, caniemail, SpamAssassin',
    check: acceptable,
  },
  { asks: 'hostile text is text', source: 'a rule of ours', check: contents.harmless },
];
