/** How long a server asks to be left alone. */

/**
 * Milliseconds; undefined where the server doesn't say. Retry-After is seconds or a date (RFC 9110, 10.2.3), held against
 * the server's own clock; RateLimit says in `t` when the quota is full again (draft-ietf-httpapi-ratelimit-headers-09).
 */
export function waitAsked(headers: Headers): number | undefined {
  const after = headers.get('retry-after')?.trim();
  if (after && /^\d+$/.test(after)) return Number(after) * 1000;
  const wait = Date.parse(after ?? '') - Date.parse(headers.get('date') ?? new Date().toUTCString());
  if (!Number.isNaN(wait)) return Math.max(0, wait);
  const [, seconds] = /;\s*t\s*=\s*(\d+)/.exec(headers.get('ratelimit') ?? '') ?? [];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}
