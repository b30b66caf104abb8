/** The edge of the site: API Gateway's events in, pages and problems out. */
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { handle } from 'hono/aws-lambda';
import { bodyLimit } from 'hono/body-limit';
import { etag } from 'hono/etag';
import { secureHeaders } from 'hono/secure-headers';
import { Problem } from '../core/problem';
import type { Settings } from '../core/settings';
import { settings } from './environment';
import { logFault } from './log';
import { visitOf, wantsJson, type Answer, type Bindings, type Page, type Visit } from './visit';

const LARGEST_BODY = 10_000;

/** What every answer says: no script, no foreign style or picture, no frame, and no address of ours handed on with a link. */
const HEADERS: Parameters<typeof secureHeaders>[0] = {
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    imgSrc: [() => ['data:', ...logoSource(settings())].join(' ')],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
  },
  strictTransportSecurity: 'max-age=15552000', // our host alone: its neighbours are not ours to speak for
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
  permissionsPolicy: { camera: [], geolocation: [], microphone: [], payment: [], usb: [] },
};

/** The one picture of the operator's that pages show. In a policy, ";" and "," would end the word. */
function logoSource({ brand: { logo } }: Settings): string[] {
  if (!logo) return [];
  const { origin, pathname } = new URL(logo.url);
  return [`${origin}${pathname}`.replace(/[;,]/g, encodeURIComponent)];
}

/**
 * A handler for routes such as `'GET /unsubscribe/:token'` (which answers HEAD too). A known path with another method
 * answers 405, every other path 404. Faults become an error page or problem+json, and a line in the log. Scripts of the
 * given origins may post JSON and read the answer.
 */
export function web(
  problemPage: (problem: Problem) => Page,
  routes: Record<string, (visit: Visit) => Answer>,
  origins: () => readonly string[] = () => [],
) {
  const site = new Hono<Bindings>();
  site.use(
    allowScript,
    secureHeaders(HEADERS),
    bodyLimit({ maxSize: LARGEST_BODY, onError: () => fail(tooLarge) }),
  );
  site.use(crossOrigin(origins), sameAsBefore);
  const methods = new Map<string, string[]>();
  for (const [route, answer] of Object.entries(routes)) {
    const [method = '', path = ''] = route.split(' ');
    site.on(method, path, (context) => answer(visitOf(context)));
    methods.set(path, [...(methods.get(path) ?? []), method]);
  }
  for (const [path, allowed] of methods) site.all(path, () => fail(new NotAllowed(allowed)));
  site.notFound(() => fail(notFound));
  site.onError((error, context) => answerProblem(error, context, problemPage));
  return handle(site);
}

/** Our own script, and what it gets from us: on no page but those that ask for it. */
const allowScript: MiddlewareHandler<Bindings> = async (context, next) => {
  await next();
  const policy = context.res.headers.get('content-security-policy') ?? '';
  if (context.get('runsScript'))
    context.header('content-security-policy', `${policy}; script-src 'self'; connect-src 'self'`);
};

/** Who kept a copy of what may be kept, such as a feed, hears that it still holds (RFC 9110 §13.1.2). */
const sameAsBefore: MiddlewareHandler<Bindings> = async (context, next) => {
  await next();
  const { headers } = context.res;
  if (headers.get('cache-control')?.startsWith('public')) await etag()(context, async () => {});
};

/**
 * CORS for JSON, without credentials; to everybody else not a word of it. A browser asks first, as JSON is none of the types
 * that a plain form can send: https://fetch.spec.whatwg.org/#http-cors-protocol
 */
const crossOrigin =
  (origins: () => readonly string[]): MiddlewareHandler<Bindings> =>
  async (context, next) => {
    const origin = context.req.header('origin') ?? '';
    if (!origins().includes(origin)) return next();
    const asksFirst = context.req.method === 'OPTIONS';
    if (asksFirst) context.res = new Response(null, { status: 204, headers: PREFLIGHT });
    else await next();
    if (!asksFirst && !wantsJson(context)) return;
    context.header('access-control-allow-origin', origin);
    context.header('vary', 'Origin', { append: true });
  };

/** Seconds that a browser may go by this answer: as long as any does. */
const PREFLIGHT = {
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': 'content-type',
  'access-control-max-age': '7200',
};

const fail = (problem: Problem): never => {
  throw problem;
};

class NotAllowed extends Problem {
  constructor(readonly methods: readonly string[]) {
    super(405, 'That does not work here', `This address answers ${methods.join(' and ')} only.`);
  }
}

const tooLarge = new Problem(413, 'That was too much', `A form may have ${LARGEST_BODY} bytes at most.`);
export const notFound = new Problem(
  404,
  'There is no such page',
  'Check the address, or start at the front page.',
);
const ours = new Problem(500, 'Something went wrong on our side', 'Please try again in a minute.');

function answerProblem(
  error: Error,
  context: Context<Bindings>,
  problemPage: (problem: Problem) => Page,
): Answer {
  const problem = error instanceof Problem ? error : ours;
  if (problem === ours) logFault('request.failed', error, { route: context.req.routePath });
  const { title, detail, fields } = problem;
  const status = problem.status as 400; // Hono's type wants one literal
  context.header('cache-control', 'no-store');
  if (problem instanceof NotAllowed) context.header('allow', problem.methods.join(', '));
  if (!wantsJson(context)) return context.html(problemPage(problem), status);
  const body = { title, status, detail, ...(fields.length && { errors: fields }) };
  return context.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json' });
}
