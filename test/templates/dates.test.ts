/** Days as people write them. */
import { longDay, longPeriod } from '../../templates/dates';

test.each([
  ['one day', '2025-03-14', '2025-03-14', '14 March 2025'],
  ['days of one month', '2025-03-10', '2025-03-16', '10–16 March 2025'],
  ['days of two months', '2025-02-24', '2025-03-02', '24 February – 2 March 2025'],
  ['days of two years', '2024-12-30', '2025-01-05', '30 December 2024 – 5 January 2025'],
  ['the same month of two years', '2024-03-10', '2025-03-10', '10 March 2024 – 10 March 2025'],
  ['a whole month', '2024-02-01', '2024-02-29', '1–29 February 2024'],
])('%s', (_, from, to, words) => {
  expect(longPeriod({ from, to })).toBe(words);
});

test('a day is the same day in every time zone', () => {
  expect(longDay('2025-01-01')).toBe('1 January 2025');
  expect(longDay('2025-12-31')).toBe('31 December 2025');
});
