/** The pages and mails of the preferences: what readers typed is shown as text, and every form can be used by everybody. */
import { simpleParser } from 'mailparser';
import type { Address } from '../../lambdas/core/address';
import { Problem } from '../../lambdas/core/problem';
import type { Subscriber } from '../../lambdas/core/subscriber';
import * as mails from '../../templates/preferences-mails';
import * as answers from '../../templates/preferences-answers';
import * as pages from '../../templates/preferences-pages';
import { fieldFaults } from '../field-faults';
import {
  ada,
  adasDigest,
  adasGoodbye,
  adasInvitation,
  adasQuestion,
  adasRefusal,
  adasWelcome,
  samplePapers,
  settings,
  valuesFor,
} from '../mails';

const evil = '"><script>alert(1)</script>\'&lt;{{x}}';
const escaped = '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39;&amp;lt;{{x}}';

const reader = (change: Partial<Subscriber> = {}): Subscriber => ({
  subscriberId: 'ada',
  address: ada,
  status: 'active',
  cadence: 'weekly',
  consent: { askedAt: '2025-03-01T00:00:00.000Z' },
  revision: 1,
  ...change,
});

const preferences = (change: Partial<pages.Preferences> = {}): pages.Preferences => ({
  reader: reader(),
  now: new Date('2025-03-12T12:00:00Z'),
  token: 'k1.token',
  unsubscribe: 'k1.leaving',
  cadence: 'weekly',
  locale: 'en-GB',
  zone: '',
  note: undefined,
  searches: [{ typed: 'sparse voxel', matches: 3 }],
  period: { from: '2025-03-03', to: '2025-03-09' },
  papers: 61,
  ...change,
});

const monthly = { cron: '0 7 1 * ? *', papers: 20, minimum: 1 };
const several = { ...settings, cadences: { ...settings.cadences, monthly } };
const paused = reader({ pausedUntil: '2025-04-01T12:00:00.000Z', address: evil as Address });
const mistaken = preferences({
  note: 'mistaken',
  locale: 'ja',
  searches: Array.from({ length: 5 }, () => ({ typed: evil, problem: evil, matches: undefined })),
});

const everyPage: [name: string, page: string][] = [
  ['the preferences', pages.preferencesPage(settings, preferences())],
  ['with several cadences, after a click', pages.preferencesPage(several, preferences({ note: 'saved' }))],
  ['with evil searches', pages.preferencesPage(several, mistaken)],
  ['while paused, at an evil address', pages.preferencesPage(settings, preferences({ reader: paused }))],
  ['for who left', pages.notSubscribedPage(settings, reader({ status: 'unsubscribed' }), evil)],
  ['for who is suppressed', pages.notSubscribedPage(settings, reader({ status: 'suppressed' }), evil)],
  ['“nothing is stored”', answers.nothingKeptPage(settings)],
  ['“lost your mail?”', answers.lostMailPage(settings)],
  ['“this link is incomplete”', answers.lostMailPage(settings, new Problem(400, evil, evil))],
  ['“check your inbox”', answers.linkSentPage(settings)],
  ['“check your new inbox”', answers.questionSentPage(settings, evil)],
  ['the page to move, with evil tokens', answers.movePage(settings, { token: evil, from: evil })],
  ['“you have moved”', answers.movedPage(settings, evil)],
  ['“nothing to move”', answers.notMovedPage(settings, 'taken')],
  ['“this link no longer works”', answers.notMovedPage(settings, 'expired')],
  ['the page to erase', answers.erasePage(settings, { token: evil, confirming: evil })],
  ['“you are erased”', answers.erasedPage(settings)],
];

test.each(everyPage)(
  '%s: one heading, labels for all fields, forms that post, no script, few bytes',
  (_, page) => {
    expect(page).not.toMatch(/<script|\son\w+=|javascript:/i);
    expect(page.match(/<h1>/g)).toHaveLength(1);
    const levels = [...page.matchAll(/<h([1-6])>/g)].map(([, level]) => Number(level));
    expect(levels.filter((level, n) => level > (levels[n - 1] ?? 0) + 1)).toEqual([]);
    expect((page.match(/<form\b[^>]*>/g) ?? []).filter((form) => !form.includes('method="post"'))).toEqual(
      [],
    );
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(fieldFaults(page)).toEqual([]);
    expect(Buffer.byteLength(page)).toBeLessThan(30_000);
  },
);

test('what was typed is shown again as it was, and the fields say what is wrong', () => {
  const page = pages.preferencesPage(settings, mistaken);
  expect(page.split(`value="${escaped}"`)).toHaveLength(6);
  expect(page.match(/aria-invalid="true"/g)).toHaveLength(5);
  const pointing = page.match(/aria-describedby="[\w-]+"/g);
  expect(pointing).toEqual(
    ['searches-hint', ...[1, 2, 3, 4, 5].map((n) => `search${n}-says`), 'zone-hint'].map(
      (id) => `aria-describedby="${id}"`,
    ),
  );
});

test.each([
  [0, 61, 'Would have matched none of 61 papers last week'],
  [3, 61, 'Would have matched 3 of 61 papers last week'],
  [1, 1, 'Would have matched 1 of 1 paper last week'],
  [0, 0, 'No paper was listed last week'],
])('%i matches of %i papers, in words', (matches, papers, words) => {
  const searches = [{ typed: 'x', matches }];
  const page = pages.preferencesPage(settings, preferences({ searches, papers })).replace(/\s+/g, ' ');
  expect(page).toContain(words);
  const atRest = preferences({ searches, papers, now: new Date('2025-06-01T00:00:00Z') });
  expect(pages.preferencesPage(settings, atRest).replace(/\s+/g, ' ')).toContain(
    words.replace('last week', 'in the newest week'),
  );
});

test.each([
  ['en-US', 'April 1, 2025'],
  ['de', '1. April 2025'],
  ['fr', '1 avril 2025'],
  ['zh', '2025年4月1日'],
] as const)('dates can be written in %s, and say so to screen readers', (locale, date) => {
  const page = pages.preferencesPage(settings, preferences({ locale, reader: paused }));
  expect(page).toMatch(new RegExp(`<time lang="${locale}" datetime="2025-04-01"\\s*>${date}</time`));
});

const links = { token: 'k1.a', from: 'old' };

test.each([
  ['the link', mails.linkMail(ada, 'k1.a', settings), '/preferences?token=k1.a'],
  ['the question', mails.newAddressMail(ada, links, settings), '/preferences/move?token=k1.a&from=old'],
  ['the answer to who has it already', mails.takenMail(ada, 'k1.a', settings), '/preferences?token=k1.a'],
])('%s says in both parts why it comes, from where, and what to do', async (_, raw, path) => {
  const mail = await simpleParser(raw, { skipTextToHtml: true });
  expect(raw).toMatch(/^[\x20-\x7e\r\n]+$/);
  for (const part of [String(mail.text), String(mail.html).replaceAll('&amp;', '&')]) {
    expect(part).toContain('You get this one mail because');
    expect(part).toContain('Paperboy, 1 Example Street, 12345 Example Town');
    expect(part).not.toMatch(/\{\{|undefined/);
    expect(part).toContain(`https://papers.example.org${path}`);
  }
});

const { preferences: own } = valuesFor(ada);

test.each<[what: string, raw: string | Promise<string>, isReaders: boolean]>([
  ['a digest', adasDigest(samplePapers.slice(0, 2)), true],
  ['a welcome', adasWelcome(), true],
  ['a question', adasQuestion(), true],
  ['a refusal', adasRefusal(), true],
  ['a fresh link', mails.linkMail(ada, own, settings), true],
  ['that an address is taken', mails.takenMail(ada, own, settings), true],
  ['an invitation, to a stranger,', adasInvitation(), false],
  ['a question to a new address, to a stranger,', mails.newAddressMail(ada, links, settings), false],
  ['a goodbye', adasGoodbye(), false],
])('%s leads readers, and them alone, to their own preferences', async (_, raw, isReaders) => {
  const mail = await simpleParser(await raw, { skipTextToHtml: true });
  for (const part of [String(mail.text), String(mail.html)]) {
    const found = part.match(/(?<=\/preferences\?token=)[\w.-]+/g) ?? [];
    expect([...new Set(found)]).toEqual(isReaders ? [own] : []);
  }
});
