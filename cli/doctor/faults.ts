/** Why a question could not be asked, in words an operator can act on. That is a finding too, and no good one. */
import { fail, type Finding } from './finding';

interface Fault {
  /** Of the name, the code or the message of an error, or of a cause behind it. */
  when: RegExp;
  /** Instead of the error's own words. */
  says?: string;
  remedy: string;
}

/** Where AWS can't tell who asks: whatever it is asked, the answer is the same. */
const strangers: readonly Fault[] = [
  {
    when: /^Region is missing/,
    says: 'no AWS region is set',
    remedy: 'Set AWS_REGION to the region of the stack.',
  },
  {
    when: /^(Credentials|Token)Provider/,
    says: 'no AWS credentials were found',
    remedy: 'Log in (aws sso login, or aws configure), and set AWS_PROFILE to the profile.',
  },
  {
    when: /^(ExpiredToken|TokenRefreshRequired)/,
    says: 'the AWS credentials have expired',
    remedy: 'Log in again (aws sso login).',
  },
  {
    when: /^(InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignature)/,
    says: 'AWS rejected the credentials',
    remedy:
      "Check which keys AWS_PROFILE or your environment selects, and whether this computer's clock is right.",
  },
];

const faults: readonly Fault[] = [
  ...strangers,
  {
    when: /^MissingVariable$/,
    remedy:
      "Put the line in the stack's output CliEnvironment before the command; a stack of before needs another npm run deploy.",
  },
  {
    when: /^NotReadable$/,
    remedy: 'Fix newsletter.json: docs/settings.md has every field, with an example.',
  },
  {
    when: /^(AccessDenied|UnauthorizedOperation)/,
    remedy: 'Let your user or role do what AWS names here, or take one that may.',
  },
  {
    when: /^(Throttl|TooManyRequests|RequestThrottled|SlowDown)/,
    says: 'AWS asks to slow down',
    remedy: 'Run the doctor again in a minute.',
  },
  {
    when: /^(RequestTimeTooSkewed|RequestExpired)/,
    says: "AWS refuses this computer's clock",
    remedy: 'Set it by a time server.',
  },
  {
    when: /^(ResourceNotFound|QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue)/,
    remedy:
      'The names in the environment are those of another stack, region or account: take CliEnvironment from the outputs again.',
  },
  {
    when: /^DNS ESERVFAIL$/,
    remedy: 'Receiving mail servers see the same error. Fix the DNS zone; often DNSSEC is the cause.',
  },
  {
    when: /^DNS /,
    remedy: 'Run the doctor where the DNS can be asked, or name a server: --dns 1.1.1.1:53.',
  },
  {
    when: /^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|TimeoutError|UND_ERR)/,
    remedy: 'See that this computer is online and AWS_REGION the name of a region, and run the doctor again.',
  },
  {
    when: /^ZodError$/,
    says: 'the answer is not what AWS would say',
    remedy: 'See what stands between here and AWS, such as a proxy; or it is a fault of Paperboy.',
  },
];

const unknown: Fault = {
  when: /^/,
  remedy: 'Run the doctor again; if it says the same, it is a fault of Paperboy.',
};

/** A sentence for any command, where AWS can't tell who asks. */
export function explained(error: unknown): string | undefined {
  const fault = strangers.find(({ when }) => matches(error, when));
  return fault && `${fault.says?.replace(/^./, (letter) => letter.toUpperCase())}. ${fault.remedy}`;
}

export const isStranger = (error: unknown): boolean => strangers.some(({ when }) => matches(error, when));

export function unanswered(error: unknown): Finding {
  const { when, says, remedy } = faults.find((fault) => matches(error, fault.when)) ?? unknown;
  const words = chainOf(error)
    .filter((one) => wordsOf(one).some((word) => when.test(word)))
    .map(({ message }) => message);
  const said = says ?? words.find(Boolean) ?? String(error);
  return fail(`can't ask: ${said.replaceAll(/\s+/g, ' ')}`, remedy);
}

const matches = (error: unknown, when: RegExp): boolean =>
  chainOf(error)
    .flatMap(wordsOf)
    .some((word) => when.test(word));

const wordsOf = ({ name, code = '', message }: NodeJS.ErrnoException): string[] => [name, code, message];

/** An error and what stands behind it; of addresses that were all tried in vain the first. */
function chainOf(error: unknown): NodeJS.ErrnoException[] {
  if (!(error instanceof Error)) return [];
  const [behind] = error instanceof AggregateError ? (error.errors as unknown[]) : [error.cause];
  return [error, ...chainOf(behind)];
}
