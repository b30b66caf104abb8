/** The frame of every mail, in MJML: preheader, name, body, footer; light and dark; no font, image or script from afar. */
import { mjml, type Markup } from './markup';
import { dark, light, sans, serif } from './theme';

export interface Frame {
  /** The newsletter's name, on top. */
  name: string;
  title: string;
  /** What an inbox shows behind the subject. */
  preheader: string;
  body: Markup;
  footer: Markup;
}

/** Styles that stand at their elements: some mail programs drop the style sheet. The classes are for the dark only. */
export const styles = {
  heading: 'margin:0;font:inherit',
  title: `color:${light.ink};font-family:${serif};font-size:18px;line-height:1.3;font-weight:700;text-decoration:none`,
  byline: `color:${light.quiet};font-size:13px;padding:2px 0 6px`,
  links: 'font-size:14px;padding-top:6px',
  link: `color:${light.accent}`,
  quietLink: 'color:inherit',
};

/** One column, one section, so that the markup stays small: mail programs clip what is over about 100 KB. */
export const frame = ({ name, title, preheader, body, footer }: Frame): Markup => mjml`
<mjml lang="en" dir="ltr">
  <mj-head>
    <mj-title>${title}</mj-title>
    <mj-preview>${preheader}</mj-preview>
    <mj-attributes>
      <mj-all font-family="${sans}" />
      <mj-text font-size="15px" line-height="1.55" color="${light.ink}" padding="0 24px 26px" />
      <mj-divider border-width="1px" border-color="${light.rule}" padding="4px 24px 20px" />
      <mj-button background-color="${light.accent}" color="#ffffff" border-radius="6px" font-size="16px" padding="4px 24px 24px" align="left" />
      <mj-class name="name" font-family="${serif}" font-size="22px" font-weight="700" padding="28px 24px 8px" />
      <mj-class name="quiet" font-size="13px" color="${light.quiet}" />
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
        .paper a { color: ${dark.accent} !important; }
        .paper a.title { color: ${dark.ink} !important; }
        .paper .fine a { color: inherit !important; }
        .paper .button a { color: #ffffff !important; }
        .rule p { border-top-color: ${dark.rule} !important; }
      }
    </mj-style>
  </mj-head>
  <mj-body background-color="${light.ground}" css-class="ground" width="620px">
    <mj-section background-color="${light.paper}" css-class="paper" padding="0">
      <mj-column>
        <mj-text mj-class="name"><h1 style="${styles.heading}">${name}</h1></mj-text>
        ${body}
        <mj-divider css-class="rule" />
        <mj-text mj-class="quiet" css-class="fine">${footer}</mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>`;
