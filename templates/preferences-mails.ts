/** The mails about preferences: a fresh link to them, and what the owner of a new address is asked or told. */
import { INVITATION_HOURS } from '../lambdas/core/confirming';
import type { Settings } from '../lambdas/core/settings';
import compiled from './compiled/mails.json';
import { filled, footerOf, mail, preferencesLink, TYPED_IN } from './mails';

/** To a reader whose address was typed in because the mails with the link are lost. */
export function linkMail(to: string, token: string, settings: Settings): string {
  const subject = `Your preferences for ${settings.name}`;
  const link = preferencesLink(token, settings);
  const text = [
    'Somebody, most likely you, asked for the link to your preferences. It is yours alone: whoever has it can change what comes to you.',
    `Open your preferences:\n${link}`,
    "If it wasn't you, do nothing: nothing has changed.",
  ];
  const html = filled(compiled.preferences, { subject, link, reason: TYPED_IN }, settings);
  return mail(to, subject, [...text, footerOf(TYPED_IN, settings)], html, settings);
}

const MOVING = 'You get this one mail because a reader gave this address as their new one.';

/** To the new address; it doesn't say which the old one is. */
export function newAddressMail(
  to: string,
  { token, from }: { token: string; from: string },
  settings: Settings,
): string {
  const { name, site } = settings;
  const subject = `Confirm your new address for ${name}`;
  const link = `${site}/preferences/move?token=${token}&from=${from}`;
  const text = [
    `A reader of ${name}, most likely you, wants it at this address from now on.`,
    `If that is right, confirm here (the link works for ${INVITATION_HOURS} hours):\n${link}`,
    "If it wasn't you, do nothing: without your confirmation nothing comes.",
  ];
  const html = filled(compiled.newAddress, { subject, link, reason: MOVING }, settings);
  return mail(to, subject, [...text, footerOf(MOVING, settings)], html, settings);
}

/** To the new address where it gets the newsletter already: only its owner hears so. */
export function takenMail(to: string, token: string, settings: Settings): string {
  const { name } = settings;
  const subject = `${name} comes to this address already`;
  const text = `A reader of ${name}, most likely you, gave this address as their new one. It has a subscription of its own, so nothing changes. If both are yours, unsubscribe at the other address.`;
  const preferences = preferencesLink(token, settings);
  const html = filled(compiled.addressTaken, { subject, text, preferences, reason: MOVING }, settings);
  const parts = [text, `Your preferences for this address:\n${preferences}`, footerOf(MOVING, settings)];
  return mail(to, subject, parts, html, settings);
}
