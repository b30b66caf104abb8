/** Past editions with the papers that everybody got. They never change, so a container reads each of them once. */
import { papersForAll } from '../core/choice';
import type { PublishedEdition } from '../core/edition';
import { contentOf, find, newest } from './editions';

let known = new Map<string, PublishedEdition>();

/** Newest first. */
export async function publishedEditions(limit: number): Promise<PublishedEdition[]> {
  const listed = await newest(limit);
  const read = await Promise.all(listed.map(({ editionId }) => published(editionId)));
  const editions = read.flatMap((edition) => edition ?? []);
  known = new Map(editions.map((edition) => [edition.editionId, edition]));
  return editions;
}

async function published(editionId: string): Promise<PublishedEdition | undefined> {
  const before = known.get(editionId);
  if (before) return before;
  const edition = await find(editionId);
  if (!edition?.content) return undefined;
  const { title, considered, cutoff } = edition;
  return { editionId, title, considered, cutoff, papers: papersForAll(await contentOf(edition)) };
}
