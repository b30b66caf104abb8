/** The checked settings as the handlers' environment holds them. */
import type { Settings } from '../lambdas/core/settings';

/** Bytes: a function's environment takes 4 KB, and the names of what it uses need some of them. */
const LARGEST = 3_000;

/**
 * JSON in ASCII, since CloudFormation hands other letters back as "?" and every comparison with what is deployed would be
 * wrong: https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/814
 * @throws Error when it is too long for Lambda
 */
export function newsletterVariable(settings: Settings): string {
  const json = JSON.stringify(settings).replace(/[^ -~]/g, escaped);
  if (json.length <= LARGEST) return json;
  throw new Error(`newsletter.json is too long: ${json.length} bytes, and Lambda takes ${LARGEST} of it`);
}

/** Half a character at a time, where it takes two. */
const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
