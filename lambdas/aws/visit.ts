/** One request to the site, as a handler sees it: what the visitor sent, checked, and the ways to answer. */
import type { Context } from 'hono';
import type { LambdaEvent } from 'hono/aws-lambda';
import type * as z from 'zod/mini';
import { english } from '../core/english';
import { neighbourhoodOf, networkOf } from '../core/network';
import { Problem } from '../core/problem';
import { parseUrl } from '../core/url';

/** Characters: a domain name has 253 at most. */
const LONGEST_ORIGIN = 270;

/** What API Gateway hands over beside the request itself. */
export type Bindings = { Bindings: { event: LambdaEvent }; Variables: { runsScript?: boolean } };
export type Answer = Response | Promise<Response>;
/** A rendered page; templates make them. */
export type Page = string;
export type Visit = ReturnType<typeof visitOf>;

const unreadable = new Problem(400, 'The form could not be read', 'Send it again, as UTF-8.');
const unsupported = new Problem(
  415,
  'This kind of content is not understood',
  'Send a form (application/x-www-form-urlencoded or multipart/form-data) or application/json, uncompressed, as UTF-8.',
);

export function visitOf(context: Context<Bindings>) {
  const { req } = context;
  return {
    now: new Date(),

    /** The visitor's network as API Gateway saw it; no header that a visitor writes can change it. */
    network: (): string => networkOf(addressOf(context)),

    /** Where the visitor's word came from, for the consent record: JSON, a foreign form, or else the path given here. */
    cameFrom: (path: string): { form: string; network: string } => ({
      form: wantsJson(context) ? 'json' : (foreignForm(context) ?? path),
      network: neighbourhoodOf(addressOf(context)),
    }),

    wantsJson: () => wantsJson(context),

    /** A part of the path, such as a token. */
    part: (name: string): string => trimmed(req.param(name) ?? ''),

    /** A parameter behind the "?"; given twice, it is refused. */
    query: (name: string): string => {
      const values = req.queries(name) ?? [];
      if (values.length > 1) throw new Problem(400, 'The address could not be read', `Give "${name}" once.`);
      return trimmed(values[0] ?? '');
    },

    /** What a visitor typed behind the "?", untouched, as often as it is there. */
    typed: (name: string): string[] => req.queries(name) ?? [],

    /** The fields of a form or of JSON, checked; throws a Problem that names each wrong field. */
    form: async <Shape extends z.ZodMiniType>(shape: Shape): Promise<z.infer<Shape>> => {
      const given = await fieldsOf(context);
      const read = shape.safeParse(given, { error: english });
      if (read.success) return read.data;
      const fields = read.error.issues.map(({ path, message }) => ({
        field: path.join('.') || 'form',
        message,
      }));
      throw new Problem(
        400,
        'Please check what you wrote',
        fields.map(({ message }) => message).join(' '),
        fields,
        typeof given === 'object' ? { ...given } : {},
      );
    },

    /** Of this there is a page and JSON; the JSON is for everybody, so scripts of other sites may read it. */
    inTwoForms: (): void => {
      context.header('vary', 'Accept');
      if (wantsJson(context)) context.header('access-control-allow-origin', '*');
    },

    /** The page to come has a script of our own, which the policy in its header must allow (http.ts). */
    runsScript: (): void => context.set('runsScript', true),

    html: (status: 200 | 202 | 400 | 404, page: Page, cacheControl = 'no-store'): Answer =>
      context.html(page, status, { 'cache-control': cacheControl }),

    /** On to a page of somebody else, with a GET (RFC 9110 §15.4.4). Only to one that the operator listed. */
    sendOn: (url: string): Answer => {
      context.header('cache-control', 'no-store');
      return context.redirect(url, 303);
    },

    json: (status: 200 | 202, body: object, cacheControl = 'no-store'): Answer =>
      context.json(body, status, { 'cache-control': cacheControl }),

    /** A file of JSON for the visitor to keep. */
    file: (name: string, body: object): Answer =>
      context.body(`${JSON.stringify(body, null, 2)}\n`, 200, {
        'content-type': 'application/json',
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'no-store',
      }),

    /** What is no page and the same for everybody: a style sheet, a feed. */
    text: (contentType: string, text: string, cacheControl: string): Answer =>
      context.body(text, 200, {
        'content-type': `${contentType}; charset=utf-8`,
        'cache-control': cacheControl,
      }),
  };
}

/** The visitor's address as API Gateway saw it. */
function addressOf({ env }: Context<Bindings>): string {
  const { requestContext } = env.event;
  return 'http' in requestContext ? requestContext.http.sourceIp : 'unknown';
}

/** The site whose form it was, as the browser says; for our own pages, which hand on no referrer, it says "null". */
function foreignForm({ req }: Context): string | undefined {
  const origin = req.header('origin') ?? '';
  const url = origin.length <= LONGEST_ORIGIN ? parseUrl(origin) : undefined;
  return url && /^https?:$/.test(url.protocol) && url.origin === origin ? origin : undefined;
}

/** Whether a program asks, by what it sends or by what it accepts. */
export function wantsJson({ req }: Context): boolean {
  const sends = req.method === 'GET' ? '' : mediaType(req.header('content-type')); // a GET sends nothing
  return sends === 'application/json' || /json/.test(req.header('accept') ?? '');
}

/** Mail programs glue punctuation to the end of a link; it belongs to no token of ours. */
const trimmed = (text: string): string => text.replace(/[^\w-]+$/, '');

const mediaType = (contentType = ''): string => contentType.split(';')[0]?.trim().toLowerCase() ?? '';

async function fieldsOf({ req }: Context): Promise<unknown> {
  const contentType = req.header('content-type');
  const charset = /charset=["']?([^"';\s]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  if (req.header('content-encoding') || !/^(utf-8|us-ascii)$/i.test(charset)) throw unsupported;
  try {
    switch (mediaType(contentType)) {
      case 'application/json':
        return await req.json<unknown>();
      case 'application/x-www-form-urlencoded':
      case 'multipart/form-data': // a repeated field becomes a list, which no field of ours accepts
        return { ...(await req.parseBody({ all: true })) };
      default:
        throw unsupported;
    }
  } catch (error) {
    throw error instanceof Problem ? error : unreadable;
  }
}
