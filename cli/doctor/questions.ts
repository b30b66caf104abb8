/** All that the doctor looks at, section by section. */
import { deadLettersUrl } from '../../lambdas/aws/dead-letters';
import { deployedSettings } from '../../lambdas/aws/deployed-settings';
import { keysChangedAt } from '../../lambdas/aws/key-age';
import { failedRunsUrl, messagesIn } from '../../lambdas/aws/queue-length';
import { isSendingEnabled, secondsAhead } from '../../lambdas/aws/ses-account';
import type { Settings } from '../../lambdas/core/settings';
import { queues, type QueueName } from '../../lambdas/triggers';
import type { Answers } from './answers';
import { ofDns } from './dns';
import { notAsked } from './finding';
import { clock, deadLetters, failedRuns, keyAge } from './household';
import { mailFrom, signs, verified } from './identity';
import type { Question, Section } from './question';
import { countReaders } from './readers';
import { events, rules } from './reports';
import { schedule, unknownSchedules, type Wanted, wantedSchedules } from './schedules';
import { bounces, complaints, quotas, sandbox, sendingEnabled } from './sending';
import { account, deployed, newsletter, postalAddress } from './settings';
import { siteAnswers, visit } from './site';

export async function questions(answers: Answers): Promise<Question[]> {
  const sections: Record<string, Section> = {
    settings: ofSettings(answers),
    identity: ofIdentity(answers),
    DNS: ofDns(answers),
    sending: ofSending(answers),
    reports: ofReports(answers),
    schedules: await ofSchedules(answers),
    household: ofHousehold(answers),
  };
  return Object.entries(sections).flatMap(([section, lines]) =>
    Object.entries(lines).map(([name, ask]) => ({ section, name, ask })),
  );
}

const ofSettings = ({ aws, settings, schedules, caller, local }: Answers): Section => ({
  'newsletter.json': async () => newsletter(await settings.asked()),
  deployed: async () => {
    if (local) return notAsked('npm start takes newsletter.json as it is');
    const here = await settings.known();
    const [one] = await schedules.known();
    return one
      ? deployed(here, await aws(() => deployedSettings(one.starts)))
      : notAsked('see schedules, all');
  },
  'postal address': async () => postalAddress(await settings.known(), local),
  account: async () => account(await caller.asked()),
});

const ofIdentity = ({ identity }: Answers): Section => ({
  domain: async () => verified(await identity.asked()),
  DKIM: async () => signs(await identity.known()),
  'MAIL FROM': async () => mailFrom(await identity.known()),
});

const ofSending = ({ aws, quota, reputation, settings }: Answers): Section => ({
  'may send': async () => sendingEnabled(await aws(isSendingEnabled)),
  sandbox: async () => sandbox(await quota.asked()),
  quotas: async () => {
    const { cadences } = await settings.known();
    return quotas(await quota.known(), await aws(() => countReaders(cadences)));
  },
  bounces: async () => bounces(await reputation.asked()),
  complaints: async () => complaints(await reputation.known()),
});

const ofReports = ({ rules: set }: Answers): Section => ({
  rules: async () => rules(await set.asked()),
  events: async () => events(await set.known()),
});

const wantedNow = (settings: Settings): Wanted[] => wantedSchedules(settings, new Date());

async function ofSchedules({ schedules, settings }: Answers): Promise<Section> {
  const wanted = await settings
    .known()
    .then(wantedNow)
    .catch(() => []);
  const each = wanted.map((one): [string, Question['ask']] => [
    one.name,
    async () => {
      const { timeZone } = await settings.known();
      return schedule(one, timeZone, await schedules.known());
    },
  ]);
  return {
    all: async () => unknownSchedules(wantedNow(await settings.known()), await schedules.asked()),
    ...Object.fromEntries(each),
  };
}

const ofHousehold = ({ aws, settings, local }: Answers): Section => ({
  ...Object.fromEntries(
    (Object.keys(queues) as QueueName[]).map((queue) => [
      `dead letters: ${queue}`,
      async () => deadLetters(await aws(() => messagesIn(deadLettersUrl(queue)))),
    ]),
  ),
  'dead letters: schedules': async () =>
    local
      ? notAsked('the log of npm start says which runs failed')
      : failedRuns(await aws(() => messagesIn(failedRunsUrl()))),
  clock: async () => clock(await aws(secondsAhead)),
  keys: async () => keyAge(await aws(keysChangedAt), new Date()),
  site: async () => {
    const { site } = await settings.known();
    return siteAnswers(site, await visit(site));
  },
});
