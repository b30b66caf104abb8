/** The rights that reach AWS, as docs/rights.md shows them to whoever reviews a change. */
import { readFileSync } from 'node:fs';
import { isWide, page, PAGE, reasonFor, rights } from './rights-table';
import { handlers, resources, synth } from './template';

const all = rights();

/** Such as "archive: papers GetItem, editions GetItem+Query, …". */
const lineOf = (handler: string): string => {
  const own = all.filter(({ who }) => who === handler);
  const words = own.map(
    ({ thing, actions }) => `${thing} ${actions.map((one) => one.split(':')[1]).join('+')}`,
  );
  return `${handler}: ${words.join(', ')}`;
};

test('docs/rights.md says who may do what, as the template has it', () => {
  console.info(handlers.map(lineOf).join('\n'));
  expect(readFileSync(PAGE, 'utf8')).toBe(page(all));
});

test('no right is to every action of a service', () => {
  expect(all.length).toBeGreaterThan(80);
  expect(all.filter(({ actions }) => actions.some((action) => !/^[a-z]+:[A-Z]\w+$/.test(action)))).toEqual(
    [],
  );
});

test('a right to more than one thing has its reason', () => {
  const wide = all.filter(isWide);
  expect(wide.map(({ who, thing }) => `${who} ${thing}`)).toContain('send-digest *');
  expect(wide.filter((right) => !reasonFor(right))).toEqual([]);
});

test("no role has rights that docs/rights.md does not read: none written into it, none of AWS's making", () => {
  const roles = resources(synth(), 'AWS::IAM::Role');
  expect(roles.length).toBeGreaterThan(10);
  for (const { Properties } of roles) expect(Object.keys(Properties)).toEqual(['AssumeRolePolicyDocument']);
});
