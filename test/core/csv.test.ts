/** CSV that programs read back, and that no spreadsheet works out. */
import { csvLine } from '../../lambdas/core/csv';

test.each<[what: string, field: string, written: string]>([
  ['plain text', 'ada@example.org', 'ada@example.org'],
  ['nothing', '', ''],
  ['a comma', 'a,b', '"a,b"'],
  ['a quote', 'a "b" c', '"a ""b"" c"'],
  ['a line break', 'a\nb', '"a\nb"'],
  ['an equals sign in the middle', 'a=b', 'a=b'],
  ['a formula', '=1+1', "'=1+1"],
  ['a formula with a comma', '=SUM(A1,A2)', '"\'=SUM(A1,A2)"'],
  ['another beginning of one', '+1', "'+1"],
  ['and another', '-1', "'-1"],
  ['and another', '@SUM', "'@SUM"],
  ['a tab', '\t=1', "'\t=1"],
  ['a carriage return', '\r=1', '"\'\r=1"'],
])('%s', (_, field, written) => {
  expect(csvLine([field])).toBe(`${written}\r\n`);
});

test('fields stand beside each other', () => {
  expect(csvLine(['a', '', 'c,d'])).toBe('a,,"c,d"\r\n');
});
