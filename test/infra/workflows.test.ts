/** The workflows of GitHub Actions and their role: what they run is pinned, what they may is little, and no key is stored. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import role from '../../infra/github-role.json';
import { scripts } from '../../package.json';

const FOLDER = join(__dirname, '..', '..', '.github', 'workflows');
const workflows = readdirSync(FOLDER).map((file) => ({
  file,
  text: readFileSync(join(FOLDER, file), 'utf8'),
}));
const deploy = workflows.find(({ file }) => file === 'deploy.yml')?.text ?? '';

/** A job's lines, by its name: these files are indented by twos, and nothing else stands at the jobs' depth. */
function jobsOf(text: string): Record<string, string> {
  const [, jobs = ''] = text.split(/^jobs:\n/m);
  const parts = jobs.split(/^ {2}(\w+):\n/m).slice(1);
  return Object.fromEntries(parts.flatMap((name, n) => (n % 2 === 0 ? [[name, parts[n + 1] ?? '']] : [])));
}

const permissionsOf = (job: string): string[] =>
  (/^ {4}permissions:\n((?: {6}.*\n)+)/m.exec(job)?.[1] ?? '').trim().split(/\n\s*/);

test.each(workflows)('$file runs actions by their commit, each with its version beside it', ({ text }) => {
  const uses = [...text.matchAll(/uses: (.*)/g)].map(([, action = '']) => action);
  expect(uses.length).toBeGreaterThan(0);
  for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test.each(workflows)('$file knows no secret', ({ text }) => {
  expect(text).not.toMatch(/secrets\.|AWS_ACCESS_KEY|AWS_SECRET/);
});

test.each(workflows)('$file may do nothing but what a job is given', ({ text }) => {
  expect(text).toMatch(/^permissions: \{\}$/m);
  for (const [name, job] of Object.entries(jobsOf(text))) {
    const proving = name === 'deploy' ? ['id-token: write'] : [];
    expect([name, permissionsOf(job)]).toEqual([name, ['contents: read', ...proving]]);
    expect(job).toContain('persist-credentials: false');
    expect(job).toMatch(/timeout-minutes: \d+/);
  }
});

const commands = (text: string) => [...text.matchAll(/run: (.*)/g)].map(([, command]) => command);

test('two deployments of a stage are never under way at once, and none is cut short', () => {
  expect(deploy).toMatch(/^concurrency:\n {2}group: deploy-.*\n {2}cancel-in-progress: false$/m);
});

const settings = `if [ -n "$SETTINGS" ]; then printf '%s\\n' "$SETTINGS" > newsletter.json; fi`;

test('settings come from a variable, which is none of those that the code reads', () => {
  const sources = [...deploy.matchAll(/^ {10}SETTINGS: (.*)$/gm)].map(([, source]) => source);
  expect(new Set(sources).size).toBe(1);
  expect(sources).toHaveLength(2);
  expect(sources[0]).toContain('vars.NEWSLETTER }}');
  expect(deploy).not.toMatch(/^ *NEWSLETTER:/m);
});

test('what is deployed passed the tests and was looked at, by commands that there are', () => {
  const { check = '', deploy: job = '' } = jobsOf(deploy);
  expect(commands(check).slice(1)).toEqual([
    'npm ci --ignore-scripts',
    'npm test',
    settings,
    'npm run deploy -- --check --stage "$STAGE"',
  ]);
  expect(job).toContain('needs: check');
  expect(commands(job)).toEqual([
    'npm ci --ignore-scripts',
    settings,
    'npm run deploy -- --yes --stage "$STAGE"',
  ]);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['check', 'deploy', 'destroy']));
});

test('only the environment of one repository takes the role, and passes on to the roles of CDK alone', () => {
  const { AssumeRolePolicyDocument, Policies } = role.Resources.Role.Properties;
  const [trust, ...others] = AssumeRolePolicyDocument.Statement;
  expect(others).toEqual([]);
  expect(trust?.Condition).toEqual({
    StringEquals: {
      'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
      'token.actions.githubusercontent.com:sub': {
        'Fn::Sub': 'repo:${Repository}:environment:${Environment}',
      },
    },
  });
  expect(/environment: (\w+)/.exec(deploy)?.[1]).toBe(role.Parameters.Environment.Default);
  expect(Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)).toEqual([
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Resource: {
        'Fn::Sub': expect.stringMatching(
          /:role\/cdk-hnb659fds-\*-role-\$\{AWS::AccountId\}-\$\{AWS::Region\}$/,
        ),
      },
    },
  ]);
});
