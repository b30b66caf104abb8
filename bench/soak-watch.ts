/** What the proxies of a soak saw: the faults that were met, deliveries that were ever unknown, groups as they are claimed. */
import { asked } from './faults-dynamodb';
import { workOf } from './faults-kills';
import type { Call } from './faults-proxy';

export interface Watch {
  met: (fault: string) => void;
  /** A call to DynamoDB that was carried out. */
  wrote: (call: Call) => void;
  faults: Record<string, number>;
  /** Subscribers whose delivery was ever unknown. */
  unknown: Set<string>;
  /** The group claimed last: the ids behind `after` up to `upTo` in their lane, whose readers are being mailed now. */
  claimed: () => { after: string; upTo: string } | undefined;
}

/** An item as DynamoDB's wire has it, as far as it matters here. */
type Item = Record<string, { S?: string } | undefined>;

export function watch(): Watch {
  const faults: Record<string, number> = {};
  const unknown = new Set<string>();
  let claimed: { after: string; upTo: string } | undefined;
  return {
    faults,
    unknown,
    claimed: () => claimed,
    met: (fault) => void (faults[fault] = (faults[fault] ?? 0) + 1),
    wrote(call) {
      const what = asked(call);
      for (const item of itemsOf(what.input))
        if (item['status']?.S === 'unknown') unknown.add(item['subscriberId']?.S ?? '');
      if (workOf(call, what) !== 'claim') return;
      const values = what.input['ExpressionAttributeValues'] as Item;
      claimed = {
        after: values[':new_confirmedTo']?.S ?? '',
        upTo: values[':new_claimedTo']?.S ?? '',
      };
    },
  };
}

/** The deliveries that a PutItem or a BatchWriteItem writes. */
function itemsOf({ Item: single, RequestItems = {} }: Record<string, unknown>): Item[] {
  const batches = Object.values(RequestItems as Record<string, { PutRequest?: { Item: Item } }[]>);
  const items = batches.flat().map(({ PutRequest }) => PutRequest?.Item);
  return [...items, single as Item | undefined].filter((item) => item?.['editionShard']) as Item[];
}
