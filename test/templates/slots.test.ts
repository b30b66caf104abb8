/** Slots: what goes in comes out, and nothing is left open. */
import * as fc from 'fast-check';
import { cut, fill, slot } from '../../templates/slots';

const names = fc.stringMatching(/^[a-z-]{1,12}$/);
const texts = fc.string({ unit: 'grapheme' });

test('a text with slots is filled with exactly the values that were given', () => {
  const pieces = fc.array(fc.tuple(texts, names, fc.string({ unit: 'binary' })), { maxLength: 8 });
  fc.assert(
    fc.property(pieces, texts, (all, end) => {
      const values = Object.fromEntries(all.map(([, name, value]) => [name, value]));
      const text = all.map(([before, name]) => before + slot(name)).join('') + end;
      const expected = all.map(([before, name]) => before + values[name]).join('') + end;
      expect(fill(cut(text), values)).toBe(expected);
    }),
  );
});

test('a skeleton survives being stored as JSON', () => {
  const skeleton = cut(`To: ${slot('to')}\r\n${slot('unsubscribe')}${slot('to')}`);
  expect(JSON.parse(JSON.stringify(skeleton))).toEqual(skeleton);
  expect(skeleton).toEqual({ segments: ['To: ', '\r\n', '', ''], slots: ['to', 'unsubscribe', 'to'] });
});

test('a text without slots is one segment', () => {
  expect(fill(cut('plain'), {})).toBe('plain');
  expect(fill(cut(''), {})).toBe('');
});

test('a value that looks like a slot or a pattern is text', () => {
  expect(fill(cut(`a${slot('to')}b`), { to: `$& $1 ${slot('to')}` })).toBe(`a$& $1 ${slot('to')}b`);
});

test('an empty value is a value, a missing one is a fault', () => {
  expect(fill(cut(`a${slot('to')}b`), { to: '' })).toBe('ab');
  expect(() => fill(cut(`a${slot('to')}b`), {})).toThrow('Can\'t fill the slot "to": it has no value');
});
