/** The mails that answer a visitor at once, as MJML. They are compiled ahead: the web handlers carry no MJML compiler. */
import { frame, styles } from './mail-layout';
import { mjml, type Markup } from './markup';

/** A place that templates/mails.ts fills, escaped, when the mail is sent. */
const later = (name: string): string => `{{${name}}}`;

const footer = mjml`${later('reason')}<br />${later('postalAddress')}`;

export const mailSources: Record<'invitation' | 'welcome', Markup> = {
  invitation: frame({
    name: later('name'),
    title: later('subject'),
    preheader: 'One click, and the next edition comes to you.',
    body: mjml`
<mj-text>Somebody, most likely you, asked for <strong>${later('name')}</strong> at this address. Is that right?</mj-text>
<mj-button css-class="button" href="${later('link')}">Yes, send it to me</mj-button>
<mj-text>The button opens a page where you confirm. It works for ${later('hours')} hours. If it wasn't you, do nothing: without your confirmation nothing comes, unless somebody asks again.</mj-text>
<mj-text mj-class="quiet" css-class="fine">If the button does nothing, open this link: <a href="${later('link')}" style="${styles.quietLink};word-break:break-all">${later('link')}</a></mj-text>`,
    footer,
  }),
  welcome: frame({
    name: later('name'),
    title: later('subject'),
    preheader: 'You are in. The next edition comes by itself.',
    body: mjml`
<mj-text>You are in. <strong>${later('name')}</strong> will come to you every week, with the papers that the community lifted most.</mj-text>
<mj-text>Until then: <a style="${styles.link}" href="${later('link')}">${later('linkText')}</a>.</mj-text>
<mj-text mj-class="quiet" css-class="fine">Changed your mind? <a href="${later('unsubscribe')}" style="${styles.quietLink}">Unsubscribe</a> any time.</mj-text>`,
    footer,
  }),
};
