/** The addresses of ../shared/data/inputs/bad-inputs.json, which is no part of the project: skipped where it is missing. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { canonicalAddress, sameMailbox } from '../../lambdas/core/address';

const FILE = join(__dirname, '..', '..', '..', 'shared', 'data', 'inputs', 'bad-inputs.json');
const there = existsSync(FILE);
if (!there)
  console.warn('bad-addresses.test.ts skips its cases: ../shared/data/inputs/bad-inputs.json is missing');

const Inputs = z.object({
  cases: z.array(
    z.object({ id: z.string(), group: z.string(), name: z.string(), input: z.string(), expect: z.string() }),
  ),
});

function mailboxOf(text: string): string | undefined {
  const canonical = canonicalAddress(text);
  return canonical.outcome === 'valid' ? sameMailbox(canonical.address) : undefined;
}

/** What the file's words mean here, by how they begin. */
const meanings: [begins: string, holds: (input: string) => boolean][] = [
  ['reject', (input) => mailboxOf(input) === undefined],
  ['accept', (input) => mailboxOf(input) === input.toLowerCase()],
  ['trim then accept', (input) => mailboxOf(input) === input.trim()],
  ['canonicalise to somename@gmail.com', (input) => mailboxOf(input) === 'somename@gmail.com'],
  ['one subscriber row', (input) => new Set(input.split(' vs ').map(mailboxOf)).size === 1],
];

const groups = new Set(['email-syntax', 'email-control', 'email-unicode', 'email-valid-odd']);
const cases = there
  ? Inputs.parse(JSON.parse(readFileSync(FILE, 'utf8'))).cases.filter(({ group }) => groups.has(group))
  : [{ id: 'none', group: '', name: 'the file is missing', input: '', expect: 'reject' }];

(there ? describe : describe.skip)('bad and odd addresses', () => {
  test.each(cases)('$id, $name: $expect', ({ input, expect: words }) => {
    const meaning = meanings.find(([begins]) => words.startsWith(begins));
    if (!meaning) throw new Error(`Can't tell what "${words}" means for an address`);
    expect(meaning[1](input)).toBe(true);
  });
});
