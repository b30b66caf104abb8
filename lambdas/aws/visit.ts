/** One request to the site, as a handler sees it: what the visitor sent, checked, and the ways to answer. */
import type { Context } from 'hono';
import type { LambdaEvent } from 'hono/aws-lambda';
import type * as z from 'zod';
import { networkOf } from '../core/network';
import { Problem } from '../core/problem';

/** What API Gateway hands over beside the request itself. */
export type Bindings = { Bindings: { event: LambdaEvent } };
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
    network: (): string => {
      const { requestContext } = context.env.event;
      return networkOf('http' in requestContext ? requestContext.http.sourceIp : 'unknown');
    },

    wantsJson: () => wantsJson(context),

    /** A part of the path, such as a token. */
    part: (name: string): string => trimmed(req.param(name) ?? ''),

    /** A parameter behind the "?"; given twice, it is refused. */
    query: (name: string): string => {
      const values = req.queries(name) ?? [];
      if (values.length > 1) throw new Problem(400, 'The address could not be read', `Give "${name}" once.`);
      return trimmed(values[0] ?? '');
    },

    /** The fields of a form or of JSON, checked; throws a Problem that names each wrong field. */
    form: async <Shape extends z.ZodType>(shape: Shape): Promise<z.infer<Shape>> => {
      const read = shape.safeParse(await fieldsOf(context));
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
      );
    },

    html: (status: 200 | 202 | 404, page: Page, cacheControl = 'no-store'): Answer =>
      context.html(page, status, { 'cache-control': cacheControl }),

    json: (status: 200 | 202, body: object): Answer =>
      context.json(body, status, { 'cache-control': 'no-store' }),

    css: (text: string): Answer =>
      context.body(text, 200, {
        'content-type': 'text/css; charset=utf-8',
        'cache-control': 'public, max-age=86400',
      }),
  };
}

/** Whether a program asks, by what it sends or by what it accepts. */
export function wantsJson({ req }: Context): boolean {
  return (
    mediaType(req.header('content-type')) === 'application/json' || /json/.test(req.header('accept') ?? '')
  );
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
