/** One reader's digest: what their searches found comes first and says so, in both parts, and still fits. */
import * as fc from 'fast-check';
import { simpleParser } from 'mailparser';
import type { Found } from '../../lambdas/core/choice';
import type { Content } from '../../lambdas/core/edition';
import { renderDigest } from '../../templates/digest';
import { copierOf, generalCopy } from '../../templates/digest-copy';
import { escapeMarkup } from '../../templates/markup';
import { fill } from '../../templates/slots';
import { ada, candidateOf, digestOf, paperOf, samplePapers, settings, valuesFor } from '../mails';

const twenty = samplePapers.slice(0, 20);
let content: Content;
beforeAll(async () => {
  content = { ...(await renderDigest(digestOf(twenty), settings)), size: 10 };
});

const found = (search: string, ...places: number[]): Found => ({
  search,
  places,
  mentioned: new Set(places),
});

async function read(copy: ReturnType<typeof generalCopy>) {
  const raw = fill(copy, valuesFor(ada));
  const { html, text = '', subject } = await simpleParser(raw, { skipTextToHtml: true });
  return { raw, html: String(html), text, subject };
}

test('matches come first, numbered like all others, each with its reason in both parts', async () => {
  const { html, text, subject } = await read(copierOf(content)([found('sparse voxel', 17, 12)], 1));
  const reason = 'Matches your search ‘sparse voxel’';
  expect(text).toContain(`1. ${twenty[17]?.title}\n   ${reason}\n   ${twenty[17]?.last.upvotes} upvote`);
  expect(text).toContain(`2. ${twenty[12]?.title}\n   ${reason}\n`);
  expect(text).toContain(`3. ${twenty[0]?.title}\n   ${twenty[0]?.last.upvotes} upvote`);
  expect(html.split(`>${reason}</strong> · `)).toHaveLength(3);
  expect(html.indexOf(`<span>1. </span>${escapeMarkup(twenty[17]?.title ?? '')}`)).toBeGreaterThan(0);
  expect(text.match(/^\d+\. /gm)).toEqual(Array.from({ length: 10 }, (_, n) => `${n + 1}. `));
  expect(subject).toMatch(/ \+ 9 more$/);
});

test('a week of fewer papers than there is room for says so', async () => {
  const few = { ...(await renderDigest(digestOf(twenty.slice(0, 4), 4), settings)), size: 10 };
  const words = 'A quiet week: 4 papers listed, and here they all are, most upvotes first.';
  const { text, html } = await read(generalCopy(few));
  for (const part of [text, html]) expect(part).toContain(words);
  const friday = { from: '2025-03-14', to: '2025-03-14' };
  for (const [period, that, quiet] of [
    [undefined, 'that day', 'day'], // frozen before periods were kept
    [friday, 'that day', 'day'],
    [{ ...friday, to: '2025-03-16' }, 'over those days', 'few days'],
  ] as const)
    expect((await read(copierOf({ ...few, cadence: 'daily', period })([], 1))).text).toContain(
      `Your searches found nothing that was listed ${that}. A quiet ${quiet}: 4 papers listed, and`,
    );
  expect((await read(generalCopy({ ...few, size: 4 }))).text).toContain('All 4 papers listed that week');
});

test('a reader of no search gets the same bytes whoever they are', () => {
  expect(copierOf(content)([], 0)).toEqual(generalCopy(content));
});

test.each([
  [
    [found('a', 15)],
    1,
    '1 paper found by your searches, then the 9 papers with the most upvotes, of 61 listed that week.',
  ],
  [
    [found('a')],
    1,
    'Your searches found nothing that was listed that week. The 10 papers with the most upvotes, of 61 listed',
  ],
  [[], 0, 'The 10 papers with the most upvotes, of 61 listed that week.'],
])('the first lines say what was chosen', async (finds, searches, words) => {
  const { text, html } = await read(copierOf(content)(finds, searches));
  expect(text.replaceAll('\n', ' ')).toContain(words);
  expect(html).toContain(words.split(',')[0]);
});

test.each([
  [true, 'Late riser, listed'],
  [undefined, 'Listed'],
])('a paper of the days before says when it was listed (known before: %s)', async (seen, words) => {
  const [first, ...others] = twenty.slice(0, 3).map(candidateOf);
  const digest = {
    ...digestOf(twenty.slice(0, 3)),
    candidates: [{ ...first, carried: true, seen } as never, ...others],
  };
  const { text } = await read(generalCopy(await renderDigest(digest, settings)));
  expect(text).toMatch(new RegExp(`^1\\. .*\\n {3}${words} \\d+ March 2025\\n`, 'm'));
});

test('whatever was searched for stands in the mail as text, on lines that mail may have', async () => {
  const searches = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(
      searches.filter((text) => !/[\p{Cc}\p{Cs}\ufdd0\ufdd1]/u.test(text)),
      async (text) => {
        const { raw, html } = await read(copierOf(content)([found(`"${text}</a><script>`, 3)], 1));
        expect(html).toContain(`Matches your search ‘${escapeMarkup(`"${text}</a><script>`)}’`);
        expect(html).not.toContain('<script');
        const [, ...body] = raw.split('\r\n\r\n');
        expect(
          body
            .join('\r\n\r\n')
            .split('\r\n')
            .filter((line) => line.length > 76),
        ).toEqual([]);
        expect(raw).toMatch(/^[\x20-\x7e\r\n]+$/);
      },
    ),
    { numRuns: 30 },
  );
});

test('five long searches and fifty long papers: as many as Gmail shows', async () => {
  const papers = Array.from({ length: 50 }, (_, n) =>
    paperOf({
      id: `2503.${10_000 + n}`,
      title: `${n} ${'多模态理解'.repeat(30)}`,
      summary: '摘要'.repeat(5_000),
    }),
  );
  const wide = await renderDigest(digestOf(papers), settings);
  const searches = Array.from({ length: 5 }, (_, n) =>
    found(`${n}${'&'.repeat(199)}`, 49 - n, 44 - n, 39 - n, 34 - n),
  );
  const widest = { ...valuesFor(ada), unsubscribe: 'x'.repeat(70), preferences: 'x'.repeat(70) };
  const mail = await simpleParser(fill(copierOf(wide)(searches, 5), widest), { skipTextToHtml: true });
  expect(Buffer.byteLength(String(mail.html))).toBeLessThanOrEqual(100_000);
  expect(Buffer.byteLength(String(mail.html))).toBeGreaterThan(75_000);
});
