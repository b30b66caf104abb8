/** `npm run compile-mails`: MJML sources to templates/compiled/mails.json, which a test compares with its sources. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LATER_ACCENT, mailSources } from './mail-sources';
import { renderMjml } from './render-mjml';

export async function compileMails(): Promise<string> {
  const compiled = Object.entries(mailSources).map(async ([name, source]) => [
    name,
    (await renderMjml(source))
      .replaceAll(LATER_ACCENT.light, '{{accent}}')
      .replaceAll(LATER_ACCENT.dark, '{{accentInTheDark}}'),
  ]);
  return `${JSON.stringify(Object.fromEntries(await Promise.all(compiled)), null, 2)}\n`;
}

if (require.main === module) {
  void compileMails().then((text) => writeFileSync(join(__dirname, 'compiled', 'mails.json'), text));
}
