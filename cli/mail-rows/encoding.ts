/** The rows about a mail's bytes: its parts, their encoding, their size. */
import { mediaType } from './reading';
import { judged, type Check } from './verdict';

/** RFC 5322 §2.1.1 and RFC 2045 §6.7, without the line's end. */
const LONGEST_LINE = 998;
const LONGEST_ENCODED = 76;
/** Gmail shows "message clipped" from about 102 KB on. */
const LARGEST_HTML = 100_000;

/** RFC 2046 §5.1.4: the last part is the one that programs like best. */
export const twoParts: Check = (mail) => {
  const types = [mediaType(mail.one('content-type') ?? ''), ...mail.parts.map(({ type }) => type)].join(', ');
  return judged([
    types !== 'multipart/alternative, text/plain, text/html' &&
      `the parts are ${types} instead of multipart/alternative, text/plain, text/html`,
    mail.one('mime-version') !== '1.0' && 'mime-version is not 1.0',
  ]);
};

export const encoding: Check = (mail) =>
  judged([
    /\P{ASCII}/u.test(mail.raw) && 'it has bytes that are not ASCII',
    /[^\r]\n|\r(?!\n)/.test(mail.raw) && 'a line does not end in CR LF',
    mail.raw.split(/\r?\n/).some((line) => line.length > LONGEST_LINE) &&
      `a line has more than ${LONGEST_LINE} characters`,
    ...mail.parts.flatMap(({ type, headers, body }) => [
      !headers.some(
        ({ name, value }) =>
          name === 'content-transfer-encoding' && value.trim().toLowerCase() === 'quoted-printable',
      ) && `${type} is not quoted-printable`,
      !headers.some(({ name, value }) => name === 'content-type' && /charset="?utf-8"?/i.test(value)) &&
        `${type} is not utf-8`,
      body.split(/\r?\n/).some((line) => line.length > LONGEST_ENCODED) &&
        `a line of ${type} has more than ${LONGEST_ENCODED} characters`,
      /=(?![0-9A-F]{2}|\r?\n|$)/.test(body) && `${type} has a "=" that stands for nothing`,
    ]),
  ]);

export const size: Check = ({ html }) => {
  const bytes = Buffer.byteLength(html);
  return judged(
    [bytes > LARGEST_HTML && `the HTML has ${bytes} bytes, and Gmail clips it`],
    `${bytes} bytes of HTML`,
  );
};
