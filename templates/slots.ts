/** Slots: the places in a rendered text that each reader's copy fills with something of its own. */
import type { Skeleton } from '../lambdas/core/edition';

/** Unicode noncharacters: no text that came through core/text.ts has them, and MJML leaves them alone. */
const OPEN = '\u{FDD0}';
const CLOSE = '\u{FDD1}';
export const SLOT = /\u{FDD0}([a-z-]+)\u{FDD1}/u;

export const slot = (name: string): string => `${OPEN}${name}${CLOSE}`;

/** Cuts a text at its slots. */
export function cut(text: string): Skeleton {
  const pieces = text.split(SLOT);
  return { segments: pieces.filter((_, n) => n % 2 === 0), slots: pieces.filter((_, n) => n % 2 === 1) };
}

/** Joins the segments with one reader's values: no rendering and no encoding, values go in as they are. */
export function fill({ segments, slots }: Skeleton, values: Readonly<Record<string, string>>): string {
  let text = segments[0] ?? '';
  for (let n = 0; n < slots.length; n++) {
    const value = values[slots[n] as string];
    if (value === undefined) throw new Error(`Can't fill the slot "${slots[n]}": it has no value`);
    text += value + (segments[n + 1] as string);
  }
  return text;
}
