/** The frame of every page, and its one stylesheet. Pages work without scripts and bring none. */
import type { Settings } from '../lambdas/core/settings';
import { html, type Markup } from './markup';
import { accents, dark, light, sans, serif } from './theme';

export interface PageFrame {
  title: string;
  /** Of a page that is the same for everybody; any other asks not to be indexed, and says nothing to link previews. */
  shared?: Shared;
  main: Markup;
}

export interface Shared {
  /** From "/" on, with what belongs to it behind a "?". */
  path: string;
  /** One sentence for search engines and link previews. */
  description: string;
  /** Links to it may be passed on, but search engines leave it out: anybody can make one with any words. */
  isMadeUp?: boolean;
}

export function page(settings: Settings, { title, shared, main }: PageFrame): string {
  const { name, tagline, postalAddress, site, brand } = settings;
  const { markup } = html`<html lang="en" dir="ltr">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>${title === name ? `${name}: ${tagline}` : `${title} · ${name}`}</title>
      ${shared && !shared.isMadeUp ? '' : html`<meta name="robots" content="noindex" />`}
      ${shared ? preview(settings, title === name ? tagline : title, shared) : ''}
      <link rel="stylesheet" href="/style.css" />
      <link rel="icon" href="data:," />
      <link rel="alternate" type="application/atom+xml" title="${name}" href="/feed.xml" />
      <link rel="alternate" type="application/feed+json" title="${name}" href="/feed.json" />
    </head>
    <body>
      <header><a href="/">${brand.logo ? logo(brand.logo) : name}</a></header>
      <main>${main}</main>
      <footer>
        ${brand.footer ? html`${brand.footer}<br />` : ''}<a href="/editions">Past editions</a> ·
        <a href="/feed.xml">Feed</a> · <a href="/about">About and privacy</a> · <a href="/#join">Sign up</a
        ><br />
        ${new URL(site).host}<br />${postalAddress}
      </footer>
    </body>
  </html>`;
  return `<!doctype html>\n${narrow(markup)}\n`;
}

/** What search engines and link previews are told: https://ogp.me */
function preview({ name, site, brand }: Settings, title: string, { path, description }: Shared): Markup {
  return html`<meta name="description" content="${description}" />
    <link rel="canonical" href="${site}${path}" />
    <meta property="og:site_name" content="${name}" />
    <meta property="og:type" content="website" />
    <meta property="og:title" content="${title}" />
    <meta property="og:description" content="${description}" />
    <meta property="og:url" content="${site}${path}" />
    ${
      brand.logo
        ? html`<meta property="og:image" content="${brand.logo.url}" />
            <meta property="og:image:alt" content="${brand.logo.alt}" />`
        : ''
    }`;
}

/** Its words, where the picture does not come, look as the name would. */
const logo = ({ url, alt }: { url: string; alt: string }): Markup =>
  html`<img src="${url}" alt="${alt}" height="40" />`;

/** A sixth of a page is the room in front of the lines of these templates. */
const narrow = (markup: string): string => markup.replace(/\s*\n\s*/g, '\n');

const colours = (theme: Record<string, string>, accent: string): string =>
  Object.entries({ ...theme, accent })
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');

/** In the operator's colour. */
export function stylesheet(settings: Pick<Settings, 'brand'>): string {
  const accent = accents(settings);
  return `:root{${colours(light, accent.light)};color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{${colours(dark, accent.dark)}}}
${shapes}`;
}

const shapes = `
*{box-sizing:border-box}
body{margin:0;border-top:4px solid var(--accent);background:var(--ground);color:var(--ink);font:17px/1.55 ${sans}}
header,main,footer{max-width:42rem;margin:0 auto;padding:1rem 1.25rem}
header a{font:700 1.4rem ${serif};color:var(--ink);text-decoration:none}
header img{height:40px;max-width:100%;vertical-align:top;object-fit:contain}
footer{color:var(--quiet);font-size:.85rem;padding-bottom:3rem}
footer a{color:inherit}
h1{font:700 2rem/1.2 ${serif};margin:.5rem 0 .75rem;text-wrap:balance}
h2,h3{font:700 1.15rem/1.3 ${serif};margin:0 0 .25rem}
main>h2{font-size:1.35rem;margin:1.75rem 0 .75rem;overflow-wrap:anywhere}
h2 a,h3 a{color:var(--ink);text-decoration:none}
h2 a:hover,h3 a:hover{text-decoration:underline}
a{color:var(--accent)}
.card,.paper{background:var(--paper);border:1px solid var(--rule);border-radius:10px;padding:1.25rem;margin:1rem 0;overflow-wrap:anywhere}
.card>:last-child{margin-bottom:0}
.card>*+h2{margin-top:1.75rem}
.paper p{margin:.35rem 0}
.paper h2,.paper h3{unicode-bidi:plaintext}
time{white-space:nowrap}
.quiet{color:var(--quiet);font-size:.85rem}
label{display:block;font-weight:600;margin-bottom:.35rem}
.row{display:flex;flex-wrap:wrap;align-items:end;gap:.6rem}
.row>p{margin:.7rem 0}
.wide{flex:1 1 13rem}
input,select{width:100%;font:inherit;color:inherit;background:var(--ground);border:1px solid var(--quiet);border-radius:6px;padding:.6rem .8rem}
select{width:auto;max-width:100%;text-overflow:ellipsis}
input,select,button{min-height:3rem}
button{font:600 1rem/1.55 ${sans};color:var(--paper);background:var(--accent);border:1px solid var(--accent);border-radius:6px;padding:.6rem 1.2rem;cursor:pointer}
@media (max-width:30rem){select{width:100%}.row>div,.row>form,.row button{flex:1 0 auto}.row>form button{width:100%}.search .row button{flex:0 0 auto}}
button.second{color:var(--accent);background:none}
.search{margin:1.5rem 0}
h1:has(+.search){font-size:1.5rem}
h1+.search{margin-top:.75rem}
.search p{margin:.5rem 0 0}
.search input{flex:1 1 13rem;width:auto;min-width:0;background:var(--paper)}
.problem{color:var(--accent);font-weight:600}
a:focus-visible,input:focus-visible,select:focus-visible,button:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
fieldset{border:0;margin:0 0 1.75rem;padding:0;min-width:0}
legend{font:700 1.15rem/1.3 ${serif};padding:0;margin-bottom:.5rem}
.field{margin-bottom:.9rem}
legend+p{margin:0 0 .75rem}
.field p{margin:.25rem 0 0}
.field .problem{font-size:.9rem}
.choice{display:flex;align-items:center;gap:.6rem;margin:0;font-weight:400}
.choice input{width:1.2rem;min-height:2.5rem;accent-color:var(--accent);flex:none}
.note{border-left:4px solid var(--accent);padding-left:.9rem}
.bait{position:absolute;left:-9999px}
ul.plain{list-style:none;padding:0}
ul.plain li{padding:.35rem 0}
`.trimStart();
