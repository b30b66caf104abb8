/** What readers do, and what SES does to them and tells of them. */
import { setTimeout as pause } from 'node:timers/promises';
import { sign } from '../../lambdas/core/identity';
import type { Fault } from '../../local/ses';
import { about, type Command, type Doing } from './doing';
import * as model from './model';
import { hears, invites } from './queues';

export const asks = (nth: number): Command =>
  about(nth, 'asks', async ({ life, person, stage }) => {
    await stage.world.subscribes(person.address);
    await invites();
    model.asks(life, Date.now());
  });

/** Old links too: from before they left, or older than they may be. */
export const agrees = (nth: number, which: 'first' | 'last'): Command =>
  about(
    nth,
    `agrees by the ${which} link`,
    async ({ life, person, stage: { world } }) => {
      const invitedAt = life.invitedAt.at(which === 'first' ? 0 : -1) ?? 0;
      const token = sign(await world.keys(), 'confirm', person.id, new Date(invitedAt));
      await world.opens(`/confirm?token=${token}`); // which changes nothing
      await world.posts('/confirm', { token });
      model.agrees(life, invitedAt, Date.now());
    },
    ({ invitedAt }) => invitedAt.length > 0,
  );

type Purpose = 'one-click' | 'unsubscribe';

/** It never expires: the same one works in every life. */
const linkToLeave = async ({ person, stage }: Doing, purpose: Purpose): Promise<string> =>
  `/unsubscribe/${sign(await stage.world.keys(), purpose, person.id)}`;

/** As mail scanners do. */
export const looksAtLeaving = (nth: number, method: 'GET' | 'HEAD'): Command =>
  about(nth, `looks at leaving by ${method}`, async (doing) => {
    const { status } = await doing.stage.world.opens(await linkToLeave(doing, 'unsubscribe'), { method });
    expect(status).toBe(200);
  });

/** Resolves with the answer, half a second after the row says so. */
export async function posts(doing: Doing, purpose: Purpose): Promise<number> {
  const form = purpose === 'one-click' ? { 'List-Unsubscribe': 'One-Click' } : {};
  return (await doing.stage.world.posts(await linkToLeave(doing, purpose), form)).status;
}

export const leaves = (nth: number, purpose: Purpose): Command =>
  about(nth, `leaves by ${purpose}`, async (doing) => {
    await soon(doing, posts(doing, purpose));
    model.leaves(doing.life);
  });

/** By the button of the page that asks whether they are sure. */
export const erases = (nth: number): Command =>
  about(
    nth,
    'wants to be forgotten',
    async (doing) => {
      const { world } = doing.stage;
      const token = sign(await world.keys(), 'erase', doing.person.id, new Date());
      const page = world.posts('/preferences/erase', { token });
      await soon(
        doing,
        page.then(({ status }) => status),
      );
      model.erases(doing.life);
    },
    ({ standing, isForgotten }) => standing !== 'stranger' && !isForgotten,
  );

/** Goes on when the row changes; the answer takes half a second more, and is looked at in the end. */
async function soon({ person: { address }, stage }: Doing, answer: Promise<number>): Promise<void> {
  const revision = async () => (await stage.world.subscriber(address))?.revision;
  const before = await revision();
  const answered = new AbortController();
  stage.answers.push(answer.finally(() => answered.abort()));
  while (!answered.signal.aborted && (await revision()) === before) await pause(5);
}

const recipients = (address: string) => [{ emailAddress: address }];

const TROUBLE = {
  bounces: (address: string) => ({
    eventType: 'Bounce',
    bounce: { bounceType: 'Permanent', bouncedRecipients: recipients(address) },
  }),
  'bounces for now': (address: string) => ({
    eventType: 'Bounce',
    bounce: { bounceType: 'Transient', bouncedRecipients: recipients(address) },
  }),
  complains: (address: string) => ({
    eventType: 'Complaint',
    complaint: { complainedRecipients: recipients(address) },
  }),
};
export type Trouble = keyof typeof TROUBLE;
export const troubles = Object.keys(TROUBLE) as Trouble[];

/** Of the digest, or of another mail where there was no digest yet. */
export const meetsTrouble = (nth: number, what: Trouble): Command =>
  about(nth, what, async ({ life, person: { id, address }, stage }) => {
    const tags = { subscriber: [id], ...(life.mails && { edition: [stage.editionId()] }) };
    const mail = { messageId: 'm', destination: [address], tags };
    await hears([{ source: 'aws.ses', detail: { mail, ...TROUBLE[what](address) } }]);
    if (what !== 'bounces for now') model.isSuppressed(life);
  });

export const meetsFault = (nth: number, fault: Fault): Command =>
  about(
    nth,
    `meets ${fault}`,
    async ({ life, person, stage }) => {
      stage.ses.meets(person.address, fault);
      if (fault === 'reject') life.isRefused = true;
      if (fault === 'unavailable') life.losses++;
    },
    ({ mails }) => mails === 0,
  );
