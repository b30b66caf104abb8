/** The checked settings as the handlers' environment holds them. */
import type { Settings } from '../lambdas/core/settings';

/** Bytes: a function's environment takes 4 KB, and the names of what it uses need some of them. */
const LARGEST = 2_700;

/**
 * JSON in ASCII, since CloudFormation hands other letters back as "?" and every comparison with what is deployed would be
 * wrong: https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/814
 * @throws Error when it is too long for Lambda
 */
export function newsletterVariable(settings: Settings): string {
  const json = ascii(settings);
  if (json.length <= LARGEST) return json;
  const [[field, bytes] = ['', 0]] = fieldsOf(settings).toSorted(([, a], [, b]) => b - a);
  throw new Error(
    `newsletter.json is too long: ${json.length} bytes, and Lambda takes ${LARGEST} of it; the longest field is ${field} with ${bytes}`,
  );
}

/** Down to lists and texts, with the bytes of each: "joining.thankYou". */
function fieldsOf(value: object, path: readonly string[] = []): [field: string, bytes: number][] {
  return Object.entries(value).flatMap(([name, one]: [string, unknown]) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? fieldsOf(one, [...path, name])
      : [[[...path, name].join('.'), ascii(one).length]],
  );
}

const ascii = (value: unknown): string => JSON.stringify(value ?? null).replace(/[^ -~]/g, escaped);

/** Half a character at a time, where it takes two. */
const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
