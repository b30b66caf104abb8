/** When an edition is due by a reader's own clock, and in which of its lanes. */
import type { Edition, Lane } from '../../lambdas/core/edition';
import {
  isOfLane,
  isWalked,
  laneBefore,
  laneName,
  lanesOf,
  openLanes,
  waveOf,
  wavesFor,
} from '../../lambdas/core/waves';
import { changedZone, isZone, minutesLater, zoneAt, zonesOffered } from '../../lambdas/core/zones';

const MONDAY = new Date('2025-03-17T06:00:00Z'); // 07:00 in Berlin, and already summer in New York

test.each([
  ['Europe/Berlin', 0],
  ['Africa/Lagos', 0],
  ['UTC', 60],
  ['America/New_York', 300],
  ['America/Los_Angeles', 480],
  ['Pacific/Auckland', 720],
  ['Asia/Tokyo', 960],
  ['Asia/Kathmandu', 1155],
  ['Asia/Kolkata', 1170],
])('what leaves at seven in Berlin is due in %s %i minutes later, at seven there', (zone, minutes) => {
  expect(minutesLater(zone, 'Europe/Berlin', MONDAY)).toBe(minutes);
  const due = new Date(MONDAY.getTime() + minutes * 60_000);
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short' });
  expect(clock.format(due)).toBe('07:00');
});

const scheduledFor = MONDAY.toISOString();
const cutoff = '2025-03-17T06:00:30.000Z';
const waves = wavesFor(['America/New_York', 'Asia/Tokyo', 'Africa/Lagos'], 'Europe/Berlin', MONDAY);
const edition: Edition = {
  editionId: 'weekly-2025-W11',
  cadence: 'weekly',
  title: '',
  period: { from: '2025-03-10', to: '2025-03-16' },
  scheduledFor,
  cutoff,
  papers: 10,
  considered: 100,
  status: 'sending',
  waves,
};

test('an edition has a wave for each clock among its readers, and none where all clocks are one', () => {
  expect(waves).toEqual({ timeZone: 'Europe/Berlin', minutes: [300, 960] });
  expect(wavesFor(['Africa/Lagos'], 'Europe/Berlin', MONDAY)).toBeUndefined();
  expect(wavesFor([], 'Europe/Berlin', MONDAY)).toBeUndefined();
});

test.each<[who: string, reader: Parameters<typeof waveOf>[0], wave: number]>([
  ['with no zone of their own', {}, 0],
  ['in New York', { zone: 'America/New_York' }, 300],
  ['in Tokyo', { zone: 'Asia/Tokyo' }, 960],
  ['in a zone that nobody had when the waves were counted', { zone: 'Asia/Kolkata' }, 0],
  [
    'who moved to Tokyo after the cutoff',
    { zone: 'Asia/Tokyo', formerZones: [{ zone: 'America/New_York', until: '2025-03-17T07:00:00.000Z' }] },
    300,
  ],
  [
    'who chose Tokyo after the cutoff for the first time',
    { zone: 'Asia/Tokyo', formerZones: [{ until: '2025-03-17T07:00:00.000Z' }] },
    0,
  ],
  [
    'who moved to Tokyo before the cutoff',
    { zone: 'Asia/Tokyo', formerZones: [{ zone: 'America/New_York', until: '2025-03-17T05:00:00.000Z' }] },
    960,
  ],
])('a reader %s is in one wave, and in the lanes of no other', (_, reader, wave) => {
  expect(waveOf(reader, edition)).toBe(wave);
  const lanes = lanesOf(edition).filter(({ shard }) => shard === '2a');
  expect(lanes.filter((lane) => isOfLane(reader, lane, edition)).map((lane) => lane.wave ?? 0)).toEqual([
    wave,
  ]);
  expect(isOfLane(reader, { editionId: edition.editionId, shard: '2a', again: true }, edition)).toBe(true);
});

test('an edition without waves has 64 lanes, whatever zones readers chose since', () => {
  const { waves: _, ...plain } = edition;
  expect(lanesOf(plain)).toHaveLength(64);
  expect(waveOf({ zone: 'Asia/Tokyo' }, plain)).toBe(0);
});

test('lanes open with their wave, each after the one before it in its shard', () => {
  const at = (iso: string) => openLanes(edition, new Date(iso)).length / 64;
  expect([at('2025-03-17T05:59:59Z'), at('2025-03-17T06:00:00Z'), at('2025-03-17T10:59:59Z')]).toEqual([
    0, 1, 1,
  ]);
  expect([at('2025-03-17T11:00:00Z'), at('2025-03-17T22:00:00Z')]).toEqual([2, 3]);
  const lane = { editionId: edition.editionId, shard: '3f' };
  expect(laneBefore({ ...lane, wave: 960 }, edition)).toEqual({ ...lane, wave: 300 });
  expect(laneBefore({ ...lane, wave: 300 }, edition)).toEqual(lane);
  expect(laneBefore(lane, edition)).toBeUndefined();
  expect(new Set(lanesOf(edition).map(laneName)).size).toBe(192);
});

test('an edition is walked when every lane of every wave is, or when it is over', () => {
  const done: Lane = { status: 'done', owner: 'one', leaseUntil: scheduledFor };
  const all = new Map(lanesOf(edition).map((lane) => [laneName(lane), done]));
  expect(isWalked(edition, all)).toBe(true);
  all.delete('3f+0960');
  expect(isWalked(edition, all)).toBe(false);
  expect(isWalked({ ...edition, status: 'cancelled' }, all)).toBe(true);
});

test('a reader who goes back to the newsletter’s zone is remembered in the one they left', () => {
  const now = new Date('2025-03-17T08:00:00Z');
  const back = changedZone({ zone: 'Asia/Tokyo' }, undefined, now);
  expect(back).toEqual({ zone: undefined, formerZones: [{ zone: 'Asia/Tokyo', until: now.toISOString() }] });
  expect([zoneAt(back, cutoff), zoneAt(back, '2025-03-17T08:00:01.000Z')]).toEqual(['Asia/Tokyo', undefined]);
  expect(changedZone({ zone: 'Asia/Tokyo' }, 'Asia/Tokyo', now)).toEqual({ zone: 'Asia/Tokyo' });
});

test('zones are offered from west to east, and the one chosen is always among them', () => {
  const offered = zonesOffered(MONDAY, 'Asia/Colombo');
  expect(offered[0]).toEqual({ name: 'Pacific/Honolulu', offset: 'UTC-10' });
  expect(offered.at(-1)).toEqual({ name: 'Pacific/Auckland', offset: 'UTC+13' });
  expect(offered).toContainEqual({ name: 'Asia/Colombo', offset: 'UTC+5:30' });
  expect(zonesOffered(MONDAY, 'Mars/Base')).toHaveLength(offered.length - 1);
});

test.each([
  ['Asia/Colombo', true],
  ['Asia/Kolkata', true],
  ['America/Port-au-Prince', true],
  ['America/Argentina/Buenos_Aires', true],
  ['Etc/GMT+5', true],
  ['UTC', true],
  ['Mars/Base', false],
  ['europe/berlin', false],
  ['EUROPE/BERLIN', false],
  ['+05:15', false],
  ['', false],
])('%p is a time zone: %p', (name, is) => {
  expect(isZone(name)).toBe(is);
});
