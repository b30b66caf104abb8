/** A message file as the rows look at it: its header lines as they stand, its parts as they stand and decoded. */
import { simpleParser } from 'mailparser';

export interface Header {
  /** In lower case. */
  name: string;
  /** As it stands, with its folds. */
  value: string;
}

export interface Part {
  /** "text/plain", in lower case. */
  type: string;
  headers: readonly Header[];
  body: string;
}

export type Reading = Awaited<ReturnType<typeof readMessage>>;

/** `bytes` of any message: a broken one is read as far as it goes. */
export async function readMessage(bytes: Buffer) {
  const raw = bytes.toString('latin1');
  const { headers, body } = split(raw);
  const decoded = await simpleParser(bytes, { skipTextToHtml: true, skipImageLinks: true });
  const html = typeof decoded.html === 'string' ? decoded.html : '';
  const text = decoded.text ?? '';
  const all = (name: string): string[] =>
    headers.filter((header) => header.name === name).map(({ value }) => value);
  return {
    bytes,
    raw,
    headers,
    body,
    parts: partsOf(all('content-type')[0] ?? '', body),
    subject: decoded.subject ?? '',
    text,
    html,
    all,
    /** Of the header that is there once; otherwise nothing. */
    one: (name: string): string | undefined => (all(name).length === 1 ? all(name)[0] : undefined),
    /** Whether it went to many, by any word that says so. */
    bulk:
      /^(bulk|list)/i.test(all('precedence')[0] ?? '') ||
      all('list-id').length + all('feedback-id').length > 0,
    links: [...new Set([...urlsIn(text), ...hrefsIn(html)])],
  };
}

function split(raw: string): { headers: Header[]; body: string } {
  const end = /\r?\n\r?\n/.exec(raw);
  const head = raw.slice(0, end?.index ?? raw.length);
  const headers = head.split(/\r?\n(?![ \t])/).map((line) => {
    const colon = line.indexOf(':');
    return { name: line.slice(0, colon).toLowerCase(), value: line.slice(colon + 1).replace(/^ /, '') };
  });
  return { headers, body: end ? raw.slice(end.index + end[0].length) : '' };
}

/** The parts of a multipart message in order, or the message itself. */
function partsOf(contentType: string, body: string): Part[] {
  const boundary = /boundary="?([^";\r\n]+)"?/i.exec(contentType)?.[1];
  if (!boundary) return [{ type: mediaType(contentType), headers: [], body }];
  return `\r\n${body}`
    .split(`\r\n--${boundary}`)
    .slice(1)
    .filter((piece) => !piece.startsWith('--'))
    .map((piece) => {
      const { headers, body: content } = split(piece.replace(/^\r\n/, ''));
      const type = headers.find(({ name }) => name === 'content-type')?.value ?? '';
      return { type: mediaType(type), headers, body: content };
    });
}

export const mediaType = (contentType: string): string =>
  contentType.split(';')[0]?.trim().toLowerCase() ?? '';

const urlsIn = (text: string): string[] => text.match(/[a-z][a-z0-9+.-]*:\/\/[^\s<>"]+/gi) ?? [];

export const hrefsIn = (html: string): string[] =>
  [...html.matchAll(/\shref\s*=\s*["']([^"']*)["']/gi)].map(([, href]) => unescaped(href ?? ''));

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** Of the entities that templates/markup.ts writes. */
export const unescaped = (markup: string): string =>
  markup.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? '');

/** Our links end in, or ask with, `k1.<id>.<time>.<mac>` (core/identity.ts). */
export const tokensIn = (text: string): { token: string; subscriberId: string; time: string }[] =>
  [...text.matchAll(/\b[a-z0-9]{1,8}\.([\w-]{24})\.([0-9a-z]{1,9})\.[\w-]{24}(?![\w-])/g)].map(
    ([token, subscriberId = '', time = '']) => ({ token, subscriberId, time }),
  );
