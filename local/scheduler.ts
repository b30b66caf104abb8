/** EventBridge Scheduler on this machine, as far as it is asked: ListSchedules and GetSchedule of what runs by the clock. */
import { createServer } from 'node:http';
import type { FarEnd } from './far-end';
import { close, listen } from './loopback';

export const SCHEDULE_GROUP = 'paperboy';

export interface Scheduled {
  name: string;
  /** EventBridge's six fields. */
  cron: string;
  timeZone: string;
  handler: string;
  input: Record<string, string>;
}

export interface SchedulerOptions {
  schedules: readonly Scheduled[];
  /** Whether they run. */
  enabled: boolean;
}

/** Starts it on any free port. https://docs.aws.amazon.com/scheduler/latest/APIReference/API_GetSchedule.html */
export async function startScheduler(options: SchedulerOptions): Promise<FarEnd> {
  const server = createServer((request, response) => {
    const [status, answer] = answerTo(options, new URL(request.url ?? '/', 'http://127.0.0.1'));
    const headers = {
      'content-type': 'application/json',
      ...(status === 404 && { 'x-amzn-errortype': 'ResourceNotFoundException' }),
    };
    response.writeHead(status, headers).end(JSON.stringify(answer));
  });
  const url = await listen(server);
  return { url, close: () => close(server) };
}

function answerTo(
  { schedules, enabled }: SchedulerOptions,
  { pathname, searchParams }: URL,
): [status: number, answer: object] {
  const group = searchParams.get('ScheduleGroup') ?? searchParams.get('groupName');
  const [, root, name] = pathname.split('/');
  if (root !== 'schedules' || group !== SCHEDULE_GROUP) return notFound(group);
  const State = enabled ? 'ENABLED' : 'DISABLED';
  if (name === undefined)
    return [200, { Schedules: schedules.map((one) => ({ Name: one.name, GroupName: group, State })) }];
  const schedule = schedules.find((one) => one.name === decodeURIComponent(name));
  return schedule ? [200, { ...detailsOf(schedule), GroupName: group, State }] : notFound(name);
}

const detailsOf = ({ name, cron, timeZone, handler, input }: Scheduled): object => ({
  Name: name,
  ScheduleExpression: `cron(${cron})`,
  ScheduleExpressionTimezone: timeZone,
  Target: {
    Arn: `arn:aws:lambda:us-east-1:123456789012:function:${handler}`,
    Input: JSON.stringify({ ...input, scheduledTime: '<aws.scheduler.scheduled-time>' }),
  },
});

const notFound = (what: string | null): [number, object] => [404, { Message: `${what} does not exist.` }];
