/** Papers whose titles, abstracts, authors and links were made to break a mail: they appear as text or not at all. */
import { simpleParser } from 'mailparser';
import { readable } from '../../lambdas/core/readable';
import { excerpt, plainText } from '../../lambdas/core/text';
import { escapeMarkup } from '../../templates/markup';
import { hostileStrings } from '../inputs/hostile-strings';
import { ada, adasDigest, paperOf, valuesFor } from '../mails';

const partsOf = async (raw: string): Promise<{ html: string; text: string; subject: string | undefined }> => {
  const { html, text = '', subject } = await simpleParser(raw, { skipTextToHtml: true });
  return { html: String(html), text, subject };
};

/** Tags in order with the names of their attributes, and all that stands in comments and style sheets. */
function structureOf(html: string): string[] {
  const tags = html.matchAll(
    /<!--[\s\S]*?-->|<style[\s\S]*?<\/style>|<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>/g,
  );
  return [...tags].map(([tag]) =>
    /^<(!--|style)/.test(tag) ? tag : tag.replaceAll(/"[^"]*"|'[^']*'/g, '""'),
  );
}

/** A digest of papers that carry each text everywhere a source lets it in. */
const digestWith = async (texts: readonly string[]) =>
  partsOf(
    await adasDigest(
      texts.map((text, n) =>
        paperOf({
          id: `2503.${10_000 + n}`,
          title: `t ${text}`,
          summary: `s ${text}`,
          authors: [`a ${text}`],
        }),
      ),
    ),
  );

const hostile: [what: string, text: string][] = [
  ['a way out of MJML', '</mj-text><mj-raw><script>alert(1)</script></mj-raw><mj-text>'],
  ['a script', '<script>alert(1)</script>'],
  ['an image that reports back', '<img src=x onerror=alert(1)>'],
  ['quotes that end an attribute', '" onmouseover="alert(1)" x="'],
  ['quotes of the other sort', "' onmouseover='alert(1)"],
  ['a template expression', '{{constructor.constructor("return process.env")()}}'],
  ['other template expressions', '${7*7} <%= 7*7 %> #{7*7} {%x%} [[x]]'],
  ['a replacement pattern', "$& $1 $` $' $$"],
  ['entities', '&lt;b&gt; &amp;amp; &#60; &nbsp; &copy &'],
  ['a comment', '--><!-- <!--[if mso]> x <![endif]-->'],
  ['a CDATA section', ']]> <![CDATA[ <b> ]]>'],
  ['the end of a style sheet', '</style><style>*{display:none}'],
  ['the end of the title', '</title></head><body>'],
  ['a doctype', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;'],
  ['LaTeX', '$O(n \\log n)$ & \\emph{x} <3 \\\\ %'],
  ['a bidirectional override', 'a\u202egpj.exe\u202c b'],
  ['control characters', 'a\0b\u0007c\u001b[31m\ud800'],
  ['a slot', '\ufdd0unsubscribe\ufdd1 \ufdd0to\ufdd1'],
  ['a boundary', '--=_0123456789abcdef\r\nContent-Type: text/html'],
  ['a header', 'x\r\nBcc: eve@example.org\r\n\r\nbody'],
  ['the end of an SMTP message', 'x\r\n.\r\nQUIT'],
  ['an encoded word', '=?utf-8?q?=3Cscript=3E?='],
  ['encoded octets', '=3Cscript=3E =0D=0A'],
  ['a hundred accents', `Z${'\u0301'.repeat(100)}`],
  ['emoji families', '👩‍👩‍👧‍👦'.repeat(80)],
];

test.each(hostile)('%s is text in both parts', async (_, text) => {
  const { html, text: plain, subject } = await digestWith([text]);
  expect(structureOf(html)).toEqual(structureOf((await digestWith(['benign'])).html));
  const [title, abstract, author] = [readable(`t ${text}`), readable(`s ${text}`), plainText(`a ${text}`)];
  for (const field of [title, abstract, author])
    expect(html).toContain(escapeMarkup(excerpt(field, 60).replace(/…$/, '')));
  expect(plain).toContain(`1. ${title}\n`);
  expect(subject).toBe(excerpt(title, 70));
  expect((html + plain).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e\ufdd0\ufdd1\ufffd]/u);
});

test('a title that names a slot gets no reader’s link', async () => {
  const raw = await adasDigest(
    [paperOf({ title: '\ufdd0unsubscribe\ufdd1', summary: '\ufdd0one-click\ufdd1' })],
    1,
  );
  const { html, text } = await partsOf(raw);
  const { unsubscribe, 'one-click': oneClick } = valuesFor(ada);
  expect(html.split(unsubscribe)).toHaveLength(2);
  expect(text.split(unsubscribe)).toHaveLength(2);
  expect(html + text).not.toContain(oneClick);
});

test.each([
  ['javascript', 'javascript:alert(1)'],
  ['data', 'data:text/html,<script>alert(1)</script>'],
  ['http', 'http://169.254.169.254/latest'],
  ['credentials', 'https://github.com:x@evil.example/'],
])('a link of %s is left out', async (_, url) => {
  const { html, text } = await partsOf(await adasDigest([paperOf({ githubRepo: url, projectPage: url })], 1));
  expect(html + text).not.toContain(url.slice(0, 20));
  expect(text).not.toMatch(/Code:|Project:/);
});

test('a link with quotes and brackets stays one attribute', async () => {
  const githubRepo = 'https://x.org/"onmouseover="alert(1)\'><script>?a=1&b="2"#\'\'';
  const { html, text } = await partsOf(await adasDigest([paperOf({ githubRepo })], 1));
  const benign = await partsOf(await adasDigest([paperOf({ githubRepo: 'https://x.org/' })], 1));
  expect(structureOf(html)).toEqual(structureOf(benign.html));
  expect(text).toContain("Code: https://x.org/%22onmouseover=%22alert(1)'%3E%3Cscript%3E?a=1&b=%222%22#''\n");
});

test.each(Object.entries(hostileStrings))('%s are text from one end to the other', async (_, strings) => {
  for (let n = 0; n < strings.length; n += 40) {
    const some = strings.slice(n, n + 40);
    const { html, text } = await digestWith(some);
    expect(structureOf(html)).toEqual(structureOf((await digestWith(some.map(() => 'benign'))).html));
    for (const [m, one] of some.entries())
      expect(text).toContain(`\n${m + 1}. ${excerpt(readable(`t ${one}`), 200)}\n`);
  }
});
