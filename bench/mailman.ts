/** Mailman 3 with a list of its own in a temporary folder: its outgoing runner writes one post to every member. */
import { execFile } from 'node:child_process';
import { existsSync, realpathSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Skeleton } from '../lambdas/core/edition';
import { fill } from '../templates/slots';
import { canPin } from './processes';
import { SENDER_CORE } from './stage';

export const MEMBERS = 500;
const LIST = 'digest@lists.example.org';

export interface Mailman {
  /** Sends the post to all members; processor time of the outgoing runner for each, in milliseconds, without its start. */
  post: () => Promise<number>;
}

/** Nothing where Mailman 3 is not on the PATH, which is printed. */
export async function setMailman(skeleton: Skeleton, smtpPort: number): Promise<Mailman | undefined> {
  const commands = installed();
  if (!commands) {
    console.log('  Mailman 3 is not installed here: left out');
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  await writeFolder(
    folder,
    fill(skeleton, { to: LIST, 'one-click': 'token', unsubscribe: 'token', preferences: 'token' }),
    smtpPort,
  );
  const config = ['-C', join(folder, 'mailman.cfg')];
  // Mailman refuses the superuser unless told that it is meant: it touches nothing but the folder here
  const mailman = [commands.mailman, ...(process.getuid?.() === 0 ? ['--run-as-root'] : []), ...config];
  const runner = (queue: string) => run(folder, [commands.runner, ...config, '--once', '--runner', queue]);
  await run(folder, [...mailman, 'shell', '--run', 'bench_list.make']);
  return {
    async post() {
      const start = await runner('out');
      await run(folder, [...mailman, 'inject', '--queue', 'pipeline', '--filename', 'post.eml', LIST]);
      await runner('pipeline');
      return ((await runner('out')) - start) / MEMBERS;
    },
  };
}

/** The commands as Debian's package and pip leave them: `runner` beside what `mailman` on the PATH links to. */
function installed(): { mailman: string; runner: string } | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const mailman = folders.map((folder) => join(folder, 'mailman')).find(existsSync);
  const runner = mailman && join(dirname(realpathSync(mailman)), 'runner');
  return runner && existsSync(runner) ? { mailman, runner } : undefined;
}

async function writeFolder(folder: string, post: string, smtpPort: number): Promise<void> {
  const templates = join(folder, 'var/templates/site/en');
  await mkdir(templates, { recursive: true });
  await Promise.all([
    writeFile(join(folder, 'mailman.cfg'), configuration(smtpPort)),
    writeFile(join(folder, 'bench_list.py'), MAKE_LIST),
    writeFile(join(folder, 'post.eml'), post),
    writeFile(join(templates, 'list:member:regular:header.txt'), 'For $user_name_or_address\n'),
    writeFile(join(templates, 'list:member:regular:footer.txt'), FOOTER),
  ]);
}

/** Sqlite is Mailman's own default. */
const configuration = (smtpPort: number): string => `[mta]
incoming: mailman.mta.null.NullMTA
smtp_host: 127.0.0.1
smtp_port: ${smtpPort}
verp_personalized_deliveries: yes
`;

const FOOTER = 'To leave: https://lists.example.org/leave?address=$user_delivered_to\n';

const MAKE_LIST = `
from mailman.app.lifecycle import create_list
from mailman.app.membership import add_member
from mailman.interfaces.domain import IDomainManager
from mailman.interfaces.languages import ILanguageManager
from mailman.interfaces.mailinglist import Personalization
from mailman.interfaces.member import DeliveryMode
from mailman.interfaces.subscriptions import RequestRecord
from zope.component import getUtility

def make():
    getUtility(IDomainManager).add('${LIST.split('@')[1]}')
    digest = create_list('${LIST}')
    digest.personalize = Personalization.full
    digest.send_welcome_message = False
    english = getUtility(ILanguageManager)['en']
    for n in range(${MEMBERS}):
        add_member(digest, RequestRecord(f'reader{n}@example.org', '', DeliveryMode.regular, english))
`;

const MINUTES = 60_000;

/** Runs a command on the sender's core; its user and system time in milliseconds, as the shell counts them. */
async function run(folder: string, command: readonly string[]): Promise<number> {
  const pinned = canPin ? ['taskset', '-c', String(SENDER_CORE), ...command] : command;
  try {
    const { stdout } = await promisify(execFile)('sh', ['-c', '"$@" && times', 'sh', ...pinned], {
      cwd: folder,
      env: { ...process.env, LC_ALL: 'C', MAILMAN_VAR_DIR: join(folder, 'var'), PYTHONPATH: folder },
      timeout: 5 * MINUTES,
    });
    return millisecondsOf(stdout);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Can't run Mailman 3 (to measure without it, take it off the PATH): ${why}`, { cause });
  }
}

/** `times` (POSIX) ends with a line for the shell's children: `0m2.631s 0m0.231s`. */
function millisecondsOf(printed: string): number {
  const spent = [...(printed.trimEnd().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  if (spent.length !== 2) throw new Error(`the shell's times can't be read: ${printed}`);
  return spent.reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * MINUTES + Number(seconds) * 1000,
    0,
  );
}
