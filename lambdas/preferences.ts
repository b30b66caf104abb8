/** GET and POST /preferences…: a reader changes what comes, pauses, moves, takes their data along, or is forgotten. */
import { problemPage } from '../templates/pages';
import * as pages from '../templates/preferences-answers';
import { settings } from './aws/environment';
import { web } from './aws/http';
import { keys } from './aws/keys';
import * as subscribers from './aws/subscribers';
import type { Answer, Visit } from './aws/visit';
import { sign } from './core/identity';
import { pause, resume } from './core/preferences';
import type { Problem } from './core/problem';
import { Held, Lost, Move, NewAddress, Paused, Preferred } from './preferring/forms';
import { change, holderOf, incompleteLink } from './preferring/holder';
import { askForMove, pass } from './preferring/letters';
import { lookAtMove, moveBy } from './preferring/move';
import { erase, everythingOf, surelyErases } from './preferring/own-data';
import { shown } from './preferring/page';
import { save } from './preferring/saving';

const pageOf = (problem: Problem): string =>
  problem === incompleteLink ? pages.lostMailPage(settings(), problem) : problemPage(settings(), problem);

export const handler = web(pageOf, {
  'GET /preferences': async (visit) => {
    const token = visit.query('token');
    if (token === '') return visit.html(200, pages.lostMailPage(settings()));
    const subscriberId = await holderOf(token);
    return visit.html(200, await shown(await subscribers.find(subscriberId), token, visit.now));
  },
  'POST /preferences': async (visit) => {
    const form = await visit.form(Preferred);
    const { known, draft } = await save(await holderOf(form.token), form, visit);
    const status = draft.note === 'mistaken' ? 400 : 200;
    return visit.html(status, await shown(known, form.token, visit.now, draft));
  },
  'POST /preferences/pause': async (visit) => {
    const { token, weeks } = await visit.form(Paused);
    const known = await change(await holderOf(token), (reader) =>
      weeks === 0 ? resume(reader, visit.now) : pause(reader, weeks, visit.now),
    );
    return visit.html(
      200,
      await shown(known, token, visit.now, { note: weeks === 0 ? 'resumed' : 'paused' }),
    );
  },
  // the same page whoever it is: strangers learn nothing about who is on the list
  'POST /preferences/link': async (visit) => {
    const { email, website } = await visit.form(Lost);
    if (website === '') await pass({ wants: 'link', email }, visit);
    return visit.html(202, pages.linkSentPage(settings()));
  },
  'POST /preferences/address': async (visit) => {
    const { token, email } = await visit.form(NewAddress);
    await askForMove(await holderOf(token), email, visit);
    return visit.html(202, pages.questionSentPage(settings(), email));
  },
  'GET /preferences/move': async (visit) => {
    const link = { token: visit.query('token'), from: visit.query('from') };
    const { moving } = await lookAtMove(link, visit.now);
    return moving.outcome === 'expired' || moving.outcome === 'taken'
      ? notMoved(visit, moving.outcome)
      : visit.html(200, pages.movePage(settings(), link));
  },
  'POST /preferences/move': async (visit) => {
    const moved = await moveBy(await visit.form(Move), visit);
    if (moved.outcome !== 'arrived') return notMoved(visit, moved.outcome);
    return visit.html(200, pages.movedPage(settings(), sign(await keys(), 'preferences', moved.to)));
  },
  'POST /preferences/export': async (visit) => {
    const subscriberId = await holderOf((await visit.form(Held)).token);
    return visit.file('my-data.json', await everythingOf(subscriberId, visit.now));
  },
  // asks first: only the button of the page that asks has the token that erases
  'POST /preferences/erase': async (visit) => {
    const { token } = await visit.form(Held);
    const sure = await surelyErases(token, visit.now);
    if (sure) await erase(sure, visit.now);
    if (sure) return visit.html(200, pages.erasedPage(settings()));
    const subscriberId = await holderOf(token);
    const confirming = sign(await keys(), 'erase', subscriberId, visit.now);
    return visit.html(200, pages.erasePage(settings(), { token, confirming }));
  },
});

const notMoved = (visit: Visit, why: 'taken' | 'expired'): Answer =>
  visit.html(why === 'taken' ? 200 : 404, pages.notMovedPage(settings(), why));
