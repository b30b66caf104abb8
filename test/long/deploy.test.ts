/** What else becomes of `npm run deploy` and `npm run destroy`, by the pinned CDK against an account on this machine. */
import { type Project, startProject } from '../cli/project';

let project: Project;
beforeEach(async () => {
  project = await startProject();
});
afterEach(() => project.close());

const made = (): string[] => project.account.calls.filter((call) => call.startsWith('Execute'));

test('who may only pass on to the roles of CDK deploys as well: a role of GitHub, say', async () => {
  project.account.passesOn = true;
  expect(await project.runs('deploy', ['--yes'])).toMatchObject({ code: 0 });
  expect(made()).toEqual(['ExecuteChangeSet Paperboy']);
});

test('a region is prepared for CDK first, where the operator says so', async () => {
  project.account.bootstrap = undefined;
  const { code } = await project.runs('deploy', ['--yes', '--bootstrap']);
  expect(code).toBe(0);
  expect(made()).toEqual(['ExecuteChangeSet CDKToolkit', 'ExecuteChangeSet Paperboy']);
});

test('what CloudFormation refuses is passed on, and the end is no success', async () => {
  project.account.failure = 'papers.ada.dev already exists';
  const { code, out, err } = await project.runs('deploy', ['--yes']);
  expect(code).toBe(1);
  expect(err).toContain('papers.ada.dev already exists');
  expect(err).toContain('cdk deploy failed (its exit code is 1): what it says stands above');
  expect(out).not.toContain('Deployed to');
});

test('without --yes nobody but a person at a terminal agrees to new rights', async () => {
  const { code, err } = await project.runs('deploy', []);
  expect([code, made()]).toEqual([1, []]);
  expect(err).toContain('cdk deploy failed');
});

test('who types the name of the stage means it: the stack goes', async () => {
  project.account.stacks.add('Paperboy');
  const { code, out } = await project.runs('destroy', ['--without-export'], { typed: 'prod\n' });
  expect([code, project.account.stacks.has('Paperboy')]).toEqual([0, false]);
  expect(out).toContain('The name of the stage to take away: ');
});
