/** The sites that papers come from, on this machine: Hugging Face's API, arXiv's feed and its API; with faults on demand. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { Day } from '../lambdas/core/calendar';
import { type ArxivPaper, complaintXml, feedXml, queryXml } from './arxiv-xml';
import type { FarEnd } from './far-end';
import { close, listen } from './loopback';

export interface Question {
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** 1 for the first question since the start. */
  count: number;
}

/** An answer of one's own; none at all; one that breaks off; or one of megabytes without end in sight. */
export type SiteFault =
  { status: number; headers?: Record<string, string>; body?: string | Buffer } | 'silence' | 'cut' | 'flood';

export interface PaperSites extends FarEnd {
  /** Entries as the Hugging Face API lists them. */
  lists: Map<Day, unknown[]>;
  /** What arXiv announced last. */
  feed: { day: Day; papers: ArxivPaper[] };
  /** What arXiv's API knows. */
  submissions: ArxivPaper[];
  fault: (question: Question) => SiteFault | undefined;
  questions: Question[];
  /** Connections that were opened so far. */
  connections: number;
}

/** Bytes of a flood. */
const FLOOD = 50_000_000;

export async function startPaperSites(): Promise<PaperSites> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const { headers } = request;
    const question = { path: pathname, query: searchParams, headers, count: sites.questions.length + 1 };
    sites.questions.push(question);
    const fault = sites.fault(question);
    if (fault) fail(response, fault);
    else answer(sites, question, response);
  });
  server.on('connection', () => (sites.connections += 1));
  const url = await listen(server);
  const sites: PaperSites = {
    url,
    lists: new Map(),
    feed: { day: '1970-01-01', papers: [] },
    submissions: [],
    fault: () => undefined,
    questions: [],
    connections: 0,
    close: () => close(server),
  };
  return sites;
}

function fail(response: ServerResponse, fault: SiteFault): void {
  if (fault === 'silence') return;
  if (fault === 'cut') {
    response.writeHead(200, { 'content-length': 1_000 }).write('[{"paper":');
    setImmediate(() => response.destroy());
  } else if (fault === 'flood') {
    response.writeHead(200);
    const megabyte = Buffer.alloc(1_000_000, ' ');
    let left = FLOOD / megabyte.length;
    const pour = (): void => {
      while (left > 0 && !response.destroyed) if ((left--, !response.write(megabyte))) return;
      response.end();
    };
    response.on('drain', pour);
    pour();
  } else {
    response.writeHead(fault.status, fault.headers).end(fault.body);
  }
}

function answer(sites: PaperSites, question: Question, response: ServerResponse): void {
  const xml = { 'content-type': 'application/atom+xml; charset=utf-8' };
  if (question.path === '/api/daily_papers') return listPage(sites, question, response);
  if (question.path.startsWith('/atom/')) {
    const { day, papers } = sites.feed;
    response.writeHead(200, xml).end(feedXml(day, papers));
  } else if (question.path === '/api/query') {
    const [status, body] = queryAnswer(sites.submissions, question.query);
    response.writeHead(status, xml).end(body);
  } else {
    response.writeHead(404).end();
  }
}

function listPage(sites: PaperSites, { query }: Question, response: ServerResponse): void {
  const date = query.get('date') ?? '';
  const limit = Number(query.get('limit'));
  const page = Number(query.get('p'));
  const json = { 'content-type': 'application/json; charset=utf-8' };
  if (date > new Date().toISOString().slice(0, 10)) {
    response.writeHead(400, json).end('{"error":"Invalid date"}');
    return;
  }
  const all = sites.lists.get(date) ?? [];
  const next = `${sites.url}/api/daily_papers?date=${date}&limit=${limit}&p=${page + 1}`;
  const link = all.length > (page + 1) * limit ? { link: `<${next}>; rel="next"` } : {};
  response
    .writeHead(200, { ...json, ...link })
    .end(JSON.stringify(all.slice(page * limit, (page + 1) * limit)));
}

/** As far as `(cat:a OR cat:b) AND submittedDate:[from TO to]` goes. */
function queryAnswer(all: readonly ArxivPaper[], query: URLSearchParams): [status: number, xml: string] {
  const search = query.get('search_query') ?? '';
  const [, from, to] = /submittedDate:\[(\d{12}) TO (\d{12})\]/.exec(search) ?? [];
  if (!from || !to) return [400, complaintXml('incorrect query')];
  const categories = new Set([...search.matchAll(/cat:([\w.*-]+)/g)].map(([, name]) => name));
  const found = all
    .filter((paper) => paper.categories.some((name) => categories.has(name)))
    .filter(({ submittedAt = '' }) => inMinutes(submittedAt) >= from && inMinutes(submittedAt) <= to)
    .toSorted((a, b) => ((a.submittedAt ?? '') < (b.submittedAt ?? '') ? -1 : 1));
  const [start, size] = [Number(query.get('start')), Number(query.get('max_results'))];
  return [200, queryXml(found.length, start, found.slice(start, start + size))];
}

const inMinutes = (moment: string): string => moment.replace(/\D/g, '').slice(0, 12);
