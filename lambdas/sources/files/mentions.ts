/** arXiv ids and links that exports hide in other fields: "arXiv preprint arXiv:2503.01234", "CoRR, abs/2503.01234". */
import { arxivIdOf, safeLink } from '../../core/paper';

export function arxivIdMentioned(texts: readonly (string | undefined)[]): string | undefined {
  for (const text of texts) {
    const [, id] =
      /\b(?:arxiv:\s*|abs\/)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})/i.exec(text ?? '') ?? [];
    if (id !== undefined) return arxivIdOf(id);
  }
  return undefined;
}

/** The first that may stand in a mail, else the first. */
export const firstLink = (urls: readonly string[]): string | undefined =>
  urls.find((url) => safeLink(url)) ?? urls.find(Boolean);
