/** `npm run deploy`, as the operator runs it, with the pinned CDK, against an account on this machine. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { missingIn } from '../../lambdas/aws/region';
import { nextSteps } from '../../cli/deploying/next-steps';
import { mine, type Project, startProject } from './project';

let project: Project;
beforeAll(async () => {
  project = await startProject();
});
afterAll(() => project.close());
beforeEach(() => {
  project.writes();
  Object.assign(project.account, {
    stranger: undefined,
    bootstrap: '29',
    failure: undefined,
    passesOn: false,
  });
  project.account.stacks.clear();
  project.account.calls.length = 0;
});

const without = (...names: string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(project.account.environment).filter(([name]) => !names.includes(name)));
const made = (): string[] => project.account.calls.filter((call) => call.startsWith('Execute'));

test('from settings and credentials to a stack, and the operator reads what is left to do', async () => {
  const { code, out } = await project.runs('deploy', ['--yes']);
  expect(code).toBe(0);
  expect(made()).toEqual(['ExecuteChangeSet Paperboy']);
  const said = out.slice(out.indexOf('Deployed'));
  expect(said).toContain('Deployed to eu-central-1 of account 123456789012.');
  const inOrder = [
    'site    https://abc.execute-api.example',
    'DkimDNSTokenName1',
    'DkimDNSTokenName2',
    'DkimDNSTokenName3',
    'mail.papers.ada.dev                        MX     10 feedback-smtp.eu-central-1.amazonses.com',
    'TXT    "v=spf1 include:amazonses.com ~all"',
    '_dmarc.papers.ada.dev                      TXT    "v=DMARC1; p=none"',
    'Let https://papers.ada.dev lead to the stack',
    'https://eu-central-1.console.aws.amazon.com/ses/',
    'SUBSCRIBERS_TABLE=the-Tablessubscribers',
    'npm run paperboy -- doctor',
  ].map((words) => said.indexOf(words));
  expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
  expect(inOrder).not.toContain(-1);
});

test.each([[['--check']], [['--yes']]])('a file among the sources is refused: deploy %j', async (words) => {
  project.writes({ sources: [{ kind: 'file', path: 'papers.jsonl' }] });
  const { code, err } = await project.runs('deploy', words);
  expect(code).toBe(1);
  expect(err).toContain("sources.0: is the file papers.jsonl, which AWS Lambda can't read");
  expect(err).toContain('npm run paperboy -- papers import papers.jsonl');
  expect(made()).toEqual([]);
});

const CASES: [what: string, prepare: () => Record<string, string> | void, says: string][] = [
  [
    'no credentials',
    () => without('AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'),
    'No AWS credentials found. Log in (aws sso login',
  ],
  [
    'credentials that ran out',
    () => void (project.account.stranger = 'ExpiredToken'),
    'Your AWS credentials have expired. Log in again (aws sso login)',
  ],
  [
    'credentials that nobody knows',
    () => void (project.account.stranger = 'InvalidClientTokenId'),
    'AWS rejected your credentials in eu-central-1',
  ],
  [
    'no region',
    () => without('AWS_REGION'),
    'No AWS region is set. Add "region": "eu-central-1" to newsletter.json',
  ],
  [
    'another region than that of the settings',
    () => project.writes({ region: 'eu-west-1' }),
    'newsletter.json says region eu-west-1, but your environment says eu-central-1',
  ],
  [
    'a region by no such name',
    () => ({ ...project.account.environment, AWS_REGION: 'Frankfurt' }),
    '"Frankfurt" is not a valid AWS region. Examples: "eu-central-1" or "us-east-1". Check AWS_REGION or your AWS profile',
  ],
  [
    'no way to AWS',
    () => ({ ...project.account.environment, AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9' }),
    "Can't reach AWS in eu-central-1",
  ],
  [
    'a region that was never prepared for CDK',
    () => void (project.account.bootstrap = undefined),
    'npx cdk bootstrap aws://123456789012/eu-central-1 (or add --bootstrap)',
  ],
  [
    'one that an old CDK prepared',
    () => void (project.account.bootstrap = '4'),
    '(version 4, and 6 is needed)',
  ],
  [
    'the settings of the example',
    () => project.writes({ sender: { name: 'P', address: 'digest@papers.example.org' } }),
    'sender.address: papers.example.org is reserved for examples. Use a domain whose DNS you control',
  ],
  [
    'a certificate of another region than the environment names',
    () => project.writes({ domain: { certificate: 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b' } }),
    "domain.certificate: is in us-east-1, but must be in the stack's region, eu-central-1",
  ],
  [
    'no settings but the example',
    () => rmSync(join(project.folder, 'newsletter.json')),
    'There are no settings of your own yet. Copy the example and edit it: cp newsletter.example.json newsletter.json\n',
  ],
  [
    'wrong settings',
    () => project.writes({ site: 'http://papers.ada.dev' }),
    'newsletter.json has a problem:\n  site: must start with "https://"',
  ],
];

test.each(CASES)('with %s nothing is deployed, and a sentence says why', async (_, prepare, says) => {
  const { code, err } = await project.runs('deploy', ['--yes'], {
    env: prepare() ?? project.account.environment,
  });
  expect(code).toBe(1);
  expect(err).toContain(says);
  expect(err).not.toContain('    at ');
  expect(made()).toEqual([]);
});

test('a check deploys nothing, needs no account, and says what a deployment would stop at', async () => {
  const well = await project.runs('deploy', ['--check']);
  expect(well).toMatchObject({ code: 0, out: expect.stringContaining('prepared for CDK') });
  expect(well.out).toMatch(/^next weekly edition: Monday .+, papers of /m);
  project.writes({ postalAddress: '1 Example Street' });
  const nowhere = await project.runs('deploy', ['--check'], { env: {} });
  expect(nowhere.code).toBe(0);
  expect(nowhere.out).toContain('before you deploy: postalAddress: is the example');
  expect(nowhere.out).toContain('the account was not looked at. No AWS region is set');
  project.account.stranger = 'ExpiredToken';
  expect(await project.runs('deploy', ['--check'])).toMatchObject({ code: 1 });
  expect(made()).toEqual([]);
});

test('another stage has its own stack, and its own settings where they are', async () => {
  project.writes({ name: 'Trial' }, 'newsletter.trial.json');
  const { out, err } = await project.runs('deploy', ['--check', '--stage', 'trial']);
  expect(out).toContain('newsletter.trial.json: Trial, from digest@papers.ada.dev');
  expect(err).toContain('Paperboy-trial'); // which the synthesised folder doesn't have
  const wrong = await project.runs('deploy', ['--stage', 'My Stage']);
  expect(wrong.err).toBe(
    '"My Stage" is not a valid stage name. Use lower-case letters, digits and hyphens, such as "trial"\n',
  );
});

const answer = (code: string) => (host: string) =>
  host.startsWith('email.') ? Promise.reject(Object.assign(new Error(code), { code })) : Promise.resolve();

test('a region without what a newsletter needs is told from one where only the DNS is silent', async () => {
  expect(await missingIn('xx-nowhere-1', answer('ENOTFOUND'))).toEqual(['SES']);
  expect(await missingIn('xx-nowhere-1', answer('EAI_AGAIN'))).toEqual([]);
});

test('with its own domain the site needs no further step', () => {
  const outputs = { SiteAddress: 'https://papers.ada.dev', CliEnvironment: 'AWS_REGION=eu-central-1' };
  const domain = { zone: 'ada.dev', zoneId: 'Z0123456789ABCDEFGHIJ' };
  const place = { region: 'eu-central-1', account: '123456789012', stage: 'trial' };
  const said = nextSteps(outputs, { site: mine.site, sender: mine.sender as never, domain }, place);
  expect(said).not.toContain('lead to the stack');
  expect(said).toContain("1. Ask for a way out of SES's sandbox");
  expect(said).toMatch(/npm run paperboy -- doctor --stage trial$/);
});
