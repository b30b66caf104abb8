/** Every page of the site, as a visitor or a reader gets it. */
import { sign, type Purpose } from '../lambdas/core/identity';
import { SAMPLE } from '../local/journey';
import { startWorld, type Answered, type World } from './world';

export interface Shown extends Answered {
  what: string;
  /** Of the request that it answers; of a form, its own address. */
  path: string;
  /** Whether it is the same for everybody. */
  isPublic: boolean;
}

/** With letters in its address that mean something else in a policy. */
export const LOGO = { url: 'https://pictures.example.org/our;logo,2.png', alt: 'Lab Notes' };

/** With papers from real life, as many as an edition may have, and a brand of the operator's own. */
export async function startWorldOfPages(): Promise<World> {
  const world = await startWorld({
    newsletter: {
      cadences: {
        weekly: { cron: '0 7 ? * MON *', papers: 50 },
        monthly: { cron: '0 7 1 * ? *', papers: 15 },
      },
      sources: [{ kind: 'file', path: SAMPLE }],
      leaving: { goodbye: true },
      brand: { logo: LOGO, footer: 'Lab Notes is made by a reading group, for free.' },
    },
  });
  await world.machine.invoke('ingest-papers', {});
  for (const name of ['ada', 'grace']) await world.reader(`${name}@example.org`);
  await world.subscribes('alan@example.org');
  await world.sendsEdition('2025-W11');
  return world;
}

const SEARCHES = ['video diffusion', '"chain of thought"', 'sparse attention', 'author:"Li Ming"', 'speech'];

/** In the order of a reader's life: each is asked for once, since some change what others show. */
export async function everyPage(world: World): Promise<Shown[]> {
  const keys = await world.keys();
  const token = async (purpose: Purpose, name: string, at?: Date): Promise<string> =>
    sign(keys, purpose, await world.idOf(`${name}@example.org`), at);
  const shown: Shown[] = [];
  const opens = async (what: string, path: string, isPublic = false): Promise<void> => {
    shown.push({ what, path, isPublic, ...(await world.opens(path)) });
  };
  const posts = async (what: string, path: string, fields: Record<string, string>): Promise<string> => {
    const answer = await world.posts(path, fields);
    shown.push({ what, path, isPublic: false, ...answer });
    return answer.text;
  };

  await opens('the front page', '/', true);
  await opens('a search', '/?q=model', true);
  await opens('a search that finds nothing', '/?q=teapots', true);
  await opens('a search that was not understood', '/?q=!!!');
  await opens('past editions', '/editions', true);
  await opens('an edition', '/editions/weekly-2025-W11', true);
  await opens('about and privacy', '/about', true);
  await opens('a page that is not there', '/nowhere');
  await opens('an address that takes forms only', '/subscribe');
  await posts('check your inbox', '/subscribe', { email: 'new@example.org' });
  await posts('a form that was filled in wrongly', '/subscribe', { email: 'nobody' });

  const confirming = await token('confirm', 'alan', new Date());
  await opens('the page to confirm', `/confirm?token=${confirming}`);
  await opens('a link that is too old', '/confirm?token=old');
  await posts('the welcome', '/confirm', { token: confirming });
  await world.subscribes('ada@example.org', { search: 'graph of thoughts' });
  const wishing = await token('confirm', 'ada', new Date());
  await opens('the page to confirm a search', `/confirm?token=${wishing}`);
  await posts('a search that is confirmed', '/confirm', { token: wishing });

  const preferring = await token('preferences', 'ada');
  await opens('preferences', `/preferences?token=${preferring}`);
  await opens('preferences without a link', '/preferences');
  await posts('preferences with five searches', '/preferences', {
    token: preferring,
    do: 'save',
    cadence: 'weekly',
    locale: 'de',
    zone: 'Europe/Berlin',
    ...Object.fromEntries(SEARCHES.map((search, n) => [`search${n + 1}`, search])),
  });
  await posts('preferences with a search that is wrong', '/preferences', {
    token: preferring,
    do: 'save',
    cadence: 'weekly',
    locale: 'de',
    zone: '',
    search1: '!!!',
  });
  await posts('preferences in a pause', '/preferences/pause', { token: preferring, weeks: '2' });
  await posts('a fresh link', '/preferences/link', { email: 'ada@example.org' });
  await posts('another address', '/preferences/address', { token: preferring, email: 'moved@example.org' });
  const move = {
    token: await token('change-address', 'moved', new Date()),
    from: await world.idOf('ada@example.org'),
  };
  await opens('the page to move', `/preferences/move?${new URLSearchParams(move).toString()}`);
  await posts('a move that is done', '/preferences/move', move);
  await opens('a move that is over', `/preferences/move?token=old&from=old`);
  const moved = await token('preferences', 'moved');
  await posts('are you sure?', '/preferences/erase', { token: moved });
  await posts('erased', '/preferences/erase', { token: await token('erase', 'moved', new Date()) });
  await opens('preferences of who is erased', `/preferences?token=${moved}`);

  const leaving = await token('unsubscribe', 'grace');
  await opens('the page to leave', `/unsubscribe/${leaving}`);
  await opens('a broken link', '/unsubscribe/broken');
  const goodbye = await posts('goodbye', `/unsubscribe/${leaving}`, {});
  const departure = /action="\/unsubscribe\/([^/"]+)\/reason"/.exec(goodbye)?.[1] ?? '';
  await posts('thank you', `/unsubscribe/${departure}/reason`, { reason: 'too-often' });
  await opens('preferences of who left', `/preferences?token=${await token('preferences', 'grace')}`);
  await opens('changed your mind?', `/unsubscribe/${departure}/undo`);
  await posts('welcome back', `/unsubscribe/${departure}/undo`, {});
  await posts('an undo that is too late', '/unsubscribe/broken/undo', {});
  await world.machine.idle();
  return shown;
}
