/** The operator's own name, colour, logo and line, in every mail and on every page. */
import { simpleParser } from 'mailparser';
import { readSettings } from '../../lambdas/core/settings';
import { aboutPage } from '../../templates/about-page';
import { landingPage } from '../../templates/front-page';
import { mailSources } from '../../templates/mail-sources';
import { stylesheet } from '../../templates/page-layout';
import {
  adasDigest,
  adasGoodbye,
  adasInvitation,
  adasQuestion,
  adasRefusal,
  adasWelcome,
  samplePapers,
  settings,
} from '../mails';

const branded = readSettings({
  ...settings,
  name: 'Lab & Notes',
  brand: {
    accent: '#0B57D0',
    logo: { url: 'https://papers.example.org/logo.png', alt: 'Lab "Notes"' },
    footer: 'Made by <us>, for free.',
  },
});

const mails: [name: string, raw: (newsletter: typeof settings) => string | Promise<string>][] = [
  ['an invitation', adasInvitation],
  ['a question', adasQuestion],
  ['a refusal', adasRefusal],
  ['a welcome', adasWelcome],
  ['a goodbye', adasGoodbye],
  ['a digest', (newsletter) => adasDigest(samplePapers.slice(0, 2), 61, newsletter)],
];

const partsOf = async (raw: string) => {
  const { html, text = '' } = await simpleParser(raw, { skipTextToHtml: true, skipImageLinks: true });
  return { html: String(html), text };
};

test.each(mails)('%s wears the operator’s colour, logo and line', async (_, raw) => {
  const { html, text } = await partsOf(await raw(branded));
  expect(html).toContain(
    '<img src="https://papers.example.org/logo.png" alt="Lab &quot;Notes&quot;" height="40"',
  );
  expect(html).toContain('border-top:4px solid #0b57d0');
  expect(html).toContain('.paper a { color: #75aaff !important; }');
  expect(html).not.toMatch(/#a2391c|#fb8a6b|#facade|#decade|\{\{/);
  expect(html).toContain('Made by &lt;us&gt;, for free.<br />');
  expect(text).toContain('\n-- \nMade by <us>, for free.\nYou get this');
});

test.each(mails)('%s of an operator who says nothing has the name on top, and no image', async (_, raw) => {
  const { html, text } = await partsOf(await raw(settings));
  expect(html).toMatch(/<h1 [^>]*>Paperboy<\/h1>/);
  expect(html).not.toMatch(/<img|#facade|#decade|\{\{/);
  expect(html).toContain('#a2391c');
  expect(text).toContain('\n-- \nYou get this');
});

test('pages wear the colour and the line', () => {
  expect(stylesheet(branded)).toContain('--accent:#0b57d0;color-scheme');
  expect(stylesheet(branded)).toContain('--accent:#75aaff}}');
  expect(landingPage(branded, [])).toMatch(
    /<footer>\s*Made by &lt;us&gt;, for free\.<br \/>\s*<a href="\/editions">/,
  );
  expect(landingPage(settings, [])).not.toContain('for free.<');
});

test('pages wear the logo, and link previews do; without one the name is on top', () => {
  const [ours, theirs] = [landingPage(settings, []), landingPage(branded, [])];
  expect(theirs).toContain(
    '<header><a href="/"><img src="https://papers.example.org/logo.png" alt="Lab &quot;Notes&quot;" height="40" /></a></header>',
  );
  expect(theirs).toContain('<meta property="og:image" content="https://papers.example.org/logo.png" />');
  expect(ours).toContain('<header><a href="/">Paperboy</a></header>');
  expect(ours).not.toMatch(/<img|og:image/);
});

test('who reads about privacy hears of a logo that lies elsewhere', () => {
  const logo = { url: 'https://pictures.example.net/logo.png', alt: 'Lab Notes' };
  const elsewhere = readSettings({ ...settings, brand: { logo } });
  expect(aboutPage(elsewhere)).toMatch(
    /nothing from other\ssites but our logo, which lies at pictures\.example\.net\./,
  );
  for (const one of [settings, branded]) expect(aboutPage(one)).toMatch(/nothing from other\ssites\./);
});

test('the colours that stand for the operator’s are in no source but as such', () => {
  for (const { markup } of Object.values(mailSources)) expect(markup).not.toContain('#a2391c');
});
