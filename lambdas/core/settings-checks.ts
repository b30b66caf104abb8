/** How the fields of newsletter.json say what is wrong with them: by a sentence of their own. */
import * as z from 'zod/mini';

/** A check that says what is wrong, or undefined; what follows it is not asked then. */
export const checked = <Value>(problemOf: (value: Value) => string | undefined) =>
  z.superRefine<Value>((value, context) => {
    const message = problemOf(value);
    if (message !== undefined) context.addIssue({ code: 'custom', message, continue: false });
  });

/** A text that becomes another; `read` answers it, or throws what is wrong. */
export const readAs = <Value>(read: (text: string) => { value: Value } | { problem: string }) =>
  z.pipe(
    z.string(),
    z.transform((text, context): Value => {
      const outcome = read(text);
      if ('value' in outcome) return outcome.value;
      context.issues.push({ code: 'custom', message: outcome.problem, input: text });
      return z.NEVER;
    }),
  );
