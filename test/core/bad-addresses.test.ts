/** The bad inputs `email-*`: what is an address, and which of two are one mailbox. */
import { canonicalAddress, sameMailbox } from '../../lambdas/core/address';
import { addressGroups, testEach, type Input } from '../bad-inputs';

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

function holds({ input, expect: words }: Input): void {
  const meaning = meanings.find(([begins]) => words.startsWith(begins));
  if (!meaning) throw new Error(`Can't tell what "${words}" means for an address`);
  expect(meaning[1](input)).toBe(true);
}

for (const group of addressGroups) testEach(group, holds);
