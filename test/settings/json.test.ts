/** JSON as people get it wrong: where, and what about it. */
import { assert as check, constantFrom, json, property, stringMatching } from 'fast-check';
import { parseJson } from '../../settings/json';

test.each([
  ['', 'the file is empty'],
  [' \n', 'the file is empty'],
  ['{', 'line 1, column 2: the file ends in the middle of an object'],
  ['{"name"', 'line 1, column 8: a colon is missing after "name"'],
  ['{"name" "x"}', 'line 1, column 9: a colon is missing after "name"'],
  ['{"name":', 'line 1, column 9: the file ends where a value is missing'],
  ['{"name":,}', 'line 1, column 9: a value is missing before ","'],
  ['{\n  "name": "x"\n', 'line 3, column 1: "}" is missing: the "{" of line 1 is never closed'],
  ['{\n  "a": [1, 2\n}', 'line 3, column 1: "]" is missing before "}", to close the "[" of line 2'],
  ['{"a": 1}\n}', 'line 2, column 1: nothing may follow the last "}", and here is "}"'],
  ['{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3: a comma is missing before "b"'],
  ['{\n  "a": 1,\n}', 'line 2, column 9: there must be no comma before "}"'],
  ['["a",]', 'line 1, column 5: there must be no comma before "]"'],
  ['{"a": 1,, "b": 2}', 'line 1, column 9: there is a comma too many'],
  ['{\n  "site": 1,\n  "name": 2,\n  "site": 3\n}', 'line 4, column 3: "site" is set twice, first on line 2'],
  ['{"a": {"b": 1, "\\u0062": 2}}', 'line 1, column 16: "b" is set twice, first on line 1'],
  ['// mine\n{}', 'line 1, column 1: comments are not allowed in JSON'],
  ['{"a": 1 // mine\n}', 'line 1, column 9: comments are not allowed in JSON'],
  ['{"a": 1, /* mine */ "b": 2}', 'line 1, column 10: comments are not allowed in JSON'],
  ['# mine\n{}', 'line 1, column 1: comments are not allowed in JSON'],
  ["{'a': 1}", 'line 1, column 2: a name in double quotes must be here, not "\'"'],
  ['{a: 1}', 'line 1, column 2: a name in double quotes must be here, not "a"'],
  ['{"a": \'x\'}', 'line 1, column 7: text must be in straight double quotes: "…"'],
  ['{"a": “x”}', 'line 1, column 7: text must be in straight double quotes: "…"'],
  ['{"a": x}', 'line 1, column 7: "x" is not a valid value: text must be in double quotes'],
  ['{"a": True}', 'line 1, column 7: "True" must be written in lower case'],
  ['{"a": undefined}', 'line 1, column 7: "undefined" is not a valid value: text must be in double quotes'],
  ['{"a": 07}', 'line 1, column 7: "07" is not a valid number: write it like 7, -7 or 0.7'],
  ['{"a": .5}', 'line 1, column 7: ".5" is not a valid number: write it like 7, -7 or 0.7'],
  ['{"a": "x\ny"}', 'line 1, column 7: this text has no closing quote on its line'],
  [
    '{"a": "\\x"}',
    'line 1, column 7: this text contains a "\\" or a control character that JSON does not allow',
  ],
  [
    '{"a": "\t"}',
    'line 1, column 7: this text contains a "\\" or a control character that JSON does not allow',
  ],
  ['name: Papers', 'line 1, column 1: "name" is not a valid value: text must be in double quotes'],
  ['[\u202e]', 'line 1, column 2: "\\u202e" is not a valid value: text must be in double quotes'],
  ['['.repeat(99_999), 'line 1, column 52: brackets are nested more than 50 deep'],
])('%j', (text, message) => {
  expect(() => parseJson(text)).toThrow(new Error(message));
});

test('what is right is read as JSON.parse reads it, a byte order mark or not', () => {
  expect(parseJson('\ufeff{"a": [1, -2.5e3, true, null, "\\u00e4\\n"]}\r\n')).toEqual({
    a: [1, -2_500, true, null, 'ä\n'],
  });
  check(
    property(json({ maxDepth: 5 }), constantFrom(0, 2), (text, indent) => {
      const value: unknown = JSON.parse(text);
      expect(parseJson(JSON.stringify(value, null, indent))).toEqual(value);
    }),
    { numRuns: 200, seed: 7 },
  );
});

test('whatever is no JSON is refused by a sentence', () => {
  check(
    property(stringMatching(/^[{}[\],:"'\\ \nat1.e-]{1,20}$/), (text) => {
      const isJson = (() => {
        try {
          JSON.parse(text);
          return true;
        } catch {
          return false;
        }
      })();
      if (isJson) return;
      expect(() => parseJson(text)).toThrow(/^(the file is empty|line \d+, column \d+: .+)$/);
    }),
    { numRuns: 2_000, seed: 7 },
  );
});
