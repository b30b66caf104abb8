/** The one dashboard: growth, deliveries, latency, what is amiss, and what costs money. Fifty metrics on it are free. */
import { Duration, Stack } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  LogQueryWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type ILogGroup, QueryString } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type HandlerName, triggers } from '../lambdas/triggers';
import { logQueries } from './log-queries';
import { consumed, HOUR, own, QUARTER, ses } from './metrics';

export interface OverviewProps {
  functions: Record<HandlerName, IFunction>;
  logs: Record<HandlerName, ILogGroup>;
  api: HttpApi;
  /** Names of the tables that cost most. */
  tables: Record<string, string>;
}

const DAY = Duration.days(1);
const five = { period: Duration.minutes(5) } as const;

export class Overview extends Construct {
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, props: OverviewProps) {
    super(scope, id);
    this.dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName: Stack.of(this).stackName,
      defaultInterval: Duration.days(14),
      widgets: [
        [note()],
        [graph('Growth', this.growth()), graph('Deliveries', this.deliveries())],
        [graph('Editions', this.editions()), graph('SES, all of the account', sesCounts())],
        [graph('Latency in milliseconds, p95', latency(props)), graph('Turned away', turnedAway(props))],
        [errorsByHandler(props)],
        [
          graph('Cost: table units', units(props)),
          graph('Cost: milliseconds of functions', durations(props)),
        ],
      ],
    });
  }

  private growth(): IMetric[] {
    const daily = { statistic: 'Sum', period: DAY } as const;
    return (['Invitations', 'Confirmations', 'Departures'] as const).map((name) => own(this, name, daily));
  }

  private deliveries(): IMetric[] {
    const most = { statistic: 'Maximum', period: HOUR } as const;
    return [
      own(this, 'DigestsFailed', most),
      own(this, 'DigestsUnknown', most),
      own(this, 'QuotaUsed', { ...most, label: 'Percent of the daily quota' }),
    ];
  }

  private editions(): IMetric[] {
    const most = { statistic: 'Maximum', period: QUARTER } as const;
    const standing = ['EditionsMissing', 'EditionsStuck', 'BooksOverdue'] as const;
    return [
      ...standing.map((name) => own(this, name, most)),
      own(this, 'Errors', { statistic: 'Sum', period: QUARTER }),
    ];
  }
}

const note = (): IWidget =>
  new TextWidget({
    markdown: 'What each alarm means, how to look, and what to do: docs/runbook.md.',
    width: 24,
    height: 1,
  });

const graph = (title: string, left: IMetric[]): IWidget =>
  new GraphWidget({ title, left, width: 12, height: 6 });

const sesCounts = (): IMetric[] =>
  (['Send', 'Delivery', 'Bounce', 'Complaint'] as const).map((name) =>
    ses(name, { statistic: 'Sum', period: HOUR }),
  );

const latency = ({ functions, api }: OverviewProps): IMetric[] => [
  ...Object.entries(functions)
    .filter(([name]) => triggers[name as HandlerName].kind === 'web')
    .map(([label, handler]) => handler.metricDuration({ ...five, statistic: 'p95', label })),
  api.metricLatency({ ...five, statistic: 'p95', label: 'site' }),
];

/** Runs by Lambda, and visitors by the site. */
const turnedAway = ({ functions, api }: OverviewProps): IMetric[] => [
  ...Object.entries(functions).map(([label, handler]) => handler.metricThrottles({ ...five, label })),
  api.metricServerError({ ...five, statistic: 'Sum', label: 'answers 5xx of the site' }),
];

/** Not AWS's own count of errors: most of ours are caught, and answered with a page or a message that comes back. */
const errorsByHandler = ({ logs }: OverviewProps): IWidget =>
  new LogQueryWidget({
    title: 'Errors by handler',
    logGroupNames: Object.values(logs).map(({ logGroupName }) => logGroupName),
    queryString: new QueryString(logQueries['errors by handler']).toString(),
    width: 24,
    height: 6,
  });

const units = ({ tables }: OverviewProps): IMetric[] =>
  Object.entries(tables).flatMap(([table, name]) =>
    (['Read', 'Write'] as const).map((kind) =>
      consumed(kind, name, { statistic: 'Sum', period: DAY, label: `${table}, ${kind.toLowerCase()}` }),
    ),
  );

const durations = ({ functions }: OverviewProps): IMetric[] =>
  Object.entries(functions).map(([label, handler]) =>
    handler.metricDuration({ statistic: 'Sum', period: DAY, label }),
  );
