/** The alarms of the table, told to one topic; each names its section of the runbook. */
import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { type AlarmRow, alarmsOf, type Watched } from './alarm-table';

export interface AlarmsProps extends Watched {
  topic: Topic;
}

export class Alarms extends Construct {
  readonly alarms: Alarm[];

  constructor(scope: Construct, id: string, { topic, ...watched }: AlarmsProps) {
    super(scope, id);
    this.alarms = alarmsOf(this, watched).map((row) => this.alarm(row));
    for (const alarm of this.alarms) alarm.addAlarmAction(new SnsAction(topic));
  }

  private alarm({ name, says, metric, threshold, periods = 1, missing, section = name }: AlarmRow): Alarm {
    return new Alarm(this, name, {
      alarmName: `${Stack.of(this).stackName} - ${name}`,
      alarmDescription: `${says} What to do: docs/runbook.md#${anchorOf(section)}`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: missing ?? TreatMissingData.NOT_BREACHING,
    });
  }
}

/** As GitHub makes it of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
