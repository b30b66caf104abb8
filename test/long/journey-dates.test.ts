/** The unattended journey with papers of every kind of date. */
import { addDays, weekOf } from '../../lambdas/core/calendar';
import { testJourneys, today } from '../local/journeys';

const turn = `${today.slice(0, 4)}-01-01`;
const nextTurn = `${Number(today.slice(0, 4)) + 1}-01-01`;

testJourneys([
  ['yesterday and today', [addDays(today, -1), today], weekOf(today)],
  ['yesterday', [addDays(today, -1)], weekOf(addDays(today, -1))],
  ['last week', [addDays(today, -7)], weekOf(addDays(today, -7))],
  ['next week', [addDays(today, 7)], weekOf(addDays(today, 7))],
  ['the last turn of the year', [addDays(turn, -1), turn, addDays(turn, 1)], weekOf(addDays(turn, 1))],
  ['the turn of the year to come', [addDays(nextTurn, -1), nextTurn], weekOf(nextTurn)],
  ['a year long past, whose next week is empty', ['2025-03-03', '2025-03-12'], '2025-W11'],
  ['no day that they tell', [undefined], weekOf(today)],
]);
