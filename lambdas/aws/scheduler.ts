/** What runs by the clock, as EventBridge Scheduler has it. */
import { GetScheduleCommand, paginateListSchedules, SchedulerClient } from '@aws-sdk/client-scheduler';
import * as z from 'zod/mini';
import { variable } from './environment';

const Found = z.object({
  Name: z.string(),
  State: z.string(),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z._default(z.string(), 'UTC'),
  Target: z.object({ Arn: z.string(), Input: z._default(z.string(), '{}') }),
});

export interface FoundSchedule {
  name: string;
  enabled: boolean;
  /** Such as "cron(0 7 ? * MON *)". */
  expression: string;
  timeZone: string;
  /** The ARN of the function that it starts. */
  starts: string;
  /** What the function is told, in JSON. */
  input: string;
}

/** Of this newsletter's group. */
export async function foundSchedules(): Promise<FoundSchedule[]> {
  const client = new SchedulerClient({});
  const GroupName = variable('SCHEDULE_GROUP');
  const found: FoundSchedule[] = [];
  try {
    for await (const { Schedules = [] } of paginateListSchedules({ client }, { GroupName }))
      for (const { Name } of Schedules)
        found.push(scheduleOf(await client.send(new GetScheduleCommand({ Name, GroupName }))));
    return found;
  } finally {
    client.destroy();
  }
}

function scheduleOf(answer: unknown): FoundSchedule {
  const { Name, State, ScheduleExpression, ScheduleExpressionTimezone, Target } = Found.parse(answer);
  return {
    name: Name,
    enabled: State === 'ENABLED',
    expression: ScheduleExpression,
    timeZone: ScheduleExpressionTimezone,
    starts: Target.Arn,
    input: Target.Input,
  };
}
