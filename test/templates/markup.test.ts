/** Markup: what a template puts in is text, unless it is markup itself. */
import * as fc from 'fast-check';
import { escapeMarkup, html } from '../../templates/markup';

test.each([
  ['a tag', '<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  ['quotes', `"a" 'b'`, '&quot;a&quot; &#39;b&#39;'],
  ['an ampersand', 'a & b', 'a &amp; b'],
  ['what is escaped already', '&lt;', '&amp;lt;'],
  ['a number', 3, '3'],
  ['zero', 0, '0'],
  ['nothing', undefined, ''],
  ['an empty list', [], ''],
])('%s goes in as text', (_, piece, markup) => {
  expect(html`<p>${piece}</p>`.markup).toBe(`<p>${markup}</p>`);
});

test('markup goes in as it is, and so does a list of it', () => {
  const names = ['a', '<b>'].map((name) => html`<i>${name}</i>`);
  expect(html`<b>${names}</b>`.markup).toBe('<b><i>a</i><i>&lt;b&gt;</i></b>');
});

test('escaped text has no letter that opens or closes anything, and is read back as it was', () => {
  const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const escaped = escapeMarkup(text);
      expect(escaped).not.toMatch(/[<>"']/);
      expect(escaped.replaceAll(/&(\w+|#39);/g, (_, name: string) => entities[name] ?? '?')).toBe(text);
    }),
  );
});
