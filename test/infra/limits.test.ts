/**
 * CloudFormation takes the template, whatever newsletter.json says: it fits the limits. That nothing in it goes in circles,
 * `Template.fromStack` sees to, here and in every test beside.
 */
import { Template } from 'aws-cdk-lib/assertions';
import { newsletterVariable } from '../../infra/newsletter';
import { paperboy } from '../../infra/stack';
import { readSettings } from '../../lambdas/core/settings';
import { app, resources, settings } from './template';

/** Six bytes each in the environment (infra/newsletter.ts). */
const long = (letters: number): string => '論'.repeat(letters);
const newsletters = { ours: settings, theLargest: largest() };

describe.each(Object.entries(newsletters))('%s', (_, newsletter) => {
  const template = Template.fromStack(paperboy(app(), newsletter));
  const made = template.toJSON() as {
    Resources: Record<string, unknown>;
    Outputs: object;
    Parameters: object;
  };

  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
  test('the template has no more of anything than CloudFormation takes', () => {
    expect(Object.keys(made.Resources).length).toBeLessThanOrEqual(500);
    expect(Object.keys(made.Outputs).length).toBeLessThanOrEqual(200);
    expect(Object.keys(made.Parameters).length).toBeLessThanOrEqual(200);
    expect(Buffer.byteLength(JSON.stringify(made))).toBeLessThanOrEqual(1_000_000);
    for (const value of Object.values(made.Outputs))
      expect(JSON.stringify(value).length).toBeLessThanOrEqual(4_096);
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  test("every role's rights are taken", () => {
    for (const { name, Properties } of resources(template, 'AWS::IAM::Policy'))
      expect([name, JSON.stringify(Properties.PolicyDocument).length <= 10_240]).toEqual([name, true]);
  });
});

// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
test("whatever newsletter.json is taken, every function's environment has room for it beside the names", () => {
  const stack = paperboy(app({ stage: 'a-stage-of-twenty-let' }), newsletters.theLargest);
  for (const { name, Properties } of resources(Template.fromStack(stack), 'AWS::Lambda::Function')) {
    const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
    const bytes = Object.entries(Variables).map(
      ([variable, value]) =>
        variable.length + (variable === 'NEWSLETTER' ? LARGEST : lengthOf(value, stack.stackName)),
    );
    const sum = bytes.reduce((total, one) => total + one, 0);
    expect(`${name} has ${sum}`).toBe(`${name} has ${Math.min(sum, 4_096)}`);
  }
});

// most services take 64 characters; names that CloudFormation makes itself it cuts
test('names that the template gives, with a long stage in them, are short enough', () => {
  const template = Template.fromStack(paperboy(app({ stage: 'a-stage-of-twenty-let' }), settings));
  const { Resources } = template.toJSON() as { Resources: Record<string, { Properties?: object }> };
  const names = Object.values(Resources).flatMap(({ Properties = {} }) =>
    Object.entries(Properties).filter(
      ([key, value]) => /^(\w*Name|Id)$/.test(key) && typeof value === 'string',
    ),
  ) as [string, string][];
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter(([, name]) => name.length > 64)).toEqual([]);
});

/** As infra/newsletter.ts has it. */
const LARGEST = 2_700;
/** What stands before a queue's name in its URL, in the region with the longest name, and a secret's in its ARN. */
const BEFORE = 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:'.length;

/** Characters of a value after the deployment: a name is the stack's, the thing's and twelve or, for a secret, six letters. */
const lengthOf = (value: unknown, stackName: string): number =>
  typeof value === 'string'
    ? value.length
    : BEFORE + stackName.length + String(Object.values(value as object)[0]).length + 21;

test('settings that are each within their limits, and together more than Lambda takes, are refused with the longest of them', () => {
  const thankYou = Array.from({ length: 20 }, (_, n) => `https://blog.example.org/${'x'.repeat(400)}${n}`);
  const newsletter = readSettings({ ...settings, joining: { thankYou } });
  expect(() => newsletterVariable(newsletter)).toThrow(
    /too long: 9\d+ bytes, .* the longest field is joining\.thankYou with 8\d+$/,
  );
});

/** Every text at its longest, in a script whose letters take most bytes, and of every list what still fits. */
function largest() {
  return readSettings({
    ...settings,
    name: long(60),
    tagline: long(160),
    sender: { name: long(60), address: settings.sender.address },
    postalAddress: 'x'.repeat(200),
    sending: { senders: 100 },
    cadences: {
      weekly: { cron: '0 7 ? * MON *', papers: 50 },
      daily: { cron: '30 6 * * ? *', papers: 50 },
      monthly: { cron: '0 7 1 * ? *', papers: 50 },
    },
    sources: [{ kind: 'hugging-face', tokenSecret: 'paperboy/hugging-face' }],
    joining: { proof: true },
  });
}
