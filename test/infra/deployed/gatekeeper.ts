/** IAM on this machine: a proxy before a far end that lets a handler do what its role's statements say, and nothing else. */
import { type Answer, startProxy, text as said } from '../../../bench/faults-proxy';
import type { FarEnd } from '../../../local/far-end';
import { type Statement, text } from '../template';

/** What a call asks for: an action, and every thing that a statement must name, as the template calls it. */
export interface Asked {
  action: string;
  things: string[];
  from?: string;
}

/** How a service's calls are read, and how it says no. */
export interface Service {
  read(target: string, body: Buffer): Asked;
  refusal(message: string): Answer;
}

/** Names of this machine as the template's. */
export type Names = ReadonlyMap<string, string>;

const json = (message: string): Answer =>
  said(400, JSON.stringify({ __type: 'AccessDeniedException', message }), 'application/x-amz-json-1.0');

const named = (names: Names, name: string): string => {
  const known = names.get(name);
  if (!known) throw new Error(`Nothing in the stack is called ${name} here`);
  return known;
};

export const services = (names: Names): Record<'dynamodb' | 'sqs' | 'ses' | 'secrets', Service> => ({
  dynamodb: {
    read(target, body) {
      const question = JSON.parse(body.toString()) as {
        TableName?: string;
        IndexName?: string;
        RequestItems?: object;
      };
      const tables = question.RequestItems ? Object.keys(question.RequestItems) : [question.TableName ?? ''];
      const index = question.IndexName ? `/index/${question.IndexName}` : '';
      const things = tables.map((table) => `${named(names, table)}${index}`);
      return { action: `dynamodb:${target.split('.').at(-1)}`, things };
    },
    refusal: json,
  },
  sqs: {
    read(target, body) {
      const { QueueUrl } = JSON.parse(body.toString()) as { QueueUrl: string };
      const command = target.split('.').at(-1) ?? '';
      return {
        action: `sqs:${command.replace(/Batch$/, '')}`,
        things: [named(names, new URL(QueueUrl).pathname)],
      };
    },
    refusal: json,
  },
  secrets: {
    read(target, body) {
      const { SecretId } = JSON.parse(body.toString()) as { SecretId: string };
      return { action: `secretsmanager:${target.split('.').at(-1)}`, things: [named(names, SecretId)] };
    },
    refusal: json,
  },
  ses: {
    read(_, body) {
      const form = new URLSearchParams(body.toString());
      const action = `ses:${form.get('Action')}`;
      if (action !== 'ses:SendRawEmail') return { action, things: ['*'] };
      const set = form.get('ConfigurationSetName');
      const raw = Buffer.from(form.get('RawMessage.Data') ?? '', 'base64').toString('latin1');
      const from = /^From: .*?<?([^\s<>]+@[^\s<>]+?)>?\r$/m.exec(raw)?.[1] ?? '';
      // SES asks for the right to each: the sender's identity, and the configuration set where one is named
      const things = ['identity/*', ...(set ? [`configuration-set/${named(names, set)}`] : [])];
      return { action, things, from };
    },
    refusal: (message) =>
      said(
        403,
        `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${message}</Message></Error></ErrorResponse>`,
        'text/xml',
      ),
  },
});

/** Whose key signed a call: every handler has its own, named after it. */
const callerOf = (authorization: string | undefined): string =>
  /Credential=([\w-]+)\//.exec(authorization ?? '')?.[1] ?? 'nobody';

export interface Gatekeeper {
  statementsOf(caller: string): readonly Statement[];
  /** Every call that was let through, such as "subscribe dynamodb:UpdateItem counters", and every one that was not. */
  allowed: Set<string>;
  refused: Set<string>;
}

export const guard = (farEnd: string, service: Service, keeper: Gatekeeper): Promise<FarEnd> =>
  startProxy(farEnd, async (call) => {
    const { headers, body } = call;
    const caller = callerOf(headers.authorization);
    const asked = service.read(String(headers['x-amz-target'] ?? ''), body);
    const missing = asked.things.find((thing) => !isAllowed(keeper.statementsOf(caller), asked, thing));
    if (missing === undefined) {
      for (const thing of asked.things) keeper.allowed.add(`${caller} ${asked.action} ${thing}`);
      return call.forward();
    }
    keeper.refused.add(`${caller} ${asked.action} ${missing}`);
    return service.refusal(
      `User: ${caller} is not authorized to perform: ${asked.action} on resource: ${missing}`,
    );
  });

function isAllowed(statements: readonly Statement[], { action, from }: Asked, thing: string): boolean {
  return statements.some(
    ({ Effect, Action, Resource, Condition }) =>
      Effect === 'Allow' &&
      [Action].flat().includes(action) &&
      [Resource].flat().map(nameOfArn).includes(thing) &&
      (!Condition || Condition['StringEquals']?.['ses:FromAddress'] === from),
  );
}

/** A thing of a statement by its name in the stack. */
export const nameOfArn = (arn: unknown): string =>
  text(arn).replace('arn:AWS::Partition:ses:AWS::Region:AWS::AccountId:', '');
