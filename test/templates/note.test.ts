/** A note of the operator's own: shown with its paper in the mail, its text part, pages and feeds; nothing where there is none. */
import { simpleParser } from 'mailparser';
import { readOwnEntry } from '../../lambdas/sources/files/own-entry';
import { atomFeed, jsonFeed } from '../../templates/feeds';
import { escapeMarkup } from '../../templates/markup';
import { paperCard } from '../../templates/paper-card';
import { adasDigest, contentOf, digestOf, now, settings } from '../mails';

const note = 'We discuss it on Friday. <b>"Bring" tea & cake</b> {{x}}';
const shown = `Editor’s note: ${note}`;
const paperWith = (fields: object) =>
  readOwnEntry(
    { title: 'A title', url: 'https://example.org/a', abstract: 'An abstract.', upvotes: 3, ...fields },
    { now, today: '2025-03-12', isExport: false },
  ).paper;

const partsOf = async (fields: object) => {
  const { html, text = '' } = await simpleParser(await adasDigest([paperWith(fields)]), {
    skipTextToHtml: true,
  });
  return { html: String(html), text: text.replace(/\s+/g, ' ') };
};

test('a note stands above the abstract in both parts of a mail, as text', async () => {
  const { html, text } = await partsOf({ note });
  expect(html).toContain(escapeMarkup(shown));
  expect(html.indexOf('Editor’s note')).toBeLessThan(html.indexOf('An abstract.'));
  expect(text).toContain(`${shown} An abstract.`);
});

test('a paper without a note, or without an abstract, has no empty lines for them', async () => {
  expect((await partsOf({})).html).not.toContain('Editor');
  expect(paperCard(paperWith({})).markup).not.toContain('Editor');
  expect(paperCard(paperWith({ abstract: '' })).markup).not.toMatch(/<p[^>]*><\/p>/);
});

test('pages and feeds have it too', () => {
  expect(paperCard(paperWith({ note })).markup).toContain(escapeMarkup(shown));
  const edition = {
    ...digestOf([]),
    ...contentOf([]),
    title: 'T',
    cutoff: now.toISOString(),
    papers: [paperWith({ note })],
  };
  expect(JSON.stringify(jsonFeed(settings, [edition as never]))).toContain('Editor’s note');
  expect(atomFeed(settings, [edition as never])).toContain('Editor’s note');
});
