/** What an operator reads when a command fails: a sentence with what to do, or else the reasons one behind the other. */
import { UsageError } from './command-line';
import { explained } from './doctor/faults';

interface Reason {
  /** Of the name, the code or the message of an error, or of a cause behind it. */
  when: RegExp;
  says: (error: Error) => string;
}

const CLI_ENVIRONMENT = "Put the stack's CliEnvironment output before the command";

const reasons: readonly Reason[] = [
  { when: /^MissingVariable$/, says: ({ message }) => `${message}. ${CLI_ENVIRONMENT}, or add --local.` },
  {
    when: /^(ResourceNotFound|QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue)/,
    says: () =>
      `AWS has no such table or queue in this account and region. ${CLI_ENVIRONMENT} again: names may have changed.`,
  },
  {
    when: /^(AccessDenied|UnauthorizedOperation)/,
    says: ({ message }) => `AWS denied access: ${message}`,
  },
  {
    when: /^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|TimeoutError)/,
    says: () =>
      "Can't reach AWS. Check that this computer is online and that AWS_REGION is the region of your stack.",
  },
];

/** @param isLocal whether the command talked to the local instance */
export function failure(error: unknown, isLocal: boolean): string {
  if (error instanceof UsageError) return error.message;
  const chain = chainOf(error);
  if (isLocal && chain.some(({ code }) => code === 'ECONNREFUSED' || code === 'ECONNRESET'))
    return 'The local instance stopped. Start it again with npm start.';
  const stranger = explained(error);
  if (stranger !== undefined) return stranger;
  for (const one of chain) {
    const reason = reasons.find(({ when }) => [one.name, one.code ?? ''].some((word) => when.test(word)));
    if (reason) return reason.says(one);
  }
  return chain.map(({ message }) => message).join('\n  because: ') || String(error);
}

/** An error and what stands behind it; of addresses that were all tried in vain the first. */
function chainOf(error: unknown): NodeJS.ErrnoException[] {
  if (!(error instanceof Error)) return [];
  const [behind] = error instanceof AggregateError ? (error.errors as unknown[]) : [error.cause];
  return [error, ...chainOf(behind)];
}
