/** Colours: WCAG's own figures, and an accent that is read in the dark whatever it is. */
import * as fc from 'fast-check';
import { contrast, grounds, inTheDark } from '../../lambdas/core/colour';

test.each([
  ['#000000', '#ffffff', 21],
  ['#ffffff', '#ffffff', 1],
  ['#767676', '#ffffff', 4.54],
  ['#ff0000', '#ffffff', 4],
  ['#0000ff', '#ffffff', 8.59],
])('%s on %s has a contrast of %d', (one, other, ratio) => {
  expect(contrast(one, other)).toBeCloseTo(ratio, 1);
  expect(contrast(other, one)).toBe(contrast(one, other));
});

test.each([
  ['red stays red', '#a2391c', '#fb8a6b'],
  ['blue stays blue', '#0b57d0', '#75aaff'],
  ['green stays green', '#1a7f37', '#0bc641'],
  ['grey stays grey', '#000000', '#a8a8a8'],
])('in the dark %s', (_, accent, shade) => {
  expect(inTheDark(accent)).toBe(shade);
});

test('every accent has a shade that is read well in the dark', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
      const shade = inTheDark(`#${number.toString(16).padStart(6, '0')}`);
      expect(shade).toMatch(/^#[0-9a-f]{6}$/);
      expect(contrast(shade, grounds.dark)).toBeGreaterThanOrEqual(7);
    }),
  );
});
