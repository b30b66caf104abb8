/** One lane of an edition: its readers in key order, each mailed at most once, each settled by a row. */
import { randomUUID } from 'node:crypto';
import * as editions from './aws/editions';
import { settings } from './aws/environment';
import { messages } from './aws/events';
import { keys } from './aws/keys';
import * as lanes from './aws/lanes';
import { log, metric } from './aws/log';
import { knownQuota } from './aws/quota';
import { heldBack, LaneMessage, type Edition } from './core/edition';
import { percentUsed } from './core/pace';
import { isWalked, laneBefore, opensAt } from './core/waves';
import { tryAgain } from './sending/again';
import { recover, walkOn } from './sending/lane';
import { leaseEnd, type Walk } from './sending/walk';

export const handler = messages('lanes', LaneMessage, async (message, timeLeft) => {
  const edition = await mayGo(message);
  if (!edition) return;
  const lease = { message, owner: randomUUID() };
  const leaseUntil = leaseEnd(timeLeft);
  const taking = await lanes.take(lease, new Date(), leaseUntil);
  if (taking.outcome === 'held') return; // somebody has it, or it rests; settle-edition finds it if nobody goes on
  if (taking.outcome === 'done' && !message.again) return;
  const content = await editions.contentOf(edition);
  const walk: Walk = {
    lease,
    edition,
    content,
    keys: await keys(),
    leaseUntil,
    lookedAt: Date.now(),
    timeLeft,
  };
  if (taking.outcome !== 'taken') return tryAgain(walk);
  const { claimedTo, confirmedTo, settled = [], audience = 0 } = taking.lane;
  if (claimedTo && claimedTo !== confirmedTo) await recover(walk, { after: confirmedTo, upTo: claimedTo });
  await walkOn(walk, { confirmedTo: claimedTo, settled, audience });
  const quota = knownQuota();
  if (quota) metric('quota.used', { QuotaUsed: percentUsed(quota) }, { editionId: message.editionId });
});

/** The edition, when it may be sent now. */
async function mayGo(message: LaneMessage): Promise<Edition | undefined> {
  const edition = await editions.find(message.editionId);
  if (!edition) throw new Error(`Can't send edition ${message.editionId}: there is none`);
  const held = heldBack(edition, settings().sending.lateHours, new Date());
  switch (held) {
    case undefined:
      // one whose time has not come, settle-edition queues again; queued here too, copies of it would multiply
      if (opensAt(edition, message) > Date.now()) return undefined;
      return (await isNext(edition, message)) ? edition : undefined;
    case 'late':
      if (await editions.pause(message.editionId, 'it is later than lateHours allows'))
        log('edition.paused', { editionId: message.editionId, reason: held }, 'WARN');
      return undefined;
    case 'paused': // resuming queues every lane again
    case 'over':
      return undefined;
  }
}

/** An edition never overtakes the one before, nor a wave. */
async function isNext(edition: Edition, message: LaneMessage): Promise<boolean> {
  if (edition.previous && !(await isOver(edition.previous))) return false;
  const before = message.again ? undefined : laneBefore(message, edition);
  return !before || (await lanes.read(before))?.status === 'done';
}

async function isOver(editionId: string): Promise<boolean> {
  const edition = await editions.find(editionId);
  if (!edition || edition.walkedAt) return true;
  const walked = isWalked(edition, await lanes.ofEdition(editionId));
  if (walked) await editions.change(editionId, ['sending', 'paused'], { walkedAt: new Date().toISOString() });
  return walked;
}
