/** What must be true after every step, and once the books of the edition are closed. */
import * as deliveries from '../../lambdas/aws/deliveries';
import type { Delivery } from '../../lambdas/core/delivery';
import * as model from './model';
import type { Life, Model } from './model';
import { standings } from './people';
import type { Stage } from './stage';

/** The model hears of the mails that were right until now. */
export function countMails({ lives }: Model, { people, ses }: Stage): void {
  for (const [nth, { address }] of people.entries()) {
    const life = lives[nth];
    if (life) model.isMailed(life, ses.taken('digest', address));
  }
}

/** Table and inboxes say of everybody what the model says. */
export async function compare(of: Model, stage: Stage): Promise<void> {
  countMails(of, stage);
  const table = await standings();
  const real = stage.people.map(({ id, address }) => ({
    standing: table.get(id) ?? 'stranger',
    invitations: stage.ses.taken('invitation', address),
    welcomes: stage.ses.taken('welcome', address),
    digests: stage.ses.taken('digest', address),
  }));
  const expected = of.lives.map(({ standing, invitedAt, welcomes, mails }) => ({
    standing,
    invitations: invitedAt.length,
    welcomes,
    digests: mails,
  }));
  expect(real).toEqual(expected);
}

/** Nobody was forgotten, and the ledger says of everybody what the inboxes say. */
export async function compareBooks({ lives }: Model, { people, ses, edition }: Stage): Promise<void> {
  const { editionId = '', status, books } = (await edition()) ?? {};
  const sent = lives.filter(({ mails }) => mails > 0).length;
  expect({ status, books }).toMatchObject({ status: 'done', books: { sent, unknown: 0, closed: true } });
  const real = people.map(async ({ address, shard, id }, nth) => ({
    digests: ses.taken('digest', address),
    row: inAWord(lives[nth], await deliveries.find({ editionId, shard }, id)),
  }));
  expect(await Promise.all(real)).toEqual(lives.map(inTheEnd));
}

type Row = 'sent' | 'not sent' | 'none';

/** Who was never due may have a row that says why not: it can't always be told any more what they were before. */
function inAWord(life: Life | undefined, row: Delivery | undefined): Row {
  if (row?.status === 'sent') return 'sent';
  return row && life?.isDue ? 'not sent' : 'none';
}

function inTheEnd(life: Life): { digests: number; row: Row } {
  const digests = model.mustHaveMail(life) ? 1 : life.mails;
  if (!life.isDue) return { digests, row: 'none' };
  return { digests, row: digests ? 'sent' : 'not sent' };
}
