/** GET /: the form, the newest papers, and a search of the recent ones, as a page and as JSON. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Paper } from '../../lambdas/core/paper';
import { allHostileStrings } from '../inputs/hostile-strings';
import { outputOf } from '../lines';
import { aPaper, freezeDate, startWorld, type World } from '../world';

let world: World;
beforeAll(async () => {
  freezeDate('2025-03-15T12:00:00Z');
  world = await startWorld({ newsletter: { cadences: { weekly: { cron: '0 7 ? * MON *', papers: 10 } } } });
  for (const [n, fields] of known.entries()) await keeps({ ...aPaper('2025-03-11', n, 50 - n), ...fields });
  await keeps({ ...aPaper('2025-01-20', 1, 214), title: 'Sparse voxels of last winter' });
  await keeps({ ...aPaper('2024-12-15', 1, 900), title: 'Sparse voxels of long ago' }); // 90 days before are 16 December
});
afterAll(() => world.close());

const known: Partial<Paper>[] = [
  { title: 'Rendering sparse voxel grids', authors: ['Grace Hopper'], abstract: 'Light in real time.' },
  { title: 'Sparse voxels, empty grids', authors: ['Annie Easley'], abstract: 'Many are empty.' },
  { title: 'Tea & <b>biscuits</b>', authors: ['Émilie du Châtelet'], abstract: 'An evil " one: \' <script>' },
];

async function keeps(paper: Paper): Promise<void> {
  const papers = await import('../../lambdas/aws/papers');
  await papers.save(paper);
}

const searches = (words: string) => world.opens(`/?q=${encodeURIComponent(words)}`);
const json = { headers: { accept: 'application/json' } };
const searchesAsProgram = async (words: string) => {
  const answer = await world.opens(`/?q=${encodeURIComponent(words)}`, json);
  return { ...answer, body: z.record(z.string(), z.unknown()).parse(JSON.parse(answer.text)) };
};
/** The titles of the papers on a page, in order. */
const titlesOn = (page: string): string[] =>
  [...page.matchAll(/<h3><a [^>]*>([^<]*)<\/a>/g)].map(([, title = '']) => title);

describe('a visitor', () => {
  test('finds the form, a search and the newest papers, without scripts', async () => {
    const { status, text, headers } = await world.opens('/');
    expect(status).toBe(200);
    expect(text).toMatch(/<form[^>]*method="post" action="\/subscribe"/);
    expect(text).toMatch(/<form[^>]*role="search"/);
    expect(titlesOn(text)).toEqual([
      'Rendering sparse voxel grids',
      'Sparse voxels, empty grids',
      'Tea &amp; &lt;b&gt;biscuits&lt;/b&gt;',
    ]);
    expect(text).not.toContain('<script');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('cache-control')).toBe('public, max-age=60');
  });

  test('finds papers of the last 90 days by words, and none that is older', async () => {
    const { status, text } = await searches('sparse voxel');
    expect(status).toBe(200);
    expect(text).toContain('3 papers of the last 90 days for ‘sparse voxel’');
    expect(titlesOn(text).toSorted()).toEqual([
      'Rendering sparse voxel grids',
      'Sparse voxels of last winter',
      'Sparse voxels, empty grids',
    ]);
    expect(text).toContain('214 upvotes · Ada Lovelace, Alan Turing ·');
    expect(text).toContain('20 January 2025');
  });

  test('finds them by a phrase', async () => {
    expect(titlesOn((await searches('"sparse voxel grids"')).text)).toEqual(['Rendering sparse voxel grids']);
  });

  test.each([
    ['author:"Grace Hopper"', 'Rendering sparse voxel grids'],
    ['author:"Easley, A" sparse', 'Sparse voxels, empty grids'],
    ['author:"emilie du chatelet"', 'Tea &amp; &lt;b&gt;biscuits&lt;/b&gt;'],
  ])('finds them by an author: %s', async (search, title) => {
    expect(titlesOn((await searches(search)).text)).toEqual([title]);
  });

  test('who types a name alone is shown how to search for an author', async () => {
    const { text } = await searches('grace hopper');
    expect(text).toContain('<a href="/?q=author%3A%22grace%20hopper%22">author:&quot;grace hopper&quot;</a>');
  });

  test('can have the search by mail: the form is there, filled in', async () => {
    const { text } = await searches('  Sparse   “voxel” ');
    const form = /<form[^>]*action="\/subscribe"[^]*?<\/form>/.exec(text)?.[0] ?? '';
    expect(form).toMatch(/<input type="hidden" name="search" value="[^"]*sparse[^"]*voxel/i);
    expect(form).toContain('Email me this search every week');
    expect(text.match(/<form[^>]*method="post"/g)).toHaveLength(1);
    const [, search = ''] = /name="search" value="([^"]*)"/.exec(form) ?? [];
    await world.subscribes('ada@example.org', { search });
    expect(await world.subscriber('ada@example.org')).toMatchObject({ searches: [{ text: 'sparse voxel' }] });
  });

  test('who finds nothing is told what to try, and can have the search all the same', async () => {
    const { status, text } = await searches('zyzzyva');
    expect(status).toBe(200);
    expect(text).toContain('No paper of the last 90 days for ‘zyzzyva’');
    expect(text).toContain('Try broader words');
    expect(text).toContain('<input type="hidden" name="search" value="zyzzyva"');
  });

  test('who types nothing sees the front page', async () => {
    for (const nothing of ['/?q=', '/?q=%20%09', '/?'])
      expect((await world.opens(nothing)).text).toContain('Latest papers');
  });

  test.each([
    ['10 KB', `q=${'a'.repeat(10_000)}`, 'longer than 200 characters'],
    ['punctuation alone', 'q=%22%20%21%3F%22', ''],
    ['two searches at once', 'q=sparse&q=voxel', 'one search at a time'],
  ])('who sends %s is told so on the search page, which shows it again', async (_, query, sentence) => {
    const page = await world.opens(`/?${query}`);
    const [, typed = ''] = /<input[^>]*id="q"[^>]*value="([^"]*)"/.exec(page.text) ?? [];
    expect(page.status).toBe(400);
    expect(page.text).toMatch(/<p class="problem" id="q-problem">\s*[A-Z][^<]*\.\s*<\/p>/);
    expect(page.text).toContain(sentence);
    expect(typed).not.toBe('');
    expect(page.text.length).toBeLessThan(10_000);
    expect(page.headers.get('cache-control')).toBe('no-store');
    const problem = await world.opens(`/?${query}`, json);
    expect([problem.status, problem.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
    expect(JSON.parse(problem.text)).toMatchObject({ errors: [{ field: 'q' }] });
    expect(problem.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('sees markup in a search and in a paper as text', async () => {
    const tea = await searches('<b>biscuits</b>');
    expect(titlesOn(tea.text)).toEqual(['Tea &amp; &lt;b&gt;biscuits&lt;/b&gt;']);
    const evil = await searches('"><script>alert(1)</script>');
    const refused = await searches(`"><script>alert(1)</script>${'x'.repeat(200)}`);
    for (const { text } of [tea, evil, refused]) expect(text).not.toMatch(/<script|<b>/i);
    expect(refused.text).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;xxx');
  });

  test('who only asks for the head gets no body', async () => {
    const answer = await world.opens('/?q=sparse', { method: 'HEAD' });
    expect([answer.status, answer.text]).toEqual([200, '']);
  });

  test('can change nothing here', async () => {
    const answer = await world.opens('/?q=sparse', { method: 'DELETE' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET']);
  });
});

describe('a program', () => {
  test('gets the newest papers as JSON, and scripts of other sites may read them', async () => {
    const answer = await world.opens('/', json);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(answer.headers.get('vary')).toBe('Accept');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=60');
    const body = z.record(z.string(), z.unknown()).parse(JSON.parse(answer.text));
    expect(body).toMatchObject({ from: '2025-03-10', to: '2025-03-16', total: 3 });
    expect(body).not.toHaveProperty('query');
  });

  test('gets what a search found, with its score', async () => {
    const { body } = await searchesAsProgram('biscuits');
    expect(body).toEqual({
      query: 'biscuits',
      from: '2024-12-16',
      to: '2025-03-15',
      total: 1,
      papers: [
        {
          paperId: '2503.11002',
          title: 'Tea & <b>biscuits</b>',
          authors: ['Émilie du Châtelet'],
          abstract: 'An evil " one: \' <script>',
          upvotes: 48,
          listedOn: '2025-03-11',
          links: { paper: 'https://arxiv.org/abs/2503.11002' },
          score: expect.any(Number) as number,
        },
      ],
    });
  });

  test('a page is not for other sites, and says that it depends on what was asked for', async () => {
    const { headers } = await world.opens('/');
    expect([headers.get('vary'), headers.get('access-control-allow-origin')]).toEqual(['Accept', null]);
  });
});

test('what was searched for is never in the log', async () => {
  const written = await outputOf(async () => {
    const { log } = await import('../../lambdas/aws/log');
    log('test.began');
    await searches('unmistakable');
    await searchesAsProgram('unmistakable');
    expect((await searches(`unmistakable${'!'.repeat(300)}`)).status).toBe(400);
    log('test.ended');
  });
  expect(written).toMatch(/test\.began[^]*test\.ended/); // the log was on
  expect(written).not.toContain('unmistakable');
});

test('a paper that comes later is found ten minutes later, and one bad row hides no other', async () => {
  const { documents } = await import('../../lambdas/aws/dynamodb');
  const { tableName } = await import('../../lambdas/aws/environment');
  await searches('sparse');
  const broken = { paperId: 'broken', week: '2025-W11', title: ['Sparse'], listedOn: 11 };
  await documents.send(new PutCommand({ TableName: tableName('papers'), Item: broken }));
  await keeps({ ...aPaper('2025-03-14', 1, 7), title: 'Late and sparse' });
  freezeDate('2025-03-15T12:09:00Z');
  expect(titlesOn((await searches('sparse')).text)).not.toContain('Late and sparse');
  freezeDate('2025-03-15T12:11:00Z');
  expect(titlesOn((await searches('sparse')).text)).toContain('Late and sparse');
  expect(titlesOn((await world.opens('/')).text)).toContain('Late and sparse');
});

test('a newsletter at rest can be searched: the 90 days until its newest week', async () => {
  freezeDate('2026-06-01T12:00:00Z');
  const { text } = await searches('sparse');
  expect(text).toContain('of 17 December 2024 – 16 March 2025 for ‘sparse’');
  expect(titlesOn(text)).toContain('Sparse voxels of last winter');
});

test('hostile strings are searched for or refused, and never a fault', async () => {
  const faults: string[] = [];
  for (const text of allHostileStrings) {
    const { status } = await world.opens(`/?${new URLSearchParams({ q: text }).toString()}`);
    if (status !== 200 && status !== 400) faults.push(`${status} ${text}`);
  }
  expect(faults).toEqual([]);
}, 60_000);
