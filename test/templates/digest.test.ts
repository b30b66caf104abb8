/** The digest: every paper in both parts, small enough for Gmail, each reader's copy with their own links. */
import * as fc from 'fast-check';
import { simpleParser, type ParsedMail } from 'mailparser';
import type { Address } from '../../lambdas/core/address';
import { papersForAll } from '../../lambdas/core/choice';
import type { Paper } from '../../lambdas/core/paper';
import { renderDigest } from '../../templates/digest';
import { generalCopy } from '../../templates/digest-copy';
import { escapeMarkup } from '../../templates/markup';
import { fill } from '../../templates/slots';
import { ada, adasDigest, digestOf, paperOf, samplePapers, settings, valuesFor } from '../mails';

const ten = samplePapers.slice(0, 10);

const read = async (raw: string): Promise<ParsedMail & { html: string; text: string }> => {
  const mail = await simpleParser(raw, { skipTextToHtml: true });
  return { ...mail, html: String(mail.html), text: String(mail.text) };
};

let raw: string;
let mail: Awaited<ReturnType<typeof read>>;
beforeAll(async () => {
  raw = await adasDigest(ten, 61);
  mail = await read(raw);
});

/** What readers and their mail providers ask of each digest, on the bytes. RFC numbers say where it is written. */
test.each([
  [
    'one-click unsubscribing, on one line (RFC 8058)',
    /^List-Unsubscribe: <https:\/\/papers\.example\.org\/unsubscribe\/[\w.-]{1,70}>\r$/gm,
  ],
  ['its second header (RFC 8058)', /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/gm],
  ['a list id that stays the same (RFC 2919)', /^List-Id: Paperboy <weekly\.papers\.example\.org>\r$/gm],
  ['where the archive is (RFC 2369)', /^List-Archive: <https:\/\/papers\.example\.org\/editions>\r$/gm],
  ['where to get help (RFC 2369)', /^List-Help: <https:\/\/papers\.example\.org\/>\r$/gm],
  ['that nobody can post (RFC 2369)', /^List-Post: NO\r$/gm],
  ['one sender', /^From: Paperboy <digest@papers\.example\.org>\r$/gm],
  ['one recipient', /^To: ada@example\.org\r$/gm],
  ['that it is bulk', /^Precedence: bulk\r$/gm],
  ['that no person wrote it (RFC 3834)', /^Auto-Submitted: auto-generated\r$/gm],
  ['an id for Gmail’s feedback loop', /^Feedback-ID: weekly-2025-W11:weekly:digest:[0-9a-f]{12}\r$/gm],
])('a digest says once: %s', (_, header) => {
  expect(raw.split('\r\n\r\n')[0]?.concat('\r\n').match(header)).toHaveLength(1);
});

test('no line of a digest is longer than 76, but for headers, and none has a byte that is not ASCII', () => {
  const [head = '', ...body] = raw.split('\r\n\r\n');
  expect(head.split('\r\n').every((line) => line.length <= 998)).toBe(true);
  expect(
    body
      .join('\r\n\r\n')
      .split('\r\n')
      .filter((line) => line.length > 76),
  ).toEqual([]);
  expect(raw).toMatch(/^[\x20-\x7e\r\n]+$/);
  expect(raw).not.toMatch(/[^\r]\n|\r[^\n]/);
});

test('the link for the mail program stands in the header only, the one in the body opens a page', () => {
  const { 'one-click': oneClick, unsubscribe, preferences } = valuesFor(ada);
  expect(mail.html + mail.text).not.toContain(oneClick);
  expect(mail.html).toContain(`href="https://papers.example.org/unsubscribe/${unsubscribe}"`);
  expect(mail.html).toContain(`href="https://papers.example.org/preferences?token=${preferences}"`);
  expect(mail.text).toContain(`Preferences: https://papers.example.org/preferences?token=${preferences}\n`);
  expect(mail.text).toContain(`Unsubscribe: https://papers.example.org/unsubscribe/${unsubscribe}\n`);
});

test('the reason and the postal address stand in both parts', () => {
  for (const part of [mail.html, mail.text]) {
    expect(part).toContain('You get this because you signed up for Paperboy and confirmed it.');
    expect(part).toContain('Paperboy, 1 Example Street, 12345 Example Town');
  }
});

test('nothing is loaded from elsewhere, nothing runs, and every link is https', () => {
  expect(mail.html).not.toMatch(/<(script|link|img|form|iframe|object|embed)\b|\ssrc=|@import|url\(/i);
  const links = [...mail.html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
  expect(links.length).toBeGreaterThan(40);
  expect(links.filter((href) => !href?.startsWith('https://'))).toEqual([]);
  expect(raw).not.toContain('ada%40');
});

test('mail programs and screen readers are told language, direction and title', () => {
  expect(mail.html).toContain('<html lang="en" dir="ltr"');
  expect(mail.html).toMatch(/<title>Unified Reward Model [^<]*<\/title>/);
});

test('the subject is short, and names the first paper and how many more there are', () => {
  expect(mail.subject).toBe('Unified Reward Model for Multimodal Understanding and… + 9 more');
});

test.each([
  ['of many', 10, 61, 'The 10 papers with the most upvotes, of 61 listed that week.'],
  ['all there were', 10, 10, 'All 10 papers listed that week, most upvotes first.'],
  ['the only one', 1, 1, 'The only paper listed that week.'],
])('the digest says what was chosen: %s', async (_, shown, considered, words) => {
  expect((await read(await adasDigest(ten.slice(0, shown), considered))).text).toContain(words);
});

const isIn = ({ html, text }: { html: string; text: string }, paper: Paper, rank: number): boolean =>
  html.includes(`<span>${rank}. </span>${escapeMarkup(paper.title)}</a>`) &&
  html.includes(`href="${escapeMarkup(paper.links.paper)}"`) &&
  text.includes(`\n${rank}. ${paper.title}\n`) &&
  text.includes(`\n   Paper: ${paper.links.paper}\n`);

test('every paper’s rank, title and link stand in both parts', async () => {
  const all = samplePapers.slice(0, 30);
  const digest = await read(await adasDigest(all));
  expect(all.filter((paper, n) => !isIn(digest, paper, n + 1))).toEqual([]);
});

test('the same edition is the same bytes', async () => {
  expect(await adasDigest(ten, 61)).toBe(raw);
});

test('fifty papers with abstracts of 10,000 Chinese letters: as many as Gmail shows, none of them broken', async () => {
  const papers = Array.from({ length: 50 }, (_, n) =>
    paperOf({
      id: `2503.${10_000 + n}`,
      title: `${n} ${'多模态理解与生成的统一奖励模型'.repeat(10)}`,
      summary: '摘要'.repeat(5_000),
      authors: Array.from({ length: 100 }, (_one, m) => `作者${m}`.repeat(20)),
    }),
  );
  const content = await renderDigest(digestOf(papers), settings);
  const [shown, skeleton] = [papersForAll(content), generalCopy(content)];
  const widest = { ...valuesFor(ada), unsubscribe: 'x'.repeat(70), preferences: 'x'.repeat(70) };
  const digest = await read(fill(skeleton, widest));
  expect(Buffer.byteLength(digest.html)).toBeLessThanOrEqual(100_000);
  expect(Buffer.byteLength(digest.html)).toBeGreaterThan(80_000);
  expect(shown.length).toBeGreaterThan(20);
  expect(shown).toEqual(papers.slice(0, shown.length));
  expect(digest.text).toContain(`The ${shown.length} papers`);
  expect(digest.text).toContain(`\n${shown.length}. `);
  expect(digest.text).not.toContain(`\n${shown.length + 1}. `);
  expect(digest.html).toMatch(/<\/html>$/);
});

test.each([
  ['no authors', [], '3 upvotes'],
  ['one', ['Ada'], '3 upvotes · Ada'],
  ['three', ['Ada', 'Alan', 'Grace'], '3 upvotes · Ada, Alan, Grace'],
  ['four', ['Ada', 'Alan', 'Grace', 'Mary'], '3 upvotes · Ada, Alan, Grace and 1 more'],
  ['three thousand', Array.from({ length: 3_000 }, () => 'Ada'), '3 upvotes · Ada, Ada, Ada and 2997 more'],
])('a paper by %s', async (_, authors, byline) => {
  const digest = await read(await adasDigest([paperOf({ authors })], 1));
  expect(digest.text).toContain(`1. A title\n   ${byline}\n   An abstract.\n`);
  expect(digest.html).toContain(`>${byline}</div>`);
});

test('a paper without an abstract leaves no hole in the text', async () => {
  const digest = await read(await adasDigest([paperOf({ summary: '' })], 1));
  expect(digest.text).toContain(
    '1. A title\n   3 upvotes · Ada Lovelace\n   Paper: https://arxiv.org/abs/2503.00001\n',
  );
});

test.each([
  ['got lost on the way', { title: 'two\n   lines' }, "Can't find paper 2503.00001 in the rendered"],
  [
    'fits no mail alone',
    { links: { paper: `https://example.org/${'x'.repeat(100_000)}` } },
    "Can't fit paper 2503.00001 into a mail",
  ],
])('an edition with a paper that %s is not sent', async (_, change, message) => {
  await expect(adasDigest([{ ...paperOf({}), ...change }], 1)).rejects.toThrow(message);
});

test('lines of the text part are about as long as people read, but for titles and links', async () => {
  const prose = mail.text.split('\n').filter((line) => !/^\d+\. |https:/.test(line));
  expect(prose.filter((line) => line.length > 76)).toEqual([]);
  expect(mail.text).not.toMatch(/[^-] \n|\n{3}/);
});

test('every reader gets a copy of their own: no slot is left open, and nobody else’s link is in it', async () => {
  const skeleton = generalCopy(await renderDigest(digestOf(ten), settings));
  const readers = fc.uniqueArray(fc.stringMatching(/^[a-z]{3,10}@example\.org$/), {
    minLength: 2,
    maxLength: 5,
  });
  fc.assert(
    fc.property(readers, (addresses) => {
      const all = addresses.map((address) => valuesFor(address as Address));
      const copies = all.map((values) => fill(skeleton, values));
      for (const [n, copy] of copies.entries()) {
        expect(copy).toMatch(/^[\x20-\x7e\r\n]+$/);
        for (const [m, values] of all.entries())
          for (const value of [
            `To: ${values.to}\r\n`,
            values['one-click'],
            values.unsubscribe,
            values.preferences,
          ])
            expect(copy.includes(value)).toBe(n === m);
      }
    }),
  );
});
