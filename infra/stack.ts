/** The stack: what holds, then each handler in the order of a reader's life, opened by its trigger. */
import { type App, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Settings } from '../lambdas/core/settings';
import { readStage, stackName } from '../lambdas/core/stage';
import { type HandlerName, type Trigger, triggers } from '../lambdas/triggers';
import { cliEnvironment } from './cli-environment';
import { HandlerFunction } from './function';
import { Dns } from './dns';
import { goodbyeOf } from './goodbye';
import { Keys } from './keys';
import { Mail } from './mail';
import { OwnDomain } from './own-domain';
import { proofOf } from './proof';
import { HandlerQueue } from './queue';
import { type Run, Schedules } from './schedules';
import { SesEvents } from './ses-events';
import { Site } from './site';
import { Tables } from './tables';
import { tokenOf } from './token';
import { Watch } from './watch';

/** Adds one Paperboy to the app, held against AWS's rules at synth; context `stage` names a second one beside "prod". */
export function paperboy(app: App, settings: Settings): Stack {
  const stage = readStage(app.node.tryGetContext('stage') as string | undefined);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return new PaperboyStack(app, stackName(stage), settings);
}

class PaperboyStack extends Stack {
  constructor(app: App, id: string, settings: Settings) {
    super(app, id, { description: 'Paperboy, a serverless newsletter of research papers' });
    const tables = new Tables(this, 'Tables', { kept: settings.kept });
    const keys = new Keys(this, 'Keys', { kept: settings.kept?.keys });
    const mail = new Mail(this, 'Mail', { sender: settings.sender.address });
    const { domainName, records } = new OwnDomain(this, 'Domain', settings);
    new Dns(this, 'Dns', settings).set([...mail.records, ...records]);
    const site = new Site(this, 'Site', { domainName });
    const schedules = new Schedules(this, 'Schedules', { timeZone: settings.timeZone });
    // a new account runs ten functions at a time, and some of them are for visitors
    const joins = new HandlerQueue(this, 'Joins', { name: 'joins', atOnce: 2 });
    const lanes = new HandlerQueue(this, 'Lanes', { name: 'lanes', atOnce: settings.sending.senders });
    // Feedback may wait a little; a flood of it must not take the places that the site's handlers need.
    const feedback = new HandlerQueue(this, 'Feedback', { name: 'feedback', atOnce: 5 });
    const queues = { joins, lanes, feedback };
    new SesEvents(this, 'SesEvents', { rules: mail.rules }).queueAt(feedback);
    const watch = new Watch(this, 'Watch', { settings, schedules, mail });
    const token = tokenOf(this, settings);
    const things = {
      ...tables.usable,
      ...mail.usable,
      ...joins.usable,
      ...lanes.usable,
      ...feedback.usable,
      ...keys.usable,
      ...proofOf(keys.usable, settings),
      ...goodbyeOf(joins.usable, settings),
      ...token,
    };

    const handlers = {} as Record<HandlerName, HandlerFunction>;
    for (const [name, trigger] of Object.entries(triggers) as [HandlerName, Trigger][]) {
      handlers[name] = new HandlerFunction(this, name, { name, trigger, settings, things });
      const { lambda } = handlers[name];
      switch (trigger.kind) {
        case 'web':
          site.open(lambda, trigger.paths);
          break;
        case 'cadences':
          schedules.open(lambda, runsOf(settings));
          break;
        case 'schedule':
          schedules.open(lambda, [{ name, cron: trigger.cron }]);
          break;
        case 'queue':
          queues[trigger.queue].open(lambda, trigger.batchSize);
          break;
      }
    }
    watch.over(handlers, { site, tables: tables.usable });
    cliEnvironment(this, things, schedules);
  }
}

const runsOf = ({ cadences }: Settings): Run[] =>
  Object.entries(cadences).map(([cadence, { cron }]) => ({ name: cadence, cron, input: { cadence } }));
