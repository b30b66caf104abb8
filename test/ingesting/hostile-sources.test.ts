/** Hostile text in every field of both sources, over the wire: kept as text or refused by its field, and the edition goes out. */
import type { Paper } from '../../lambdas/core/paper';
import { allHostileStrings } from '../inputs/hostile-strings';
import { entry, ingest, listedWith, liveWorld, newId, paper, sites, world } from './live-world';

liveWorld();

/** Longer than fields may be, or than they look; the others stay below. */
const long = ['x'.repeat(5_000), `Z${'\u0301'.repeat(5_000)}`];

/** Every third of them, from every kind: each is an entry of two sources, twice. */
const hostile = [...allHostileStrings.filter((_, n) => n % 3 === 0), ...long];

/** Every field that can have a text has it, and the title some words before it; the longest have most upvotes. */
const asListed = (text: string) =>
  entry(newId(), `Hostile list ${text}`, text.length, {
    summary: text,
    authors: [{ name: text }, { name: 'Ada Lovelace' }],
    githubRepo: text,
    projectPage: text,
    publishedAt: text,
    submittedOnDailyAt: text,
    [text]: text,
  });
const asAnnounced = (text: string) =>
  paper(newId(), `Hostile feed ${text}`, {
    abstract: text,
    authors: [text, 'Ada'],
    categories: [text, 'cs.CL'],
  });

const shapeOf = ({ links, categories = [], ...text }: Paper) => ({
  links: Object.values(links).every((link) => link === undefined || /^https:\/\/[^\s"<>]+$/.test(link)),
  categories: categories.every((name) => /^[\w.-]{1,40}$/.test(name)),
  text: !/[\p{Cc}\p{Cs}\u202e\ufdd0\ufdd1\ufffe]/u.test(
    [text.title, text.abstract, ...text.authors].join(''),
  ),
  small: JSON.stringify(text).length < 200_000,
});

test('every hostile text is kept as text, whatever field it came in, and none costs another paper', async () => {
  sites.lists.set('2025-03-10', hostile.map(asListed));
  sites.feed.papers = hostile.map(asAnnounced);
  const { problems, sources } = await ingest();
  // titles that are longer than titles may be
  for (const { reason } of problems) expect(reason).toMatch(/^(paper\.)?title is longer/);
  expect(problems.length).toBeLessThan(10);
  expect(sources.map(({ failed }) => failed)).toEqual([0, 0]);
  const kept = [...(await listedWith('Hostile list')), ...(await listedWith('Hostile feed'))];
  expect(kept).toHaveLength(2 * hostile.length - problems.length);
  const good = { links: true, categories: true, text: true, small: true };
  expect(kept.filter((one) => JSON.stringify(shapeOf(one)) !== JSON.stringify(good))).toEqual([]);
});

test('bare hostile titles are kept or refused by their field', async () => {
  sites.lists.set(
    '2025-03-11',
    hostile.map((text) => entry(newId(), text, 1, { summary: 'Bare' })),
  );
  const list = await ingest();
  sites.lists.clear(); // else announcements would make way for what is listed under the same title
  sites.feed.papers = hostile.map((text) => paper(newId(), text, { abstract: 'Bare' }));
  for (const { papers, problems } of [list, await ingest()]) {
    expect(papers + problems.length).toBe(hostile.length);
    expect(papers).toBeGreaterThan(0.9 * hostile.length);
    for (const { reason } of problems) expect(reason).toMatch(/^(paper\.)?title /);
  }
});

test('the edition of such a week goes out', async () => {
  await world.reader('ada@example.org');
  expect(await world.sendsEdition('2025-W11')).toMatchObject({ outcome: 'built', papers: 10 });
  const [digest, ...more] = await world.digestsOf('ada@example.org');
  expect(more).toEqual([]);
  for (let n = 1; n <= 10; n += 1) expect(digest?.text).toContain(`\n${n}. `);
});
