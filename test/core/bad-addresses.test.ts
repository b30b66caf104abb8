/** What is an address, and which of two spellings are one mailbox. */
import { canonicalAddress, sameMailbox } from '../../lambdas/core/address';
import { addresses, oneMailbox } from '../inputs/addresses';

function addressOf(typed: string): string | undefined {
  const canonical = canonicalAddress(typed);
  return canonical.outcome === 'valid' ? canonical.address : undefined;
}

describe.each(Object.entries(addresses))('%s', (_, typed) => {
  test.each(typed)('%s', (_what, text, as) => {
    expect(addressOf(text)).toBe(as);
  });
});

test.each(oneMailbox)('%s makes no second mailbox', (_, ...spellings) => {
  const mailboxes = spellings
    .map(canonicalAddress)
    .map((one) => one.outcome === 'valid' && sameMailbox(one.address));
  expect(mailboxes).toEqual(spellings.map(() => spellings.at(1)));
});
