/** An edition and its lanes: what is stored of them, and who may go on with a lane. */
import * as z from 'zod/mini';
import { Cadence } from './cadences';
import { Paper } from './paper';
import { Books } from './books';
import { Waves } from './waves';

export type Edition = z.infer<typeof Edition>;
export type Candidate = z.infer<typeof Candidate>;
export type Content = z.infer<typeof Content>;
export type Skeleton = z.infer<typeof Skeleton>;
export type Lane = z.infer<typeof Lane>;
export type LaneMessage = z.infer<typeof LaneMessage>;

const moment = z.iso.datetime();

/** `weekly-2025-W11`, `daily-2025-03-14`, `monthly-2025-03`: opaque to everybody but the calendar. */
export const EditionId = z.string().check(z.regex(/^(weekly|daily|monthly)-[0-9W-]{7,10}$/));

const Period = z.object({ from: z.iso.date(), to: z.iso.date() });

export const Edition = z.object({
  editionId: EditionId,
  cadence: Cadence,
  title: z.string(),
  period: Period,
  scheduledFor: moment,
  /** When it was frozen; readers who confirmed later get the next one. */
  cutoff: moment,
  papers: z.int(),
  /** How many papers the choice was made from. */
  considered: z.int(),
  /** Where the content lies: parts `content#<hash>#<n>`, complete before the edition exists; a skipped one has none. */
  content: z.optional(z.object({ hash: z.string(), parts: z.int().check(z.positive()) })),
  /**
   * `sending` until the books close: then `done`. `paused` keeps every lane where it is. `cancelled` and `skipped` never
   * send (again).
   */
  status: z.enum(['sending', 'paused', 'cancelled', 'done', 'skipped']),
  /** Why it is paused, cancelled or skipped. */
  reason: z.optional(z.string()),
  /** When it was last found on its way, or resumed by hand: what the lateness limit counts from. */
  aliveAt: z.optional(moment),
  /** When the operator last had it go on: patience with it counts from there. */
  resumedAt: z.optional(moment),
  /** For readers whose clocks reach its hour later; none where there are no such readers. */
  waves: z.optional(Waves),
  /** All lanes of the first wave are queued. */
  queuedAt: z.optional(moment),
  /** All lanes are walked to their end; the next edition of the cadence may start. */
  walkedAt: z.optional(moment),
  /** Ids of the papers that everybody got: they don't come again as late risers. */
  shown: z.optional(z.array(z.string())),
  /** The edition of the same cadence before this one. */
  previous: z.optional(EditionId),
  /** What came of it, when the books were last looked at. */
  books: z.optional(Books),
});

/** What every reader's message is joined from: fixed segments, and between them the names of slots. */
export const Skeleton = z.object({ segments: z.array(z.string()), slots: z.array(z.string()) });

/** One paper's lines of the mail, rendered once; slots `rank` and `reason`. `bytes` is what its HTML weighs. */
const Fragment = z.object({ html: Skeleton, text: Skeleton, bytes: z.int() });

/** A paper that was considered, and what its place was decided by (core/ranking.ts). */
export const Candidate = z.object({
  paper: Paper,
  upvotes: z.number(),
  growth: z.number(),
  score: z.number(),
  topic: z.int(),
  verdict: z.enum(['in', 'third of its topic', 'below']),
  /** Listed before the period, and risen late. */
  carried: z.optional(z.boolean()),
  /** Listed first before the period, and an earlier edition could choose it: a search may have brought it to a reader then. */
  seen: z.optional(z.boolean()),
});

/** What an edition froze: everything that its digests are joined from, and that explains them. */
export const Content = z.object({
  cadence: Cadence,
  /** Rows of before have none: their words are those of a whole day, week or month. */
  period: z.optional(Period),
  /** How many papers were listed in the period. */
  considered: z.int(),
  /** The most papers of a digest, and the bytes of HTML that they may have together. */
  size: z.int(),
  room: z.int(),
  /** In the order of their ranks; their fragments in the same order. */
  candidates: z.array(Candidate),
  fragments: z.array(Fragment),
  /** The message around the papers: slots for a digest's words and its papers, and for what is the reader's own. */
  shell: Skeleton,
});

/** An edition as everybody can read it: the papers of who saved no search, in order. */
export type PublishedEdition = Pick<Edition, 'editionId' | 'title' | 'considered' | 'cutoff'> & {
  papers: readonly Paper[];
};

/** The message that opens `send-digest`: one shard of one edition, and there one wave of its readers. */
export const LaneMessage = z.object({
  editionId: EditionId,
  shard: z.string().check(z.regex(/^[0-3][0-9a-f]$/)),
  /** Minutes after the first wave, to which a lane without belongs. */
  wave: z.optional(z.int().check(z.positive())),
  /** The lane is done; only the readers whose row says so are tried once more. */
  again: z.optional(z.boolean()),
});

/** A lane's cursor. Ids are of subscribers; those up to `confirmedTo` are settled, those up to `claimedTo` begun. */
export const Lane = z.object({
  status: z.enum(['waiting', 'sending', 'done']),
  owner: z.string(),
  /** `sending`: how long the owner has it. `waiting`: how long it rests. */
  leaseUntil: moment,
  claimedTo: z.optional(z.string()),
  confirmedTo: z.optional(z.string()),
  /** Readers of the edition's audience among those claimed: what the books must account for. */
  audience: z.optional(z.int()),
  /** After a stop in good order: who of the readers behind the cursor was tried all the same. */
  settled: z.optional(z.array(z.string())),
});

/** Whether a lane that is not done has been left alone for so long, in milliseconds, that its message must have got lost. */
export const isForgotten = (lane: Lane, silence: number, now: Date): boolean =>
  lane.status !== 'done' && Date.parse(lane.leaseUntil) + silence < now.getTime();

/**
 * A place in a lane between two groups: everybody up to it is settled, and `settled` of those behind it. `audience` counts
 * the readers of the edition's audience up to the place.
 */
export interface Cursor {
  confirmedTo: string | undefined;
  settled: readonly string[];
  audience: number;
}

/** Why an edition may not be sent now; undefined when it may. `late`: it was due so long ago that nobody waits for it. */
export function heldBack(
  edition: Edition,
  lateHours: number,
  now: Date,
): 'paused' | 'over' | 'late' | undefined {
  if (edition.status === 'paused') return 'paused';
  if (edition.status !== 'sending') return 'over';
  const from = Math.max(
    Date.parse(edition.scheduledFor),
    Date.parse(edition.aliveAt ?? edition.scheduledFor),
  );
  return now.getTime() - from > lateHours * 3_600_000 ? 'late' : undefined;
}

/** Where a lane stands after a whole group. Of those tried out of turn, readers may have joined in front. */
export const cursorAfter = (claimedTo: string, before: Cursor, audience: number): Cursor => ({
  confirmedTo: claimedTo,
  settled: before.settled.filter((id) => id > claimedTo),
  audience,
});

/**
 * Where a lane stands when a group was not finished: before its first reader who was not tried. Those behind that one
 * who were (a few go at a time, and some earlier) are named, so that nobody of them is tried again.
 */
export function cursorBefore(
  group: readonly { subscriberId: string }[],
  attempts: readonly { subscriberId: string; untried?: unknown }[],
  before: Pick<Cursor, 'confirmedTo' | 'settled'>,
): Omit<Cursor, 'audience'> {
  const untried = new Set(
    attempts.filter((attempt) => attempt.untried).map(({ subscriberId }) => subscriberId),
  );
  const ids = group.map(({ subscriberId }) => subscriberId);
  const first = ids.findIndex((id) => untried.has(id));
  if (first === -1) return { confirmedTo: ids.at(-1) ?? before.confirmedTo, settled: [] };
  const settled = ids.slice(first).filter((id) => !untried.has(id));
  const last = ids.at(-1) ?? '';
  return {
    confirmedTo: ids[first - 1] ?? before.confirmedTo,
    settled: [...settled, ...before.settled.filter((id) => id > last)],
  };
}
