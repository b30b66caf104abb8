/** An AWS account on this machine, as far as deploying asks for one: STS, SSM, the bucket of CDK, and CloudFormation. */
import { createServer, type IncomingMessage } from 'node:http';
import type { FarEnd } from '../../local/far-end';
import { close, listen, readBody } from '../../local/loopback';

export const ACCOUNT = '123456789012';

interface Template {
  Resources: Record<string, { Type: string }>;
  Outputs: Record<string, { Value: unknown }>;
}

export interface AccountOptions {
  /** What CloudFormation gets as the template, by the names of the stacks. */
  templates: Record<string, Template>;
  /** What stands in the output CliEnvironment, where it is not made up. */
  variables?: Record<string, string>;
}

/** What the tests may turn while it runs. */
export interface Account extends FarEnd {
  /** STS's answer to who asks, where it is not the account. */
  stranger: string | undefined;
  /** The version of CDK's preparation. */
  bootstrap: string | undefined;
  /** Whether who asks may only pass on to the roles of CDK, as a role of GitHub's may. */
  passesOn: boolean;
  /** Why a stack can't be made, as its event says. */
  failure: string | undefined;
  stacks: Set<string>;
  /** What was asked, in order: "DescribeStacks Paperboy". */
  calls: string[];
  environment: Record<string, string>;
}

interface Answer {
  status: number;
  body: string;
  type?: string;
}

export async function startAccount({ templates, variables = {} }: AccountOptions): Promise<Account> {
  const server = createServer((request, response) => {
    void answer(request).then(({ status, body, type = 'text/xml' }) =>
      response.writeHead(status, { 'content-type': type }).end(body),
    );
  });
  const url = await listen(server);
  const account: Account = {
    url,
    close: () => close(server),
    stranger: undefined,
    bootstrap: '29',
    passesOn: false,
    failure: undefined,
    stacks: new Set(),
    calls: [],
    environment: {
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'AKIAFAKE',
      AWS_SECRET_ACCESS_KEY: 'fake',
      AWS_REGION: 'eu-central-1',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  };

  async function answer(request: IncomingMessage): Promise<Answer> {
    const text = (await readBody(request, 10_000_000))?.toString() ?? '';
    const target = String(request.headers['x-amz-target'] ?? '').split('.')[1];
    const isOwn = request.headers.authorization?.includes('Credential=AKIAFAKE/') ?? false;
    if (target) return parameter(target, isOwn);
    const form = new URLSearchParams(text);
    const action = form.get('Action');
    if (!action) return bucket(request);
    const stack = form.get('StackName') ?? '';
    account.calls.push(stack ? `${action} ${stack}` : action);
    return action.startsWith('Get') && !stack
      ? whoAsks()
      : cloudFormation(action, nameOf(stack), stack.startsWith('arn:'));
  }

  function whoAsks(): Answer {
    if (account.stranger) return refusal(403, account.stranger, 'The security token is not valid');
    return xml(
      'GetCallerIdentity',
      `<Arn>arn:aws:iam::${ACCOUNT}:user/ada</Arn><Account>${ACCOUNT}</Account>`,
    );
  }

  function parameter(call: string, isOwn: boolean): Answer {
    account.calls.push(call);
    const type = 'application/x-amz-json-1.1';
    if (account.passesOn && isOwn) return { status: 400, type, body: '{"__type":"AccessDeniedException"}' };
    if (!account.bootstrap) return { status: 400, type, body: '{"__type":"ParameterNotFound"}' };
    return { status: 200, type, body: JSON.stringify({ Parameter: { Value: account.bootstrap } }) };
  }

  /** A stack that is gone is known by its id, and by its name no more. */
  function cloudFormation(action: string, stack: string, byId: boolean): Answer {
    switch (action) {
      case 'AssumeRole':
        return assumed();
      case 'DescribeStacks':
        return account.stacks.has(stack) || byId
          ? xml(action, `<Stacks><member>${describe(stack)}</member></Stacks>`)
          : refusal(400, 'ValidationError', `Stack with id ${stack} does not exist`);
      case 'CreateChangeSet':
        return xml(action, `<Id>${arn(`changeSet/${stack}/1`)}</Id><StackId>${idOf(stack)}</StackId>`);
      case 'DescribeChangeSet':
        return xml(
          action,
          `<ChangeSetName>1</ChangeSetName><StackName>${stack}</StackName><Status>CREATE_COMPLETE</Status><ExecutionStatus>AVAILABLE</ExecutionStatus><ChangeSetId>${arn(`changeSet/${stack}/1`)}</ChangeSetId><StackId>${idOf(stack)}</StackId><Changes></Changes>`,
        );
      case 'ExecuteChangeSet':
        account.stacks.add(stack);
        if (stack === 'CDKToolkit') account.bootstrap = '29';
        return xml(action, '');
      case 'DeleteStack':
        account.stacks.delete(stack);
        return xml(action, '');
      case 'GetTemplate':
        return xml(action, `<TemplateBody>${escaped(JSON.stringify(templates[stack]))}</TemplateBody>`);
      case 'ListStackResources':
        return xml(action, `<StackResourceSummaries>${resourcesOf(stack)}</StackResourceSummaries>`);
      case 'DescribeStackEvents':
        return xml(
          action,
          `<StackEvents>${account.failure ? failed(stack, account.failure) : ''}</StackEvents>`,
        );
      default:
        return xml(action, '');
    }
  }

  const statusOf = (stack: string): string => {
    if (!account.stacks.has(stack)) return 'DELETE_COMPLETE';
    return account.failure ? 'ROLLBACK_COMPLETE' : 'CREATE_COMPLETE';
  };

  const describe = (stack: string): string =>
    `<StackName>${stack}</StackName><StackId>${idOf(stack)}</StackId><CreationTime>2026-01-01T00:00:00Z</CreationTime>` +
    `<StackStatus>${statusOf(stack)}</StackStatus><Outputs>${outputsOf(stack)}</Outputs>`;

  const outputsOf = (stack: string): string =>
    Object.entries(templates[stack]?.Outputs ?? {})
      .map(
        ([key, { Value }]) =>
          `<member><OutputKey>${key}</OutputKey><OutputValue>${escaped(told(named(Value)))}</OutputValue></member>`,
      )
      .join('');

  const told = (value: string): string =>
    value.replace(/(\w+)=\S+/g, (pair, name: string) =>
      variables[name] ? `${name}=${variables[name]}` : pair,
    );

  const resourcesOf = (stack: string): string =>
    Object.entries(templates[stack]?.Resources ?? {})
      .map(
        ([id, { Type }]) =>
          `<member><LogicalResourceId>${id}</LogicalResourceId><PhysicalResourceId>${named({ Ref: id })}</PhysicalResourceId><ResourceType>${Type}</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus><LastUpdatedTimestamp>2026-01-01T00:00:00Z</LastUpdatedTimestamp></member>`,
      )
      .join('');

  return account;
}

/** CDK asks whether an asset is there before it builds and uploads it: here all are. */
function bucket({ url = '' }: IncomingMessage): Answer {
  const { searchParams } = new URL(url, 'http://127.0.0.1');
  const key = searchParams.get('prefix');
  if (key === null) return { status: 200, body: '<LocationConstraint>eu-central-1</LocationConstraint>' };
  const found = `<Contents><Key>${key}</Key><Size>1000</Size></Contents>`;
  return { status: 200, body: `<ListBucketResult><KeyCount>1</KeyCount>${found}</ListBucketResult>` };
}

function assumed(): Answer {
  const keys =
    '<AccessKeyId>ASIAFAKE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>';
  return xml('AssumeRole', `<Credentials>${keys}<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>`);
}

function failed(stack: string, reason: string): string {
  const at = new Date().toISOString();
  return `<member><StackId>${idOf(stack)}</StackId><EventId>e1</EventId><StackName>${stack}</StackName><LogicalResourceId>MailIdentity</LogicalResourceId><ResourceType>AWS::SES::EmailIdentity</ResourceType><Timestamp>${at}</Timestamp><ResourceStatus>CREATE_FAILED</ResourceStatus><ResourceStatusReason>${reason}</ResourceStatusReason></member>`;
}

/** A value of the template with what it refers to by made-up names. */
function named(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if ('Fn::Join' in value) return (value['Fn::Join'] as [string, unknown[]])[1].map(named).join('');
  if ('Ref' in value) return value.Ref === 'AWS::Region' ? 'eu-central-1' : `the-${String(value.Ref)}`;
  const [thing, attribute] = (value as { 'Fn::GetAtt': string[] })['Fn::GetAtt'];
  return attribute === 'ApiEndpoint' ? 'https://abc.execute-api.example' : `${attribute}-of-${thing}`;
}

const nameOf = (stack: string): string => (stack.startsWith('arn:') ? (stack.split('/')[1] ?? '') : stack);
const arn = (what: string): string => `arn:aws:cloudformation:eu-central-1:${ACCOUNT}:${what}`;
const idOf = (stack: string): string => arn(`stack/${stack}/0`);

const xml = (action: string, result: string): Answer => ({
  status: 200,
  body: `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`,
});

const refusal = (status: number, code: string, message: string): Answer => ({
  status,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
