/** What every page of the inbox shares: the shell, the stylesheet, and what a browser may do on it. */
import { html, raw } from 'hono/html';

export interface Page {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

export type Html = ReturnType<typeof html>;

const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** A whole page; the title is text, the content is escaped already. */
export async function shown(status: number, title: string, content: Html): Promise<Page> {
  const page = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        ${content}
      </body>
    </html>`;
  return { status, headers: headersOf('text/html', PAGE_POLICY), body: page.toString() };
}

export function failed(status: number, title: string, reason: string): Promise<Page> {
  const content = html`<h1>${title}</h1>
    <p>${reason}</p>
    <p><a href="/">Go to the inbox</a></p>`;
  return shown(status, title, content);
}

export const missing = (reason: string): Promise<Page> => failed(404, 'Not found', reason);

export const headersOf = (type: 'text/html' | 'text/plain', policy: string): Record<string, string> => ({
  'content-type': `${type}; charset=utf-8`,
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
});

const style = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf8; --card: #ffffff; --ink: #1d1d1f; --soft: #66666c; --line: #e4e2dd; --link: #0b57a4;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #151618; --card: #1d1f22; --ink: #ececee; --soft: #a0a3a9; --line: #33363b; --link: #8ab8f0; }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem 1rem 4rem; max-width: 60rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  overflow-wrap: anywhere;
}
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, input:focus-visible, button:focus-visible, summary:focus-visible {
  outline: 2px solid var(--link); outline-offset: 2px;
}
h1 { margin: 0 0 .25rem; font-size: 1.6rem; line-height: 1.25; }
h1 a { color: inherit; text-decoration: none; }
p { margin: .25rem 0 1rem; }
.soft { color: var(--soft); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: 1.25rem 0; }
input, button {
  font: inherit; color: inherit; padding: .45rem .75rem; border: 1px solid var(--line); border-radius: .5rem;
  background: var(--card);
}
input { flex: 1 1 14rem; min-width: 0; }
button { cursor: pointer; }
ol { list-style: none; margin: 0; padding: 0; }
li { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; padding: .7rem 1rem; }
li + li { border-top: 1px solid var(--line); }
li .subject { color: inherit; font-weight: 600; text-decoration: none; }
li .subject:hover { color: var(--link); text-decoration: underline; }
li .to, li time { font-size: .875rem; color: var(--soft); }
li .to { grid-row: 2; }
li .to a { color: inherit; text-decoration: none; }
li .to a:hover { text-decoration: underline; }
li time { text-align: right; white-space: nowrap; padding-top: .15rem; }
nav { display: flex; justify-content: space-between; gap: 1rem; margin: 1rem 0; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .35rem 1rem; margin: 1rem 0; padding: .9rem 1rem; }
dt { color: var(--soft); }
dd { margin: 0; }
iframe.card { display: block; width: 100%; height: 75vh; min-height: 24rem; background: #fff; }
details { margin: 1rem 0; }
summary { padding: .7rem 1rem; cursor: pointer; font-weight: 600; }
pre {
  margin: 0; padding: .5rem 1rem 1rem; white-space: pre-wrap;
  font: .85rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
}
.views { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0; }
.empty { padding: 1.5rem 1.25rem; }
.empty p { margin: 0; }
.empty p + p { margin-top: .5rem; }
@media (max-width: 30rem) {
  body { padding-top: 1.25rem; }
  li { grid-template-columns: 1fr; }
  li .to { grid-row: auto; }
  li time { order: 1; text-align: left; padding: 0; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .5rem; }
}
`;
