/** A world with both live sources, played by a site on this machine; long pauses are over at once. */
import { createServer } from 'node:http';
import type * as timers from 'node:timers/promises';
import * as papers from '../../lambdas/aws/papers';
import type { Paper } from '../../lambdas/core/paper';
import type { Ingested } from '../../lambdas/ingest-papers';
import type { ArxivPaper } from '../../local/arxiv-xml';
import type { FarEnd } from '../../local/far-end';
import { close, listen, readBody } from '../../local/loopback';
import { startPaperSites, type PaperSites, type Question } from '../../local/paper-sites';
import { freezeDate, startWorld, type World } from '../world';

/** Pauses of a second to a minute, in milliseconds, since the test began; longer ones are the time limits of handlers. */
export const pauses: number[] = [];
jest.mock('node:timers/promises', () => {
  const real = jest.requireActual<typeof timers>('node:timers/promises');
  const setTimeout: typeof real.setTimeout = (ms = 0, ...rest) => {
    if (ms < 1_000 || ms > 60_000) return real.setTimeout(ms, ...rest);
    pauses.push(ms);
    return real.setTimeout(0, ...rest);
  };
  return { ...real, setTimeout };
});

export const TOKEN = 'hf_never-to-be-seen';
export const MONDAY = '2025-03-17T12:00:00Z';

export let sites: PaperSites;
export let world: World;
/** What Secrets Manager was asked for. */
export const secretsAsked: unknown[] = [];

/** Secrets Manager as this machine has it, and the token beside the keys. */
async function startSecretsWithToken(keys: string): Promise<FarEnd> {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'secretsmanager.GetSecretValue',
  };
  const answerTo = async (question: string): Promise<string> => {
    secretsAsked.push(JSON.parse(question));
    if (question.includes('paperboy/hugging-face')) return JSON.stringify({ SecretString: `${TOKEN}\n` });
    return (await fetch(keys, { method: 'POST', headers, body: question })).text();
  };
  const server = createServer((request, response) => {
    readBody(request, 10_000)
      .then((body) => answerTo(String(body)))
      .then(
        (answer) => response.writeHead(200, headers).end(answer),
        () => response.destroy(),
      );
  });
  return { url: await listen(server), close: () => close(server) };
}

/** For the tests of a file: it is Monday before each of them, and the sites are empty and well. */
export function liveWorld(): void {
  let secrets: FarEnd;
  beforeAll(async () => {
    freezeDate(MONDAY);
    sites = await startPaperSites();
    const { url } = sites;
    world = await startWorld({
      newsletter: {
        sources: [
          { kind: 'arxiv', categories: ['cs.CV', 'cs.CL'], feedUrl: url, url },
          { kind: 'hugging-face', url, tokenSecret: 'paperboy/hugging-face' },
        ],
      },
    });
    secrets = await startSecretsWithToken(process.env['AWS_ENDPOINT_URL_SECRETS_MANAGER'] ?? '');
    process.env['AWS_ENDPOINT_URL_SECRETS_MANAGER'] = secrets.url;
  });
  afterAll(async () => {
    await world.close();
    await Promise.all([sites.close(), secrets.close()]);
  });
  beforeEach(() => {
    jest.setSystemTime(new Date(MONDAY));
    pauses.length = 0;
    sites.lists.clear();
    sites.feed = { day: '2025-03-17', papers: [] };
    sites.submissions = [];
    sites.fault = () => undefined;
    sites.questions.length = 0;
  });
}

export const ingest = async (event: object = {}): Promise<Ingested> =>
  (await world.machine.invoke('ingest-papers', event)) as Ingested;

const listed = () => papers.listed({ from: '2025-03-01', to: '2025-03-23' });
export const listedWith = async (text: string): Promise<Paper[]> =>
  (await listed()).filter(({ title }) => title.includes(text));
export const kept = async (id: string): Promise<Paper | undefined> =>
  (await listed()).find(({ paperId }) => paperId === id);

let numbers = 0;
/** An arXiv id that no other test of the file has. */
export const newId = (): string => `2503.${String((numbers += 1)).padStart(5, '0')}`;

/** As Hugging Face lists it. */
export const entry = (id: string, title: string, upvotes = 1, more: object = {}): object => ({
  paper: { id, title, summary: 'By the community.', authors: [{ name: 'Ada Lovelace' }], upvotes, ...more },
  numComments: 2,
});
/** As arXiv announces it. */
export const paper = (id: string, title: string, more: Partial<ArxivPaper> = {}): ArxivPaper => ({
  id: `${id}v1`,
  title,
  abstract: 'By arXiv.',
  authors: ['Alan Turing'],
  categories: ['cs.CL', 'cs.AI'],
  ...more,
});

export const asksList = ({ path }: Question): boolean => path === '/api/daily_papers';
export const asksFeed = ({ path }: Question): boolean => path.startsWith('/atom/');
export const asksApi = ({ path }: Question): boolean => path === '/api/query';
