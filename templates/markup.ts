/** Markup that is safe by construction: what a template puts in is escaped unless it is markup itself. */

/** Text that was escaped, or written by us. */
export interface Markup {
  readonly markup: string;
}

type Piece = string | number | Markup | readonly Markup[] | undefined;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For text and for attributes in quotes, in MJML and HTML alike: MJML itself escapes nothing. */
export const escapeMarkup = (text: string): string =>
  text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);

/** The tag of a template: html`<h1>${title}</h1>`. */
export function html(parts: TemplateStringsArray, ...pieces: Piece[]): Markup {
  return { markup: parts.map((part, n) => part + markupOf(pieces[n])).join('') };
}

/** The same under the name of the other language, so that editors know which is which. */
export const mjml = html;

function markupOf(piece: Piece): string {
  if (piece === undefined) return '';
  if (typeof piece === 'string' || typeof piece === 'number') return escapeMarkup(String(piece));
  return 'markup' in piece ? piece.markup : piece.map(({ markup }) => markup).join('');
}
