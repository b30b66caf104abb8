/** The edge of the site: API Gateway's events in, pages and problems out. */
import { Hono, type Context } from 'hono';
import { handle } from 'hono/aws-lambda';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { Problem } from '../core/problem';
import { logFault } from './log';
import { visitOf, wantsJson, type Answer, type Bindings, type Page, type Visit } from './visit';

const LARGEST_BODY = 10_000;

/** What every answer says: no script, no foreign style, no frame, and no address of ours handed on with a link. */
const HEADERS = {
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
  },
  strictTransportSecurity: 'max-age=15552000', // our host alone: its neighbours are not ours to speak for
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
};

/**
 * A handler for routes such as `'GET /unsubscribe/:token'` (which answers HEAD too). A known path with another method
 * answers 405, every other path 404. Faults become an error page or problem+json, and a line in the log.
 */
export function web(
  problemPage: (problem: Problem) => Page,
  routes: Record<string, (visit: Visit) => Answer>,
) {
  const site = new Hono<Bindings>();
  site.use(secureHeaders(HEADERS), bodyLimit({ maxSize: LARGEST_BODY, onError: () => fail(tooLarge) }));
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

const fail = (problem: Problem): never => {
  throw problem;
};

class NotAllowed extends Problem {
  constructor(readonly methods: readonly string[]) {
    super(405, 'That does not work here', `This address answers ${methods.join(' and ')} only.`);
  }
}

const tooLarge = new Problem(413, 'That was too much', `A form may have ${LARGEST_BODY} bytes at most.`);
const notFound = new Problem(404, 'There is no such page', 'Check the address, or start at the front page.');
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
