/** Who is told when something is wrong, and where to look. */
import { Construct } from 'constructs';
import type { Settings } from '../lambdas/core/settings';
import type { HandlerName } from '../lambdas/triggers';
import { AlarmTopic } from './alarm-topic';
import { Alarms } from './alarms';
import { Budget } from './budget';
import { Overview } from './overview';
import { Errors } from './errors';
import type { HandlerFunction } from './function';
import { LogQueries } from './log-queries';
import type { Mail } from './mail';
import type { TableOrIndex, Usable } from './rights';
import type { Schedules } from './schedules';
import type { Site } from './site';

export interface WatchProps {
  settings: Settings;
  schedules: Schedules;
  mail: Mail;
}

/** Tables that cost: of the others a reader causes next to nothing. */
const costly = ['subscribers', 'deliveries', 'papers'] as const;

export class Watch extends Construct {
  readonly alarms: Alarms;
  readonly budget: Budget;

  constructor(scope: Construct, id: string, { settings, schedules, mail }: WatchProps) {
    super(scope, id);
    const { topic } = new AlarmTopic(this, 'AlarmTopic', settings.alarms);
    this.budget = new Budget(this, 'Budget', { topic, monthlyUsd: settings.alarms.monthlyUsd });
    this.alarms = new Alarms(this, 'Alarms', {
      topic,
      settings,
      configurationSet: mail.rules.configurationSetName,
      failedRuns: schedules.deadLetters,
    });
  }

  /** Counts their errors, and shows how they do; their logs can be asked. */
  over(
    handlers: Record<HandlerName, HandlerFunction>,
    { site, tables }: { site: Site; tables: Record<TableOrIndex, Usable> },
  ): { errors: Errors; queries: LogQueries; overview: Overview } {
    const logs = mapped(handlers, ({ logGroup }) => logGroup);
    const overview = new Overview(this, 'Overview', {
      functions: mapped(handlers, ({ lambda }) => lambda),
      logs,
      api: site.api,
      tables: Object.fromEntries(costly.map((name) => [name, tables[name].variable?.value ?? name])),
    });
    const queries = new LogQueries(this, 'LogQueries', logs);
    return { errors: new Errors(this, 'Errors', logs), queries, overview };
  }
}

const mapped = <Key extends string, From, To>(
  record: Record<Key, From>,
  change: (value: From) => To,
): Record<Key, To> =>
  Object.fromEntries(Object.entries<From>(record).map(([key, value]) => [key, change(value)])) as Record<
    Key,
    To
  >;
