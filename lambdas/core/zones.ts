/** A reader's own time zone: where an edition comes at its hour. None is the newsletter's own. */
import * as z from 'zod/mini';

/** In the order in which they were given up. */
export const FormerZones = z.array(z.object({ zone: z.optional(z.string()), until: z.iso.datetime() }));

interface Reader {
  /** An IANA name. */
  zone?: string | undefined;
  formerZones?: z.infer<typeof FormerZones> | undefined;
}

/** As many as can matter: nobody changes it so often while one edition goes out. */
const REMEMBERED = 10;

/** `moment` in ISO 8601. */
export function zoneAt({ zone, formerZones = [] }: Reader, moment: string): string | undefined {
  const then = formerZones.find(({ until }) => until > moment);
  return then ? then.zone : zone;
}

/** The fields that change when a reader changes the zone. */
export function changedZone({ zone, formerZones = [] }: Reader, to: string | undefined, now: Date): Reader {
  if (to === zone) return { zone, ...(formerZones.length && { formerZones }) };
  const former = [...formerZones, { ...(zone && { zone }), until: now.toISOString() }];
  return { zone: to, formerZones: former.slice(-REMEMBERED) };
}

const DAY = 1_440;

/** Minutes after `at` until the clocks of `zone` show what those of `home` show at `at`: less than a day, in quarter hours. */
export function minutesLater(zone: string, home: string, at: Date): number {
  const ahead = clockOf(home, at) - clockOf(zone, at);
  return (Math.ceil(ahead / 15) * 15 + DAY) % DAY;
}

/** Making a format is slow, and there are a few hundred zones. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** Minutes since midnight. */
function clockOf(zone: string, at: Date): number {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
    clocks.set(zone, clock);
  }
  const [hours, minutes] = clock.format(at).split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

/** Of parts that begin with a capital: newer runtimes take an offset such as "+02:00" too, which knows no summer. */
const NAME = /^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/;

/** Whether it is an IANA name, spelt as EventBridge wants it; the list of them is the runtime's own. */
export function isZone(name: string): boolean {
  if (!NAME.test(name)) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}

/** One for each of the clocks that people live by, so that a list of them is short enough to choose from. */
const COMMON = [
  'Pacific/Honolulu',
  'America/Anchorage',
  'America/Los_Angeles',
  'America/Phoenix',
  'America/Denver',
  'America/Mexico_City',
  'America/Chicago',
  'America/Bogota',
  'America/New_York',
  'America/Halifax',
  'America/Santiago',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Atlantic/Azores',
  'UTC',
  'Europe/London',
  'Africa/Lagos',
  'Europe/Berlin',
  'Europe/Paris',
  'Africa/Cairo',
  'Africa/Johannesburg',
  'Europe/Athens',
  'Asia/Jerusalem',
  'Africa/Nairobi',
  'Asia/Riyadh',
  'Europe/Istanbul',
  'Asia/Tehran',
  'Asia/Dubai',
  'Asia/Kabul',
  'Asia/Karachi',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Dhaka',
  'Asia/Bangkok',
  'Asia/Shanghai',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Australia/Adelaide',
  'Australia/Brisbane',
  'Australia/Sydney',
  'Pacific/Auckland',
];

/** Zones to choose from, from west to east as clocks stand at `at`, and `chosen` among them whichever it is. */
export function zonesOffered(at: Date, chosen: string): { name: string; offset: string }[] {
  const names = new Set([...COMMON, ...(isZone(chosen) ? [chosen] : [])]);
  return [...names]
    .map((name) => ({ name, offset: offsetOf(name, at), west: minutesLater(name, 'Pacific/Niue', at) }))
    .toSorted((a, b) => b.west - a.west)
    .map(({ name, offset }) => ({ name, offset }));
}

/** Such as "UTC+5:30". */
const offsetOf = (zone: string, at: Date): string =>
  new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')
    ?.value.replace('GMT', 'UTC') ?? '';
