/** What each handler may do and is told: the whole table, so that a right never comes or goes unseen. */
import { Template } from 'aws-cdk-lib/assertions';
import { rights } from '../../infra/rights';
import { paperboy } from '../../infra/stack';
import { readSettings } from '../../lambdas/core/settings';
import {
  nodeOptions,
  type HandlerName,
  queues,
  type QueueName,
  type Trigger,
  triggers,
} from '../../lambdas/triggers';
import { callsOf, variablesOf } from './calls';
import {
  app,
  handlers,
  partOf,
  resource,
  resources,
  settings,
  type Statement,
  synth,
  text,
} from './template';

const template = synth();
/** The same newsletter with what is off by default: a proof of work at its form, and a mail to readers who unsubscribed. */
const wanting = Template.fromStack(
  paperboy(app(), readSettings({ ...settings, joining: { proof: true }, leaving: { goodbye: true } })),
);

test('each handler may do what it needs and nothing else', () => {
  const readAndPut = ['dynamodb:GetItem', 'dynamodb:PutItem'];
  const log = ['logs:CreateLogStream', 'logs:PutLogEvents'];
  const deadLetters = ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'];
  const take = [
    'sqs:ChangeMessageVisibility',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    'sqs:GetQueueUrl',
    'sqs:ReceiveMessage',
  ];
  const keys = { KeysSecret: ['secretsmanager:GetSecretValue'] };
  const mail = {
    'identity/*': ['ses:SendRawEmail'],
    'configuration-set/MailRules': ['ses:SendRawEmail'],
  };
  const found = handlers.map((handler) => [handler, rightsOf(partOf(handler, 'Role'))]);
  expect(Object.fromEntries(found)).toEqual({
    subscribe: { counters: ['dynamodb:UpdateItem'], JoinsQueue: ['sqs:SendMessage'], subscribeLog: log },
    invite: {
      subscribers: readAndPut,
      counters: ['dynamodb:UpdateItem'],
      JoinsQueue: take,
      JoinsDeadLetters: ['sqs:SendMessage'],
      ...keys,
      ...mail,
      inviteLog: log,
    },
    confirm: { subscribers: readAndPut, editions: ['dynamodb:Query'], ...keys, ...mail, confirmLog: log },
    preferences: {
      subscribers: readAndPut,
      counters: ['dynamodb:UpdateItem'],
      JoinsQueue: ['sqs:SendMessage'],
      papers: ['dynamodb:GetItem'],
      'papers/index/by-week': ['dynamodb:Query'],
      editions: ['dynamodb:Query'],
      deliveries: ['dynamodb:GetItem'],
      ...keys,
      preferencesLog: log,
    },
    'ingest-papers': {
      papers: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
      SchedulesDeadLetters: deadLetters,
      ingestpapersLog: log,
    },
    'build-digest': {
      subscribers: ['dynamodb:Query'],
      papers: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
      'papers/index/by-week': ['dynamodb:Query'],
      editions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      LanesQueue: ['sqs:SendMessage'],
      SchedulesDeadLetters: deadLetters,
      builddigestLog: log,
    },
    'send-digest': {
      subscribers: ['dynamodb:GetItem', 'dynamodb:Query'],
      editions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      deliveries: ['dynamodb:BatchWriteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
      LanesQueue: [...take, 'sqs:SendMessage'],
      LanesDeadLetters: ['sqs:SendMessage'],
      ...keys,
      ...mail,
      '*': ['ses:GetSendQuota'],
      senddigestLog: log,
    },
    'record-feedback': {
      subscribers: readAndPut,
      editions: ['dynamodb:Query', 'dynamodb:UpdateItem'],
      deliveries: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
      FeedbackQueue: take,
      FeedbackDeadLetters: ['sqs:SendMessage'],
      ...keys,
      recordfeedbackLog: log,
    },
    'settle-edition': {
      editions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      deliveries: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
      LanesQueue: ['sqs:SendMessage'],
      JoinsDeadLetters: ['sqs:GetQueueAttributes'],
      LanesDeadLetters: ['sqs:GetQueueAttributes'],
      FeedbackDeadLetters: ['sqs:GetQueueAttributes'],
      SchedulesDeadLetters: deadLetters,
      settleeditionLog: log,
    },
    unsubscribe: { subscribers: readAndPut, ...keys, unsubscribeLog: log },
    archive: {
      papers: ['dynamodb:GetItem'],
      'papers/index/by-week': ['dynamodb:Query'],
      editions: ['dynamodb:GetItem', 'dynamodb:Query'],
      archiveLog: log,
    },
  });
});

test.each(handlers)('%s is granted what its code asks of AWS, no more and no less', (handler) => {
  const granted = Object.entries(rights[handler]).map(([thing, actions]) => [thing, actions.toSorted()]);
  expect(Object.fromEntries(granted)).toEqual(callsOf(handler));
});

test('a token is read from the one secret that newsletter.json names, by the handlers that ask the source', () => {
  const sources = [{ kind: 'hugging-face', tokenSecret: 'paperboy/hugging-face' }];
  const named = Template.fromStack(paperboy(app(), readSettings({ ...settings, sources })));
  const secret =
    'arn:AWS::Partition:secretsmanager:AWS::Region:AWS::AccountId:secret:paperboy/hugging-face-??????';
  const allowed = handlers.filter((handler) =>
    statements(named, partOf(handler, 'Role')).some(({ Resource }) => text(Resource) === secret),
  );
  expect(allowed).toEqual(handlers.filter((handler) => rights[handler].token));
  expect(allowed).toContain('ingest-papers');
});

test('the form reads the keys only where a proof of work is wanted, and then it may do nothing else with them', () => {
  expect(rightsOf('subscribeRole', wanting)).toEqual({
    ...rightsOf('subscribeRole'),
    KeysSecret: ['secretsmanager:GetSecretValue'],
  });
});

test('who leaves may have a mail queued only where a goodbye is wanted, and the queue may not be read', () => {
  expect(rightsOf('unsubscribeRole', wanting)).toEqual({
    ...rightsOf('unsubscribeRole'),
    JoinsQueue: ['sqs:SendMessage'],
  });
});

test('what is off by default gives no other handler a right', () => {
  for (const handler of handlers.filter((one) => one !== 'subscribe' && one !== 'unsubscribe'))
    expect(rightsOf(partOf(handler, 'Role'), wanting)).toEqual(rightsOf(partOf(handler, 'Role')));
});

test("a handler that mails can't pose as anyone but the newsletter", () => {
  const mailing = handlers
    .flatMap((handler) => statements(template, partOf(handler, 'Role')))
    .filter(({ Action }) => [Action].flat().includes('ses:SendRawEmail'));
  expect(mailing).toHaveLength(3);
  for (const { Condition } of mailing) {
    expect(Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'digest@papers.example.org' } });
  }
});

test('the schedules may start what runs by the clock, and nothing else', () => {
  expect(rightsOf('SchedulesRole')).toEqual({
    ingestpapersFunction: ['lambda:InvokeFunction'],
    builddigestFunction: ['lambda:InvokeFunction'],
    settleeditionFunction: ['lambda:InvokeFunction'],
    SchedulesDeadLetters: ['sqs:SendMessage'],
  });
});

test('each handler is told the names of what it uses, and no secret', () => {
  const subscribers = { SUBSCRIBERS_TABLE: 'subscribers' };
  const editions = { EDITIONS_TABLE: 'editions' };
  const papers = { PAPERS_TABLE: 'papers' };
  const deliveries = { DELIVERIES_TABLE: 'deliveries' };
  const lanes = { LANES_QUEUE_URL: 'LanesQueue' };
  const keys = { KEYS_SECRET: 'KeysSecret' };
  const mail = { CONFIGURATION_SET: 'MailRules' };
  const figures = { METRICS_NAMESPACE: 'Paperboy' };
  const found = handlers.map((handler) => {
    const { NEWSLETTER: _, NODE_OPTIONS: __, ...names } = environmentOf(handler);
    return [handler, Object.fromEntries(Object.entries(names).map(([name, value]) => [name, text(value)]))];
  });
  expect(Object.fromEntries(found)).toEqual({
    subscribe: { COUNTERS_TABLE: 'counters', JOINS_QUEUE_URL: 'JoinsQueue' },
    invite: {
      ...subscribers,
      COUNTERS_TABLE: 'counters',
      JOINS_DEAD_LETTERS_URL: 'JoinsDeadLetters',
      ...keys,
      ...mail,
      ...figures,
    },
    confirm: { ...subscribers, ...editions, ...keys, ...mail, ...figures },
    preferences: {
      ...subscribers,
      COUNTERS_TABLE: 'counters',
      ...papers,
      ...editions,
      ...deliveries,
      JOINS_QUEUE_URL: 'JoinsQueue',
      ...keys,
    },
    'ingest-papers': papers,
    'build-digest': { ...papers, ...subscribers, ...editions, ...lanes },
    'send-digest': {
      ...subscribers,
      ...editions,
      ...deliveries,
      ...lanes,
      LANES_DEAD_LETTERS_URL: 'LanesDeadLetters',
      ...keys,
      ...mail,
      ...figures,
    },
    'record-feedback': {
      ...subscribers,
      ...editions,
      ...deliveries,
      FEEDBACK_DEAD_LETTERS_URL: 'FeedbackDeadLetters',
      ...keys,
    },
    'settle-edition': {
      ...editions,
      ...deliveries,
      ...lanes,
      JOINS_DEAD_LETTERS_URL: 'JoinsDeadLetters',
      LANES_DEAD_LETTERS_URL: 'LanesDeadLetters',
      FEEDBACK_DEAD_LETTERS_URL: 'FeedbackDeadLetters',
      ...figures,
    },
    unsubscribe: { ...subscribers, ...keys, ...figures },
    archive: { ...papers, ...editions },
  });
});

test.each(handlers)('%s is told every name that its code asks for', (handler) => {
  const trigger: Trigger = triggers[handler];
  const asked = variablesOf(
    `lambdas/${handler}.ts`,
    trigger.kind === 'queue' ? [trigger.queue] : (Object.keys(queues) as QueueName[]),
  );
  const { NODE_OPTIONS, ...told } = environmentOf(handler, wanting);
  expect(Object.keys(told).toSorted()).toEqual([...new Set(['NEWSLETTER', ...asked])].toSorted());
  expect(NODE_OPTIONS).toBe(nodeOptions[handler]);
});

test("an operator's command is told every name that its code asks for", () => {
  const { CliEnvironment } = template.findOutputs('CliEnvironment');
  const told = text(CliEnvironment?.['Value'])
    .split(' ')
    .map((pair) => pair.split('=')[0]);
  const asked = variablesOf('cli/paperboy.ts', Object.keys(queues) as QueueName[]);
  expect(asked).toContain('PAPERS_TABLE');
  expect(told).toEqual(expect.arrayContaining(asked));
});

test("each handler is told the operator's settings, checked", () => {
  for (const { NEWSLETTER } of handlers.map((handler) => environmentOf(handler))) {
    expect(readSettings(JSON.parse(String(NEWSLETTER)))).toEqual(settings);
  }
});

/** What a role may do, by thing: `{ subscribers: ['dynamodb:GetItem', …] }`. */
function rightsOf(role: string, from = template): Record<string, string[]> {
  const actions: Record<string, string[]> = {};
  for (const { Action, Resource } of statements(from, role)) {
    for (const thing of [Resource].flat().map(text)) {
      const short = thing.replace('arn:AWS::Partition:ses:AWS::Region:AWS::AccountId:', '');
      actions[short] = [...(actions[short] ?? []), ...[Action].flat()].toSorted();
    }
  }
  return actions;
}

function statements(from: Template, role: string): Statement[] {
  return resources(from, 'AWS::IAM::Policy')
    .filter(({ Properties }) => (Properties.Roles as unknown[]).map(text).includes(role))
    .flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement);
}

function environmentOf(handler: HandlerName, from = template): Record<string, unknown> {
  const { Properties } = resource(from, 'AWS::Lambda::Function', partOf(handler, 'Function'));
  return (Properties.Environment as { Variables: Record<string, unknown> }).Variables;
}
