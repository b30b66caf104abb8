/** Mail addresses: which spellings are one mailbox, and which are no address we can write to. */
import * as fc from 'fast-check';
import { AddressField, canonicalAddress, sameMailbox, type Address } from '../../lambdas/core/address';

const addressOf = (text: string): string | undefined => {
  const canonical = canonicalAddress(text);
  return canonical.outcome === 'valid' ? canonical.address : undefined;
};

test.each([
  ['an ordinary address stays as it is', 'ada@example.org', 'ada@example.org'],
  ['spaces around it are a slip of the hand', '  ada@example.org  ', 'ada@example.org'],
  ['the domain is in lower case, the name as it was written', 'Ada@Example.ORG', 'Ada@example.org'],
  ['an international domain becomes punycode', 'ada@münchen.de', 'ada@xn--mnchen-3ya.de'],
  ['punycode is taken as it is', 'ada@XN--MNCHEN-3YA.de', 'ada@xn--mnchen-3ya.de'],
  ['a decomposed umlaut is the same domain', 'ada@mu\u0308nchen.de', 'ada@xn--mnchen-3ya.de'],
  ['full-width letters are the same domain', 'ada@ｅｘａｍｐｌｅ.org', 'ada@example.org'],
  ['an apostrophe is part of a name', "o'brien@example.org", "o'brien@example.org"],
  ['a tag is part of a name', 'ada+papers@example.org', 'ada+papers@example.org'],
  ['a percent sign is not decoded', 'a%40b@example.org', 'a%40b@example.org'],
  ['all letters that RFC 5322 allows', "!#$%&'*+/=?^_`{|}~-@example.org", "!#$%&'*+/=?^_`{|}~-@example.org"],
  ['several labels', 'ada@mail.dept.example.ac.uk', 'ada@mail.dept.example.ac.uk'],
  ['a label of digits before a name', 'ada@163.com', 'ada@163.com'],
  ['64 characters before the @', `${'a'.repeat(64)}@example.org`, `${'a'.repeat(64)}@example.org`],
  [
    '254 characters in all',
    `a@${'b'.repeat(62)}.${'b'.repeat(62)}.${'b'.repeat(62)}.${'b'.repeat(60)}.de`,
    `a@${'b'.repeat(62)}.${'b'.repeat(62)}.${'b'.repeat(62)}.${'b'.repeat(60)}.de`,
  ],
])('accepted: %s', (_, text, address) => {
  expect(addressOf(text)).toBe(address);
});

test.each([
  ['nothing', ''],
  ['only spaces', '   '],
  ['no @', 'ada.example.org'],
  ['no name', '@example.org'],
  ['no domain', 'ada@'],
  ['a bare host', 'ada@localhost'],
  ['an IP address', 'ada@192.0.2.1'],
  ['an IP address in hexadecimal', 'ada@0x7f.1'],
  ['an address literal', 'ada@[192.0.2.1]'],
  ['a domain that ends in a number', 'ada@example.123'],
  ['a trailing dot', 'ada@example.org.'],
  ['two dots', 'ada..b@example.org'],
  ['a leading dot', '.ada@example.org'],
  ['a hyphen at the end of a label', 'ada@example-.org'],
  ['a port', 'ada@example.org:25'],
  ['a path', 'ada@example.org/x'],
  ['a user part of a URL', 'ada@x:y@example.org'],
  ['an underscore in the domain', 'ada@_dmarc.example.org'],
  ['a percent sign in the domain', 'ada@ex%61mple.org'],
  ['a display name', 'Ada <ada@example.org>'],
  ['a quoted name', '"ada lovelace"@example.org'],
  ['two addresses', 'ada@example.org,eve@example.org'],
  ['a space inside', 'ada lovelace@example.org'],
  ['a no-break space before', '\u00a0ada@example.org'],
  ['a line break and a header', 'ada@example.org\r\nBcc: eve@example.org'],
  ['a line break at the end', 'ada@example.org\n'],
  ['a NUL', 'ada@example.org\0'],
  ['a zero-width space', 'ada\u200b@example.org'],
  ['a soft hyphen in the domain', 'ada@exam\u00adple.org'],
  ['a bidirectional override', '\u202egro.elpmaxe@ada'],
  ['a lone surrogate', 'ada\ud800@example.org'],
  ['a name in another script, which SES cannot send to', 'アダ@example.org'],
  ['a symbol in the domain', 'ada@example©.org'],
  ['punycode of nothing', 'ada@xn--zzzzzzzz.de'],
  ['an encoded word, which some systems decode into another address', '=?utf-8?q?a=40b.c=3e?=@example.org'],
  ['65 characters before the @', `${'a'.repeat(65)}@example.org`],
  ['a label of 64 characters', `ada@${'b'.repeat(64)}.org`],
  ['255 characters', `ab@${'b'.repeat(62)}.${'b'.repeat(62)}.${'b'.repeat(62)}.${'b'.repeat(60)}.de`],
  ['a megabyte', `${'a'.repeat(1_000_000)}@example.org`],
  ['a megabyte of spaces, at once', `a${' '.repeat(1_000_000)}@example.org`],
])('refused: %s', (_, text) => {
  expect(canonicalAddress(text)).toEqual({ outcome: 'invalid', reason: expect.any(String) });
});

test('a canonical address is its own canonical spelling, and fit for a header as it stands', () => {
  const name = fc.stringMatching(/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,20}$/);
  fc.assert(
    fc.property(
      fc.oneof(
        fc.emailAddress(),
        fc.string(),
        name.map((local) => `${local}@Example.org`),
      ),
      (text) => {
        const address = addressOf(text);
        fc.pre(address !== undefined);
        expect(addressOf(address ?? '')).toBe(address);
        expect(address).toMatch(/^[\x21-\x7e]+$/);
        expect(address).not.toMatch(/[\s<>(),:;"[\]\\]/);
      },
    ),
  );
});

test('upper and lower case are one mailbox', () => {
  const spellings = ['Ada@Example.org', 'ADA@EXAMPLE.ORG', 'ada@example.org'];
  expect(new Set(spellings.map((text) => sameMailbox(addressOf(text) as Address))).size).toBe(1);
});

test('a field of a form says in words what is wrong with an address', () => {
  expect(AddressField.parse(' Ada@Example.org')).toBe('Ada@example.org');
  const [issue] = AddressField.safeParse('ada@').error?.issues ?? [];
  expect(issue?.message).toBe(
    'This is no email address that we can write to: what stands after the "@" is no domain such as "example.org".',
  );
  expect(AddressField.safeParse(undefined).error?.issues[0]?.message).toBe('Enter an email address.');
});
