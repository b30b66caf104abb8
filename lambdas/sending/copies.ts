/** Each reader's copy of an edition: what everybody gets is joined once, and each search is asked once. */
import { copierOf, generalCopy } from '../../templates/digest-copy';
import { log } from '../aws/log';
import type { Found } from '../core/choice';
import type { Content, Skeleton } from '../core/edition';
import { indexPapers, type PaperIndex } from '../core/match';
import { readSearch } from '../core/search';
import type { Subscriber } from '../core/subscriber';

/** Searches remembered at a time: with more, memory would grow with the number of readers. */
const REMEMBERED = 20_000;

type Copies = (searches: Subscriber['searches']) => Skeleton;

const known = new WeakMap<Content, Copies>();

/** The skeleton of a reader's copy; the reader's own slots are still open. */
export function copyOf(content: Content, { searches }: Pick<Subscriber, 'searches'>): Skeleton {
  const copies = known.get(content) ?? copiesOf(content);
  known.set(content, copies);
  return copies(searches);
}

function copiesOf(content: Content): Copies {
  const copier = copierOf(content);
  const general = generalCopy(content);
  const seen = content.candidates.flatMap((candidate, place) => (candidate.seen ? [place] : []));
  const most = Math.floor(content.size / 2);
  const remembered = new Map<string, Found>();
  let index: PaperIndex | undefined;

  const find = (text: string): Found => {
    index ??= indexPapers(content.candidates.map(({ paper }) => paper));
    try {
      const search = readSearch(text);
      // a match that was seen is no match, so ask for that many more
      const places = index.find(search, most + seen.length).map(({ place }) => place);
      const mentions = seen.length ? index.mentions(search) : new Set<number>();
      return { search: search.text, places, mentioned: new Set(seen.filter((place) => mentions.has(place))) };
    } catch (error) {
      log('search.unreadable', { reason: error instanceof Error ? error.message : 'unknown' }, 'WARN');
      return { search: text, places: [], mentioned: new Set() };
    }
  };

  const foundBy = (text: string): Found => {
    const before = remembered.get(text);
    if (before) return before;
    if (remembered.size >= REMEMBERED) remembered.clear();
    const found = find(text);
    remembered.set(text, found);
    return found;
  };

  return (searches) => {
    if (!searches?.length) return general;
    // one that was given up brings nothing, but keeps away what it may have brought before
    const found = searches.map(({ text, until }) => ({ ...foundBy(text), ...(until && { places: [] }) }));
    return copier(found, searches.filter(({ until }) => !until).length);
  };
}
