/** All that can happen, more often what makes a life than what ends it. */
import * as fc from 'fast-check';
import type { Fault } from '../../local/ses';
import type { Command } from './doing';
import { befalls, fates, leavesMeanwhile } from './fates';
import { moments } from './interrupted';
import { ACTORS, LANES } from './people';
import { agrees, asks, erases, leaves, looksAtLeaving, meetsFault, meetsTrouble, troubles } from './readers';
import * as schedule from './schedule';

/** All but the rate, which makes a sender really wait. */
const faults: Fault[] = [
  'lost-answer',
  'garbage',
  'unavailable',
  'unavailable',
  'reject',
  'throttle-quota',
  'account-paused',
  'account-suspended',
];

const reader = fc.nat({ max: ACTORS - 1 });
const lane = fc.nat({ max: LANES - 1 });
const moment = fc.constantFrom(...moments);
const link = fc.constantFrom('first' as const, 'last' as const);
const purpose = fc.constantFrom('one-click' as const, 'unsubscribe' as const);
const method = fc.constantFrom('GET' as const, 'HEAD' as const);
const trouble = fc.constantFrom(...troubles);
const fate = fc.constantFrom(...fates);
const minutes = fc.constantFrom(1, 61, 61, 1_500);

type Weighed = [weight: number, fc.Arbitrary<Command>];
const mixed = (weighed: readonly Weighed[]): fc.Arbitrary<Command>[] =>
  weighed.flatMap(([weight, one]) => Array.from({ length: weight }, () => one));

/** One reader, and no edition. */
export const alone = mixed([
  [3, fc.constant(asks(0))],
  [3, link.map((which) => agrees(0, which))],
  [2, purpose.map((which) => leaves(0, which))],
  [1, method.map((which) => looksAtLeaving(0, which))],
  [1, fc.constant(erases(0))],
  [1, trouble.map((what) => meetsTrouble(0, what))],
  [2, fc.constantFrom(1_500, 3_000).map(schedule.timePasses)],
]);

export const all = mixed([
  [2, reader.map(asks)],
  [2, fc.tuple(reader, link).map((some) => agrees(...some))],
  [1, fc.tuple(reader, purpose).map((some) => leaves(...some))],
  [1, reader.map(erases)],
  [1, fc.tuple(fc.nat({ max: 99 }), moment).map((some) => leavesMeanwhile(...some))],
  [1, fc.tuple(reader, trouble).map((some) => meetsTrouble(...some))],
  [5, fc.tuple(reader, fc.constantFrom(...faults)).map((some) => meetsFault(...some))],
  [4, fc.constant(schedule.builds)],
  [10, fc.tuple(lane, fc.constantFrom(0, 3, 3), fate, moment).map((some) => befalls(...some))],
  [2, fc.tuple(lane, fc.boolean(), fc.integer({ min: 1, max: 2 })).map((some) => schedule.delivers(...some))],
  [1, fc.constant(schedule.worksOff)],
  [3, fc.tuple(minutes, fc.nat({ max: 99 })).map((some) => schedule.ticksAfter(...some))],
  [3, fc.constant(schedule.resumes)],
  [1, fc.constant(schedule.redrives)],
  [1, minutes.map(schedule.timePasses)],
]);

/** Who of them is a reader from the start. */
const standing = fc.constantFrom('active' as const, 'active' as const, 'stranger' as const);
export const beginnings = fc.array(standing, { minLength: ACTORS, maxLength: ACTORS });
