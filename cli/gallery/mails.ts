/** The gallery's mails: those that a machine sent, and the same in another operator's colours. */
import type { Browser } from 'playwright-core';
import { simpleParser } from 'mailparser';
import * as editions from '../../lambdas/aws/editions';
import { settings } from '../../lambdas/aws/environment';
import type { Settings } from '../../lambdas/core/settings';
import type { Machine } from '../../local/machine';
import { mailsOf, readMail } from '../../local/mailbox';
import type { Coming } from '../../templates/coming';
import { renderDigest } from '../../templates/digest';
import { generalCopy } from '../../templates/digest-copy';
import { goodbye, invitation, refusal } from '../../templates/mails';
import { linkMail, newAddressMail, takenMail } from '../../templates/preferences-mails';
import { fill } from '../../templates/slots';
import { brandedAs, LOGO } from './brand';
import { FOUR, mailIn, TWO, type Taker } from './pictures';

const READER = 'reader@example.org';

const FULL: Coming = {
  cadence: 'weekly',
  searches: ['sparse voxel', 'diffusion', 'agents', 'speech', 'protein folding'].map((text) => ({
    text,
    since: '2025-03-10T08:00:00.000Z',
  })),
};

/** `odd`: the edition of papers that are hard to show; `usual`: one of everyday papers. */
export async function takeMails(
  browser: Browser,
  machine: Machine,
  take: Taker,
  { odd, usual }: Record<'odd' | 'usual', string>,
): Promise<void> {
  const show = async (raw: string | Buffer, name: string, looks = TWO, images?: Buffer): Promise<void> => {
    const { html } = await simpleParser(raw, { skipImageLinks: true });
    const page = await mailIn(browser, String(html), images);
    await take(page, name, looks);
    await page.context().close();
  };
  for (const { address, name, edition } of sent(odd, usual)) {
    const stored = (await mailsOf(machine.mails, address)).filter(({ tags, subject }) =>
      edition.startsWith('weekly') ? tags['edition'] === edition : subject.startsWith(edition),
    );
    const mail = stored.at(-1);
    if (!mail) throw new Error(`Can't take a picture: there is no mail "${name}"`);
    await show(await readMail(machine.mails, mail), `mail ${name}`, name === 'digest' ? FOUR : TWO);
  }
  for (const [name, raw] of Object.entries(answers(settings()))) await show(raw, `mail ${name}`);
  const branded = brandedAs(settings());
  const ask = invitation(READER, 'k1.token', { cadence: 'weekly' }, undefined, branded);
  await show(ask, 'mail invitation with a logo', FOUR, LOGO);
  await show(ask, 'mail invitation with a logo, images off');
  await show(await digestAs(branded, usual), 'mail digest with a logo, images off');
}

/** To whom, its name here, and its edition or how its subject begins. */
const sent = (odd: string, usual: string): { address: string; name: string; edition: string }[] => [
  { address: 'demo@example.org', name: 'invitation', edition: 'Confirm' },
  { address: 'demo@example.org', name: 'welcome', edition: 'Welcome' },
  { address: 'asks@example.org', name: 'question', edition: 'Add the search' },
  { address: 'demo@example.org', name: 'digest', edition: usual },
  { address: 'search@example.org', name: 'digest, personal', edition: usual },
  { address: 'demo@example.org', name: 'digest, quiet week, odd papers', edition: odd },
];

/** Mails that this machine's readers have no reason to get. */
const answers = (own: Settings): Record<string, string> => ({
  goodbye: goodbye(READER, 'k1.token', own),
  'no room for a search': refusal(READER, 'k1.token', 'graph of thoughts', FULL, own),
  'link to preferences': linkMail(READER, 'k1.token', own),
  'new address': newAddressMail(READER, { token: 'k1.token', from: 'jgv8fQNpa4Lpvo-qYv3nnoq3' }, own),
  'address taken': takenMail(READER, 'k1.token', own),
});

async function digestAs(newsletter: Settings, editionId: string): Promise<string> {
  const edition = await editions.find(editionId);
  if (!edition) throw new Error(`Can't take a picture: there is no edition ${editionId}`);
  const frozen = await editions.contentOf(edition);
  const content = await renderDigest({ ...edition, ...frozen, period: edition.period }, newsletter);
  const token = 'token';
  return fill(generalCopy(content), {
    to: READER,
    unsubscribe: token,
    'one-click': token,
    preferences: token,
  });
}
