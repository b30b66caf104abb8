/** The order of papers that nobody votes on: spread over topics and days. */
import type { Day } from './calendar';
import type { Paper } from './paper';

interface Placed {
  paper: Paper;
  topic: number;
}

/**
 * Topics take turns, the one with the most papers first (`sizes`), ties by its lowest id. At its turn a topic gives a paper
 * of the day that gave the fewest so far, ties by id. Papers come in the order of their ids.
 */
export function spread<One extends Placed>(
  papers: readonly One[],
  sizes: ReadonlyMap<number, number>,
): One[] {
  const sizeOf = ([topic]: [number, unknown]): number => sizes.get(topic) ?? 0;
  // groups are in the order of their first papers, and sorting leaves it so among equals
  let topics = [...grouped(papers, ({ topic }) => topic)]
    .toSorted((a, b) => sizeOf(b) - sizeOf(a))
    .map(([, ofTopic]) => grouped(ofTopic, ({ paper }) => paper.listedOn));
  const given = new Map<Day, number>();
  const order: One[] = [];
  while (topics.length > 0) {
    for (const days of topics) order.push(takeFrom(days, given));
    topics = topics.filter((days) => days.size > 0);
  }
  return order;
}

/** Takes the next paper of the day that gave the fewest. */
function takeFrom<One extends Placed>(days: Map<Day, One[]>, given: Map<Day, number>): One {
  const countOf = ([day]: [Day, unknown]): number => given.get(day) ?? 0;
  const idOf = ([, [first]]: [Day, One[]]): string => first?.paper.paperId ?? '';
  const fewest = [...days].reduce((a, b) =>
    countOf(b) < countOf(a) || (countOf(b) === countOf(a) && idOf(b) < idOf(a)) ? b : a,
  );
  const [day, [first, ...rest]] = fewest;
  if (rest.length > 0) days.set(day, rest);
  else days.delete(day);
  given.set(day, countOf(fewest) + 1);
  return first as One;
}

function grouped<One, Key>(all: readonly One[], keyOf: (one: One) => Key): Map<Key, One[]> {
  const groups = new Map<Key, One[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}
