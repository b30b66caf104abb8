/** The frame of every mail, in MJML: preheader, name, body, footer; light and dark; no font, image or script from afar. */
import type { Settings } from '../lambdas/core/settings';
import { mjml, type Markup } from './markup';
import { accents, dark, letters, light, room, sans, serif } from './theme';

/** What is the operator's own in a mail. */
export interface Brand {
  accent: Record<'light' | 'dark', string>;
  /** On top: the logo, or the newsletter's name. */
  mark: Markup;
  /** In front of the footer: the operator's line, with its line break, or nothing. */
  line: Markup;
}

/** Without images the logo is its words, which look as the name would. */
export const brandOf = ({ name, brand }: Pick<Settings, 'name' | 'brand'>): Brand => ({
  accent: accents({ brand }),
  mark: brand.logo
    ? mjml`<img src="${brand.logo.url}" alt="${brand.logo.alt}" height="40" style="height:40px;max-width:100%;vertical-align:top" />`
    : mjml`${name}`,
  line: brand.footer ? mjml`${brand.footer}<br />` : mjml``,
});

export interface Frame {
  brand: Brand;
  title: string;
  /** What an inbox shows behind the subject. */
  preheader: string;
  body: Markup;
  footer: Markup;
}

/** Styles that stand at their elements: some mail programs drop the style sheet. The classes are for the dark only. */
export const styles = {
  heading: 'margin:0;font:inherit',
  /** With dir="auto": a title or an abstract in Arabic begins on the right. */
  ownDirection: 'text-align:start',
  title: `color:${light.ink};font-family:${serif};font-size:${letters.title};line-height:1.3;font-weight:700;text-decoration:none`,
  byline: `color:${light.quiet};font-size:${letters.fine};padding:2px 0 6px`,
  reason: 'font-weight:600',
  /** The operator's own words. */
  note: 'text-align:start;font-style:italic;padding-bottom:6px',
  links: `font-size:${letters.small};line-height:28px;padding-top:2px`,
  quietLink: 'color:inherit',
};

export const linkStyle = ({ accent }: Brand): string => `color:${accent.light}`;

/** One column, one section, so that the markup stays small: mail programs clip what is over about 100 KB. */
export const frame = ({ brand, title, preheader, body, footer }: Frame): Markup => mjml`
<mjml lang="en" dir="ltr">
  <mj-head>
    <mj-title>${title}</mj-title>
    <mj-preview>${preheader}</mj-preview>
    <mj-attributes>
      <mj-all font-family="${sans}" />
      <mj-text font-size="${letters.text}" line-height="1.5" color="${light.ink}" padding="0 ${room.side} ${room.below}" />
      <mj-divider border-width="1px" border-color="${light.rule}" padding="4px ${room.side} 20px" />
      <mj-button background-color="${brand.accent.light}" color="#ffffff" border-radius="6px" font-size="${letters.text}" font-weight="600" padding="2px ${room.side} ${room.below}" align="left" />
      <mj-class name="name" font-family="${serif}" font-size="${letters.name}" font-weight="700" line-height="1.3" padding="24px ${room.side} 14px" />
      <mj-class name="quiet" font-size="${letters.fine}" color="${light.quiet}" />
    </mj-attributes>
    <mj-raw>
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
    </mj-raw>
    <mj-style>
      @media (prefers-color-scheme: dark) {
        body, .ground > div { background-color: ${dark.ground} !important; }
        .paper, .paper > table { background-color: ${dark.paper} !important; background: ${dark.paper} !important; }
        .paper div { color: ${dark.ink} !important; }
        .paper .quiet, .paper .fine div { color: ${dark.quiet} !important; }
        .paper a { color: ${brand.accent.dark} !important; }
        .paper a.title { color: ${dark.ink} !important; }
        .paper .fine a { color: inherit !important; }
        .paper .button td, .paper .button a { background: ${brand.accent.dark} !important; color: ${dark.paper} !important; }
        .paper td { border-top-color: ${brand.accent.dark} !important; }
        .rule p { border-top-color: ${dark.rule} !important; }
      }
    </mj-style>
  </mj-head>
  <mj-body background-color="${light.ground}" css-class="ground" width="620px">
    <mj-section background-color="${light.paper}" css-class="paper" padding="0" border-top="4px solid ${brand.accent.light}">
      <mj-column>
        <mj-text mj-class="name"><h1 style="${styles.heading}">${brand.mark}</h1></mj-text>
        ${body}
        <mj-divider css-class="rule" />
        <mj-text mj-class="quiet" css-class="fine">${brand.line}${footer}</mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>`;
