/** Whether the site answers, and as Paperboy does. */
import { fail, ok, type Finding } from './finding';

/** Of the front page, asked for as a program asks; or why there was none. */
export type Visit = { status: number; type: string } | { problem: string };

export async function visit(site: string): Promise<Visit> {
  try {
    const headers = { accept: 'application/json' };
    const signal = AbortSignal.timeout(10_000);
    const answer = await fetch(site, { headers, signal, redirect: 'manual' });
    await answer.body?.cancel();
    return { status: answer.status, type: answer.headers.get('content-type') ?? '' };
  } catch (error) {
    const { message, cause } = error as Error;
    return { problem: cause instanceof Error && cause.message ? cause.message : message };
  }
}

export function siteAnswers(site: string, seen: Visit): Finding {
  const lead =
    "`site` in newsletter.json is the stack's output SiteAddress, or your own domain that leads there";
  if ('problem' in seen) return fail(`${site} does not answer: ${seen.problem}`, `See that ${lead}.`);
  const { status, type } = seen;
  if (status >= 500)
    return fail(`${site} answers with status ${status}`, 'The log of the function archive says why.');
  // what stands there in our place has pages only
  if (status !== 200 || !type.startsWith('application/json'))
    return fail(
      `${site} is not this newsletter's (status ${status}, ${type || 'no content'})`,
      `See that ${lead}.`,
    );
  return ok(`${site} answers`);
}
