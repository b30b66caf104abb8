/** The alarms: what they watch is really written, by the handlers themselves or by AWS, and they go off when they should. */
import { Template } from 'aws-cdk-lib/assertions';
import { paperboy } from '../../infra/stack';
import { metrics, metricsAtRest, writesMetrics } from '../../lambdas/aws/metrics';
import { leaveByOneClick } from '../../local/reader';
import { type Datum, dataIn, type Line, linesOf } from '../lines';
import { freezeDate, startWorld, type World } from '../world';
import { app, handlers, partOf, resource, settings, synth } from './template';
import { alarmsIn, counts, filtersIn, goesOff, graphsIn, type Watched, widgetsIn } from './watched';

const template = synth();
const trial = Template.fromStack(paperboy(app({ stage: 'trial' }), settings));
const alarms = alarmsIn(template);
const shown = [...alarms, ...graphsIn(template)];

const alarm = (name: string) => {
  const found = alarms.find(({ title }) => title === `Paperboy - ${name}`);
  if (!found) throw new Error(`There is no alarm ${name}`);
  return found;
};

let world: World;
let lines: Line[];
let written: Datum[];

/** One reader's life, and a message that nobody can read. */
beforeAll(async () => {
  world = await startWorld();
  lines = await linesOf(async () => {
    freezeDate('2025-03-24T06:00:00Z');
    await world.papersOn('2025-03-18', 3);
    await world.reader('ada@example.org');
    freezeDate('2025-03-24T07:00:00Z');
    await world.sendsEdition('2025-W12');
    await world.machine.invoke('settle-edition', {});
    await leaveByOneClick((await world.digestsOf('ada@example.org'))[0]);
    await world.hears('record-feedback', 'what is this?');
    await world.machine.invoke('settle-edition', {}); // finds it among the dead letters
  });
  written = dataIn(lines);
});
afterAll(() => world.close());

const key = ({ name, dimensions }: Pick<Watched, 'name' | 'dimensions'>): string =>
  `${name} ${Object.keys(dimensions).join()}`;

test('every figure of ours that an alarm or a graph shows is one that a handler writes, or that is counted in its log', () => {
  const keys = new Set([
    ...written.map(({ name, dimensions }) => `${name} ${dimensions.join()}`),
    ...filtersIn(template).map(({ name }) => `${name} `),
  ]);
  const ours = shown.filter(({ namespace }) => !namespace.startsWith('AWS/'));
  expect(ours.map(key).filter((one) => !keys.has(one))).toEqual([]);
  expect(new Set(ours.map(({ name }) => name))).toEqual(new Set([...Object.keys(metrics), 'Errors']));
});

test('handlers write each figure there is, under the name of the newsletter', () => {
  expect(new Set(written.map(({ name }) => name))).toEqual(new Set(Object.keys(metrics)));
  const { METRICS_NAMESPACE } = world.machine.environment;
  expect(new Set(written.map(({ namespace }) => namespace))).toEqual(new Set([METRICS_NAMESPACE]));
});

test.each([
  ['Paperboy', template],
  ['Paperboy-trial', trial],
])('the figures of %s mix with no other newsletter of the account', (name, stack) => {
  const namespaces = handlers.filter(writesMetrics).map((handler) => {
    const { Properties } = resource(stack, 'AWS::Lambda::Function', partOf(handler, 'Function'));
    return (Properties.Environment as { Variables: Record<string, string> }).Variables['METRICS_NAMESPACE'];
  });
  const watched = [...alarmsIn(stack), ...graphsIn(stack), ...filtersIn(stack)]
    .map(({ namespace }) => namespace)
    .filter((namespace) => !namespace.startsWith('AWS/'));
  expect(new Set([...namespaces, ...watched])).toEqual(new Set([name]));
  expect(alarmsIn(stack).every(({ title }) => title.startsWith(`${name} - `))).toBe(true);
});

/**
 * What AWS publishes, by the dimensions that it has there ("" is the whole account):
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-cloudwatch.html
 * https://docs.aws.amazon.com/ses/latest/dg/configuration-sets-export-metrics.html
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
const published: Record<string, Record<string, readonly string[]>> = {
  'AWS/SQS': { QueueName: ['ApproximateNumberOfMessagesVisible'] },
  'AWS/SES': {
    '': ['Send', 'Delivery', 'Bounce', 'Complaint'],
    'ses:configuration-set': ['Reputation.BounceRate', 'Reputation.ComplaintRate'],
  },
  'AWS/Lambda': { '': ['Throttles'], FunctionName: ['Throttles', 'Duration'] },
  'AWS/ApiGateway': { ApiId: ['Latency', '5xx'] },
  'AWS/DynamoDB': { TableName: ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'] },
};

test("every other figure is one that AWS publishes, of one of the stack's own things", () => {
  const others = shown.filter(({ namespace }) => namespace.startsWith('AWS/'));
  const strange = others.filter(
    ({ namespace, name, dimensions }) =>
      !published[namespace]?.[Object.keys(dimensions).join()]?.includes(name),
  );
  expect(strange).toEqual([]);
  const types: Record<string, string> = {
    QueueName: 'AWS::SQS::Queue',
    'ses:configuration-set': 'AWS::SES::ConfigurationSet',
    FunctionName: 'AWS::Lambda::Function',
    ApiId: 'AWS::ApiGatewayV2::Api',
    TableName: 'AWS::DynamoDB::GlobalTable',
  };
  for (const [kind, name] of others.flatMap(({ dimensions }) => Object.entries(dimensions)))
    expect(resource(template, String(types[kind]), name).name).toBe(name);
});

/** https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html#platform-report */
const report = (status: string): object => ({
  time: '2025-03-24T07:00:29Z',
  type: 'platform.report',
  record: { requestId: '6f7f0961', status, metrics: { durationMs: 29_000 } },
});

test("a fault in any handler is counted, and what goes well is not; so is a run that Lambda's clock ended", () => {
  const filters = filtersIn(template);
  expect(filters.map(({ log }) => log)).toEqual(handlers.map((handler) => partOf(handler, 'Log')));
  const faults = lines.filter(({ fact }) => fact === 'message.failed');
  expect(faults).toHaveLength(1);
  for (const filter of filters) {
    expect(counts(filter, faults[0] ?? {})).toBe(true);
    expect(counts(filter, report('timeout'))).toBe(true);
    expect(counts(filter, report('success'))).toBe(false);
    expect(lines.filter((line) => counts(filter, line))).toEqual(faults);
  }
});

test('an edition that nobody built sets off its alarm in two looks; so does a look that nobody takes', () => {
  const missing = alarm('Edition did not run');
  expect(missing.seconds).toBe(15 * 60); // as often as settle-edition looks
  expect(goesOff(missing, [0, 1])).toBe(false);
  expect(goesOff(missing, [0, 1, 1])).toBe(true);
  expect(goesOff(missing, [0, undefined, undefined])).toBe(true);
  expect(goesOff(missing, [1, 1, 0])).toBe(false);
});

test.each([
  ['Edition stuck', [1, 1]],
  ['Books do not close', [1, 1]],
  ['Dead letters', [1]],
  ['Dead letters of schedules', [1]],
  ['Bounce rate', [0.03]],
  ['Complaint rate', [0.0008]],
  ['Errors', [3]],
  ['Throttles', [10]],
  ['Sign-up surge', [800]],
  ['SES quota near', [70]],
])('%s goes off from its threshold on, and silence is no reason', (name, values) => {
  expect(goesOff(alarm(name), values)).toBe(true);
  expect(
    goesOff(
      alarm(name),
      values.map((value) => value * 0.99),
    ),
  ).toBe(false);
  expect(
    goesOff(
      alarm(name),
      values.map(() => undefined),
    ),
  ).toBe(false);
});

test('what watching an idle stack costs is within what CloudWatch gives away, but for one alarm', () => {
  // https://aws.amazon.com/cloudwatch/pricing/: 10 metrics, 10 alarms and 3 dashboards of 50 metrics a month
  expect(metricsAtRest).toBeLessThanOrEqual(10);
  expect(alarms).toHaveLength(11);
  expect(graphsIn(template).length).toBeLessThanOrEqual(50);
});

test('the dashboard shows growth, deliveries, editions, speed, who is turned away and what it costs', () => {
  expect(widgetsIn(template).flatMap(({ properties: { title = [] } }) => title)).toEqual([
    'Growth',
    'Deliveries',
    'Editions',
    'SES, all of the account',
    'Latency in milliseconds, p95',
    'Turned away',
    'Errors by handler',
    'Cost: table units',
    'Cost: milliseconds of functions',
  ]);
});
