/** The mails that answer a visitor at once, as MJML. They are compiled ahead: the web handlers carry no MJML compiler. */
import { frame as framed, linkStyle, styles, type Brand, type Frame } from './mail-layout';
import { mjml, type Markup } from './markup';

/** A place that templates/mails.ts fills, escaped, when the mail is sent. */
const later = (name: string): string => `{{${name}}}`;

/** Colours that nobody uses: MJML wants some, and the compiler puts the places of the operator's in (compile-mails.ts). */
export const LATER_ACCENT = { light: '#facade', dark: '#decade' };

const brand: Brand = {
  accent: LATER_ACCENT,
  mark: { markup: later('mark') },
  line: { markup: later('line') },
};

const frame = (parts: Omit<Frame, 'brand'>): Markup => framed({ brand, ...parts });

const footer = mjml`${later('reason')}<br />${later('postalAddress')}`;

const linkInFull = mjml`<mj-text mj-class="quiet" css-class="fine">If the button does nothing, open this link: <a href="${later('link')}" style="${styles.quietLink};word-break:break-all">${later('link')}</a></mj-text>`;

type Name =
  | 'invitation'
  | 'question'
  | 'refusal'
  | 'welcome'
  | 'goodbye'
  | 'preferences'
  | 'newAddress'
  | 'addressTaken';

export const mailSources: Record<Name, Markup> = {
  invitation: frame({
    title: later('subject'),
    preheader: 'One click, and the next edition comes to you.',
    body: mjml`
<mj-text>Somebody, most likely you, asked for <strong>${later('name')}</strong> at this address. It will come ${later('coming')}. Is that right?${later('note')}</mj-text>
<mj-button css-class="button" href="${later('link')}">Yes, send it to me</mj-button>
<mj-text>The button opens a page where you confirm. It works for ${later('hours')} hours. If it wasn't you, do nothing: without your confirmation nothing comes, unless somebody asks again.</mj-text>
${linkInFull}`,
    footer,
  }),
  question: frame({
    title: later('subject'),
    preheader: 'One click, and it is so from the next edition on.',
    body: mjml`
<mj-text>Somebody, most likely you, asked to ${later('asked')}. Is that right?${later('note')}</mj-text>
<mj-button css-class="button" href="${later('link')}">${later('button')}</mj-button>
<mj-text>The button opens a page where you confirm. It works for ${later('hours')} hours. If it wasn't you, do nothing: without your confirmation nothing changes.</mj-text>
${linkInFull}
<mj-text mj-class="quiet" css-class="fine">Something else to change? <a href="${later('preferences')}" style="${styles.quietLink}">Your preferences</a>.</mj-text>`,
    footer,
  }),
  refusal: frame({
    title: later('subject'),
    preheader: 'One more has no room, so nothing changes.',
    body: mjml`
<mj-text>Somebody, most likely you, ${later('refused')}</mj-text>
<mj-text>To make room, give one up in <a style="${linkStyle(brand)}" href="${later('preferences')}">your preferences</a>.</mj-text>`,
    footer,
  }),
  welcome: frame({
    title: later('subject'),
    preheader: 'You are in. The next edition comes by itself.',
    body: mjml`
<mj-text>You are in. <strong>${later('name')}</strong> will come to you ${later('coming')}.</mj-text>
<mj-text>Until then: <a style="${linkStyle(brand)}" href="${later('link')}">${later('linkText')}</a>.</mj-text>
<mj-text mj-class="quiet" css-class="fine">How often, which searches, a pause? <a href="${later('preferences')}" style="${styles.quietLink}">Your preferences</a>. Changed your mind? <a href="${later('unsubscribe')}" style="${styles.quietLink}">Unsubscribe</a> any time.</mj-text>`,
    footer,
  }),
  goodbye: frame({
    title: later('subject'),
    preheader: 'No further edition comes. Changed your mind?',
    body: mjml`
<mj-text>You have left <strong>${later('name')}</strong>: no further edition comes to this address, and this is the last mail.</mj-text>
<mj-text>Changed your mind? For ${later('undoHours')} hours you can <a style="${linkStyle(brand)}" href="${later('link')}">put everything back as it was</a>. Later you can <a style="${linkStyle(brand)}" href="${later('signUp')}">sign up again</a>.</mj-text>
<mj-text mj-class="quiet" css-class="fine">If it wasn't you who left, somebody had a link of yours, perhaps in a mail that was passed on.</mj-text>`,
    footer,
  }),
  preferences: frame({
    title: later('subject'),
    preheader: 'Cadence, searches, a pause, another address.',
    body: mjml`
<mj-text>Somebody, most likely you, asked for the link to your preferences. It is yours alone: whoever has it can change what comes to you.</mj-text>
<mj-button css-class="button" href="${later('link')}">Open your preferences</mj-button>
<mj-text>If it wasn't you, do nothing: nothing has changed.</mj-text>
${linkInFull}`,
    footer,
  }),
  newAddress: frame({
    title: later('subject'),
    preheader: 'One click, and the next edition comes here.',
    body: mjml`
<mj-text>A reader of <strong>${later('name')}</strong>, most likely you, wants it at this address from now on. Is that right?</mj-text>
<mj-button css-class="button" href="${later('link')}">Yes, send it here</mj-button>
<mj-text>The button opens a page where you confirm. It works for ${later('hours')} hours. If it wasn't you, do nothing: without your confirmation nothing comes.</mj-text>
${linkInFull}`,
    footer,
  }),
  addressTaken: frame({
    title: later('subject'),
    preheader: 'So nothing changes.',
    body: mjml`
<mj-text>${later('text')}</mj-text>
<mj-text mj-class="quiet" css-class="fine">What comes to this address: <a href="${later('preferences')}" style="${styles.quietLink}">your preferences</a>.</mj-text>`,
    footer,
  }),
};
