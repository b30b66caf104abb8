/** Something a visitor can put right: a page for people, `application/problem+json` (RFC 9457) for programs. */

export interface FieldProblem {
  field: string;
  message: string;
}

export class Problem extends Error {
  constructor(
    readonly status: number,
    /** What is wrong, in a few words. */
    readonly title: string,
    /** What to do about it. */
    readonly detail: string,
    readonly fields: readonly FieldProblem[] = [],
    /** What was filled in, so that nobody has to do it again. */
    readonly given: Readonly<Record<string, unknown>> = {},
  ) {
    super(title);
  }
}
