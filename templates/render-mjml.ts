/** The only line that knows the MJML compiler; only what builds an edition may load it. */
import mjml2html from 'mjml';
import type { Markup } from './markup';

/** MJML to HTML; throws on what the compiler complains of. White space between tags is folded, which nobody sees. */
export async function renderMjml({ markup }: Markup): Promise<string> {
  const { html, errors } = await mjml2html(markup, {
    fonts: {},
    validationLevel: 'strict',
    keepComments: false,
  });
  if (errors.length) throw new Error("Can't render the mail", { cause: errors[0]?.formattedMessage });
  return html.replace(/>\s+</g, '> <').replace(/\n\s+/g, '\n').trim();
}
