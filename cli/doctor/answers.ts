/** The answers that more than one line needs, each asked for once: settings, and AWS's word about us. */
import { caller, type Caller } from '../../lambdas/aws/caller';
import { configurationSet, type ConfigurationSet } from '../../lambdas/aws/configuration-set';
import { quota } from '../../lambdas/aws/quota';
import { foundSchedules, type FoundSchedule } from '../../lambdas/aws/scheduler';
import { reputation, type Reputation } from '../../lambdas/aws/ses-account';
import { identityOf, type Identity } from '../../lambdas/aws/ses-identity';
import type { Quota } from '../../lambdas/core/pace';
import { domainOf } from '../../lambdas/core/sender';
import { readSettings, type Settings } from '../../lambdas/core/settings';
import { copyTheExample, openStage } from '../deploying/stage';
import { isStranger } from './faults';
import { inTime, shared, type Shared } from './question';
import { openDns, type Dns } from './resolver';

export interface Asking {
  /** Of the machine that runs here, not of AWS. */
  local: boolean;
  /** The DNS server, if not this computer's: "127.0.0.1:5353". */
  dns?: string;
  /** Whose settings, if not prod's. */
  stage?: string;
}

export interface Answers {
  local: boolean;
  /** None where there are no records to ask for. */
  dns: Dns | undefined;
  settings: Shared<Settings>;
  /** Of the sender. */
  domain: () => Promise<string>;
  caller: Shared<Caller>;
  identity: Shared<Identity>;
  quota: Shared<Quota>;
  reputation: Shared<Reputation>;
  rules: Shared<ConfigurationSet | undefined>;
  schedules: Shared<FoundSchedule[]>;
  /** Asks AWS, if AWS knows who asks, and not for ever. */
  aws: <Answer>(ask: () => Promise<Answer>) => Promise<Answer>;
}

/** @throws Error where `dns` is no address */
export function openAnswers({ local, dns, stage }: Asking): Answers {
  const settings = shared('settings, newsletter.json', () => newsletter(local, stage));
  const account = shared('settings, account', () => inTime(caller));
  const aws: Answers['aws'] = async (ask) => {
    await account.known().catch(unlessStranger);
    return inTime(ask);
  };
  const domain = async (): Promise<string> => {
    const { sender } = await settings.known();
    return domainOf(sender.address);
  };
  return {
    local,
    dns: local && dns === undefined ? undefined : openDns(dns),
    settings,
    caller: account,
    domain,
    identity: shared('identity, domain', async () => {
      const sender = await domain();
      return aws(() => identityOf(sender));
    }),
    quota: shared('sending, sandbox', () => aws(async () => quota())),
    reputation: shared('sending, bounces', () => aws(reputation)),
    rules: shared('reports, rules', () => aws(configurationSet)),
    schedules: shared('schedules, all', () => aws(foundSchedules)),
    aws,
  };
}

/** One line says it for all. Where the account can't be asked for other reasons, all else may still be. */
function unlessStranger(error: unknown): void {
  if (isStranger(error)) throw error;
}

class NotReadable extends Error {
  override name = 'NotReadable';
}

/** As it will be deployed; or as the local machine has it, whose site is its own. */
async function newsletter(local: boolean, stage: string | undefined): Promise<Settings> {
  try {
    if (local) return readSettings(JSON.parse(process.env['NEWSLETTER'] ?? ''));
    const opened = openStage(stage);
    if (opened.isExample) throw new Error(copyTheExample(opened.stage));
    return opened.settings;
  } catch (error) {
    throw new NotReadable(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
