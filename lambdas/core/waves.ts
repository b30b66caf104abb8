/** The waves of an edition: readers whose own clocks reach its hour later than the newsletter's, in lanes of their own. */
import * as z from 'zod/mini';
import type { Edition, Lane, LaneMessage } from './edition';
import { shards } from './identity';
import { minutesLater, zoneAt } from './zones';

/** Frozen with the edition, so that every reader stays in one wave whatever is changed meanwhile. */
export const Waves = z.object({
  /** The newsletter's own zone, when it was frozen. */
  timeZone: z.string(),
  /** How many minutes after the first wave the others are due, in their order. */
  minutes: z.array(z.int().check(z.positive())),
});

/** The waves that an audience with these zones needs; undefined where everybody is in the first. */
export function wavesFor(
  zones: Iterable<string>,
  timeZone: string,
  scheduledFor: Date,
): z.infer<typeof Waves> | undefined {
  const later = new Set([...zones].map((zone) => minutesLater(zone, timeZone, scheduledFor)));
  later.delete(0);
  return later.size ? { timeZone, minutes: [...later].toSorted((a, b) => a - b) } : undefined;
}

type Frozen = Pick<Edition, 'scheduledFor' | 'cutoff' | 'waves'>;

/**
 * Minutes after the first wave. By the zone that the reader had when the edition was frozen: who changes it now is neither
 * mailed in two waves nor missed by all. A zone that nobody had when the waves were counted is in the first.
 */
export function waveOf(
  reader: Parameters<typeof zoneAt>[0],
  { scheduledFor, cutoff, waves }: Frozen,
): number {
  const zone = waves && zoneAt(reader, cutoff);
  if (!zone) return 0;
  const minutes = minutesLater(zone, waves.timeZone, new Date(scheduledFor));
  return waves.minutes.includes(minutes) ? minutes : 0;
}

/** Whether a lane is the one to mail a reader. Who is tried again is named by a row and not by a wave. */
export const isOfLane = (
  reader: Parameters<typeof waveOf>[0],
  { wave = 0, again }: LaneMessage,
  edition: Frozen,
): boolean => again === true || waveOf(reader, edition) === wave;

/** A lane's name within its edition: its shard, and from the second wave on the minutes too, such as "3f+0360". */
export const laneName = ({ shard, wave }: Pick<LaneMessage, 'shard' | 'wave'>): string =>
  wave ? `${shard}+${String(wave).padStart(4, '0')}` : shard;

/** Every lane of an edition, wave by wave. */
export const lanesOf = ({ editionId, waves }: Pick<Edition, 'editionId' | 'waves'>): LaneMessage[] =>
  [undefined, ...(waves?.minutes ?? [])].flatMap((wave) =>
    shards.map((shard) => (wave ? { editionId, shard, wave } : { editionId, shard })),
  );

/** Those that may be walked by now. */
export const openLanes = (edition: Pick<Edition, 'editionId' | 'scheduledFor' | 'waves'>, now: Date) =>
  lanesOf(edition).filter((lane) => opensAt(edition, lane) <= now.getTime());

/** Milliseconds since 1970. */
export const opensAt = (
  { scheduledFor }: Pick<Edition, 'scheduledFor'>,
  { wave = 0 }: Pick<LaneMessage, 'wave'>,
): number => Date.parse(scheduledFor) + wave * 60_000;

/**
 * The lane of the same shard one wave earlier, which is walked to its end first: somebody who is erased in between has no
 * zone any more, and would be counted in both.
 */
export function laneBefore(message: LaneMessage, { waves }: Pick<Edition, 'waves'>): LaneMessage | undefined {
  const { wave, ...first } = message;
  if (!wave) return undefined;
  const before = waves?.minutes.findLast((minutes) => minutes < wave);
  return before ? { ...first, wave: before } : first;
}

/** Whether every lane was walked to its end, so that the next edition of the cadence may start. */
export const isWalked = (edition: Edition, lanes: ReadonlyMap<string, Lane>): boolean =>
  edition.walkedAt !== undefined ||
  ['cancelled', 'skipped', 'done'].includes(edition.status) ||
  lanesOf(edition).every((lane) => lanes.get(laneName(lane))?.status === 'done');
