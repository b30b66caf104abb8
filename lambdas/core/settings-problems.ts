/** What an operator is told about a wrong field of newsletter.json: what is wrong with it, and what would be right. */
import type * as z from 'zod/mini';
import { english } from './english';

/** What would be right, laid out as the file is. */
const example: unknown = {
  name: 'Paperboy',
  tagline: 'Get trending papers in your email inbox',
  sender: { name: 'Paperboy', address: 'digest@papers.example.org' },
  postalAddress: 'Paperboy, 1 Example Street, 12345 Example Town',
  site: 'https://papers.example.org',
  timeZone: 'Europe/Berlin',
  cadences: { weekly: { cron: '0 7 ? * MON *', papers: 10 } },
  region: 'eu-central-1',
  domain: { zone: 'example.org', zoneId: 'Z0123456789ABCDEFGHIJ' },
};

/** Such as `site: is missing, such as "https://papers.example.org"`. */
export function problemLine({ code, path, message }: z.core.$ZodIssue): string {
  const field = path.join('.') || 'the file';
  const isClear = code === 'unrecognized_keys' || code === 'invalid_value' || message.includes('such as');
  const right = isClear ? undefined : exampleOf(path);
  return right === undefined
    ? `${field}: ${message}`
    : `${field}: ${message.replace(/\.$/, '')}, such as ${JSON.stringify(right)}`;
}

/** The cadence that has no example of its own is like the one that has. */
function exampleOf(path: readonly PropertyKey[]): unknown {
  let at: unknown = path.length > 0 ? example : undefined;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    const known = at as Record<PropertyKey, unknown>;
    at = known[key] ?? known['weekly'];
  }
  return at;
}

/** What to do about a field, where the schema has no words of its own. */
export function wanted(issue: z.core.$ZodRawIssue): ReturnType<z.core.$ZodErrorMap> {
  if (issue.code === 'invalid_type')
    return issue.input === undefined ? 'is missing' : `must be of type ${issue.expected}`;
  if (issue.code === 'unrecognized_keys')
    return `has ${issue.keys.map((key) => `"${key}"`).join(', ')}, which no setting is called`;
  if (issue.code === 'invalid_value')
    return `must be ${issue.values.map((value) => `"${String(value)}"`).join(' or ')}`;
  if (issue.code === 'invalid_union' && issue.path?.at(-1) === 'kind')
    return 'must be "file", "hugging-face" or "arxiv"';
  return english(issue);
}
