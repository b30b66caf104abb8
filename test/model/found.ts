/** Lives in which something was found once, or that chance seldom makes: they are lived first. */
import type { Command } from './doing';
import { befalls, leavesMeanwhile } from './fates';
import { agrees, asks, leaves, meetsFault } from './readers';
import { builds, delivers, ticksAfter, timePasses } from './schedule';

const deliveredTo = (...lanes: number[]): Command[] => lanes.map((lane) => delivers(lane, false, 1));
const everyLane = deliveredTo(0, 1, 2, 3, 4, 5, 6);

export const found: Record<string, Command[]> = {
  'who leaves while they are tried again is not mailed': [
    meetsFault(1, 'unavailable'),
    builds,
    ...everyLane,
    ticksAfter(61, 0),
    leavesMeanwhile(0, 'after the claim'),
  ],
  'whose mail SES took without an answer gets no other': [
    meetsFault(1, 'lost-answer'),
    builds,
    ...everyLane,
    ticksAfter(61, 0),
    delivers(0, true, 1),
  ],
  'who is tried again by two senders at once gets one mail': [
    meetsFault(1, 'unavailable'),
    builds,
    ...everyLane,
    ticksAfter(61, 0),
    delivers(0, true, 2),
  ],
  'nobody is mailed once more by a sender that wakes after hours': [
    builds,
    ...deliveredTo(1, 2, 3, 4, 5, 6),
    befalls(0, 0, 'stands still for hours', 'after the claim'),
  ],
  'a link from before they left brings nobody back': [
    leaves(1, 'one-click'),
    asks(1),
    leaves(1, 'unsubscribe'),
    asks(1),
    agrees(1, 'first'),
  ],
  'a link of two days ago brings nobody in': [
    leaves(1, 'one-click'),
    asks(1),
    timePasses(3_000),
    agrees(1, 'last'),
  ],
  'who left and came back waits for the next edition': [
    builds,
    leaves(1, 'one-click'),
    asks(1),
    agrees(1, 'last'),
  ],
  'whose mail is known to have gone out stays so, however late another sender comes': [
    meetsFault(3, 'garbage'),
    builds,
    ...deliveredTo(0, 2, 3, 4, 5, 6),
    befalls(0, 0, 'stands still while another goes on', 'before the rows'),
  ],
};
