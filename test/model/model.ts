/** What should be true of every reader, without tables, queues or mails: the model that the real thing is compared with. */

export type Standing = 'stranger' | 'pending' | 'active' | 'unsubscribed' | 'suppressed' | 'erased';

/** Moments in epoch milliseconds. */
export interface Life {
  standing: Standing;
  /** When they began to ask, since they last left. */
  askedAt: number;
  /** When each invitation was sent. */
  invitedAt: number[];
  welcomes: number;
  /** Nothing is stored of them but that. */
  isForgotten: boolean;
  /** Belongs to the edition's audience. */
  isDue: boolean;
  /** Stopped being a reader at some time after the edition was built. */
  wasGone: boolean;
  /** SES refuses the mail in so many words, once. */
  isRefused: boolean;
  /** How often a try may have come to nothing and left no trace; only the first is followed by another. */
  losses: number;
  /** Mails of the edition that SES took. */
  mails: number;
}

export interface Model {
  lives: Life[];
  isBuilt: boolean;
  /** Messages that failed as often as the queue allows. */
  deadLetters: number;
}

export const newModel = (standings: readonly Standing[], now: number): Model => ({
  lives: standings.map((standing) => ({
    standing,
    askedAt: now,
    invitedAt: [],
    welcomes: 0,
    isForgotten: false,
    isDue: false,
    wasGone: false,
    isRefused: false,
    losses: 0,
    mails: 0,
  })),
  isBuilt: false,
  deadLetters: 0,
});

const HOURS_48 = 48 * 3_600_000;

export function asks(life: Life, now: number): void {
  if (life.standing === 'active' || life.standing === 'suppressed') return;
  if (life.standing !== 'pending') life.askedAt = now;
  life.standing = 'pending';
  life.isForgotten = false;
  life.invitedAt.push(now);
}

/** By the link of one of the invitations. */
export function agrees(life: Life, invitedAt: number, now: number): void {
  const fits = invitedAt >= life.askedAt && now - invitedAt <= HOURS_48;
  if (life.standing !== 'pending' || !fits) return;
  life.standing = 'active';
  life.welcomes++;
}

export function leaves(life: Life): void {
  if (life.standing === 'active') life.wasGone = true;
  if (life.standing === 'active' || life.standing === 'pending') life.standing = 'unsubscribed';
}

/** A suppressed address stays suppressed. */
export function erases(life: Life): void {
  if (life.standing === 'active') life.wasGone = true;
  if (life.standing !== 'suppressed') life.standing = 'erased';
  life.isForgotten = true;
}

/** A permanent bounce or a complaint. */
export function isSuppressed(life: Life): void {
  if (life.standing === 'stranger') return;
  if (life.standing === 'active') life.wasGone = true;
  life.standing = 'suppressed';
}

export function isBuilt(model: Model): void {
  model.isBuilt = true;
  for (const life of model.lives) {
    life.isDue = life.standing === 'active';
    life.wasGone = false;
  }
}

/** SES took so many mails of the edition so far: one is right, for who is due and was never gone. */
export function isMailed(life: Life, mails: number): void {
  if (mails === 1 && life.isDue && !life.wasGone) life.mails = 1;
}

/** Whether the edition owes this reader a mail, once its books are closed. */
export const mustHaveMail = ({ isDue, wasGone, isRefused, losses }: Life): boolean =>
  isDue && !wasGone && !isRefused && losses < 2;
