/** The tests stand alone, in a clone with nothing beside it: they read nothing from outside, and leave nothing out. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

const files = ['test', 'bench']
  .flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' }).map((name) => join(room, name)),
  )
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join(ROOT, name), 'utf8') }));

const filesWith = (isIn: (file: (typeof files)[number]) => boolean): string[] =>
  files.filter(isIn).map(({ name }) => name);

test('no test is left out, whatever is there or missing', () => {
  const leftOut = /\b(describe|test|it)\.(skip|todo)\b|\bx(describe|test|it)\(|\bpending\(/;
  expect(filesWith(({ text }) => leftOut.test(text.replace(/const leftOut = .*/, '')))).toEqual([]);
});

test('no path leads out of the repository', () => {
  const climbs = /__dirname((?:, '\.\.')+)/g;
  const outside = filesWith(({ name, text }) =>
    [...text.matchAll(climbs)].some(([, ups = '']) => ups.split("'..'").length > name.split('/').length),
  );
  expect(outside).toEqual([]);
});
