/** SES's rules for our mails, and whether it reports all that the books need. */
import type { ConfigurationSet } from '../../lambdas/aws/configuration-set';
import { fail, ok, warn, type Finding } from './finding';

const gone = fail(
  'there is no configuration set of the name in CONFIGURATION_SET',
  'Every send fails: deploy again (npm run deploy), and take CliEnvironment from its outputs.',
);

export function rules(set: ConfigurationSet | undefined): Finding {
  if (!set) return gone;
  if (set.tls.toUpperCase() === 'REQUIRE') return ok(`${set.name} is there and sends over TLS only`);
  return warn(
    `${set.name} also sends without TLS (${set.tls})`,
    'Deploy again (npm run deploy): the stack requires TLS.',
  );
}

/** What core/feedback.ts reads. */
const NEEDED = ['SEND', 'DELIVERY', 'BOUNCE', 'COMPLAINT', 'REJECT', 'DELIVERY_DELAY'];

export function events(set: ConfigurationSet | undefined): Finding {
  if (!set) return gone;
  const missing = NEEDED.filter((one) => !set.events.has(one));
  if (missing.length === 0) return ok(`all ${NEEDED.length} kinds are reported`);
  return fail(
    `not reported: ${missing.join(', ')}`,
    'Without them bounces go unseen and books stay open: deploy again (npm run deploy).',
  );
}
