/** The frame of every page, and its one stylesheet. Pages work without scripts and bring none. */
import type { Settings } from '../lambdas/core/settings';
import { html, type Markup } from './markup';
import { dark, light, sans, serif } from './theme';

export interface PageFrame {
  title: string;
  /** One sentence for search engines and link previews; without it the page asks not to be indexed. */
  description?: string;
  main: Markup;
}

export function page(
  { name, tagline, postalAddress, site }: Settings,
  { title, description, main }: PageFrame,
): string {
  const { markup } = html`<html lang="en" dir="ltr">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>${title === name ? `${name}: ${tagline}` : `${title} · ${name}`}</title>
      ${description === undefined ? html`<meta name="robots" content="noindex" />` : html`<meta name="description" content="${description}" />`}
      <link rel="stylesheet" href="/style.css" />
      <link rel="icon" href="data:," />
    </head>
    <body>
      <header><a href="/">${name}</a></header>
      <main>${main}</main>
      <footer>
        <a href="/editions">Past editions</a> · <a href="/#join">Sign up</a><br />${name},
        ${new URL(site).host}<br />${postalAddress}
      </footer>
    </body>
  </html> `;
  return `<!doctype html>\n${markup}`;
}

const colours = (theme: typeof light): string =>
  Object.entries(theme)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');

export const stylesheet = `
:root{${colours(light)};color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{${colours(dark)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:17px/1.55 ${sans}}
header,main,footer{max-width:42rem;margin:0 auto;padding:1rem 1.25rem}
header a{font:700 1.4rem ${serif};color:var(--ink);text-decoration:none}
footer{color:var(--quiet);font-size:.85rem;padding-bottom:3rem}
footer a{color:inherit}
h1{font:700 2rem/1.2 ${serif};margin:.5rem 0 .75rem}
h2{font:700 1.15rem/1.3 ${serif};margin:0 0 .25rem}
h2 a{color:var(--ink);text-decoration:none}
h2 a:hover{text-decoration:underline}
a{color:var(--accent)}
.card,.paper{background:var(--paper);border:1px solid var(--rule);border-radius:10px;padding:1.25rem;margin:1rem 0}
.paper p{margin:.35rem 0}
.quiet{color:var(--quiet);font-size:.85rem}
label{display:block;font-weight:600;margin-bottom:.35rem}
.row{display:flex;flex-wrap:wrap;gap:.6rem}
input[type=email]{flex:1 1 15rem;min-width:0;font:inherit;color:inherit;background:var(--ground);border:1px solid var(--quiet);border-radius:6px;padding:.6rem .8rem}
button{font:600 1rem ${sans};color:var(--paper);background:var(--accent);border:0;border-radius:6px;padding:.7rem 1.2rem;cursor:pointer}
a:focus-visible,input:focus-visible,button:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.bait{position:absolute;left:-9999px}
ul.plain{list-style:none;padding:0}
ul.plain li{padding:.35rem 0}
`.trimStart();
