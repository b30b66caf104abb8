/** What people, scripts and attackers type as an email address, by kind, and the address it is taken for. */

/** `as` is where mail goes; undefined where what was typed is refused. */
export type Typed = readonly [what: string, typed: string, as: string | undefined];

const refused = (what: string, typed: string): Typed => [what, typed, undefined];
const kept = (what: string, typed: string): Typed => [what, typed, typed];

const letters = (count: number): string => 'l'.repeat(count);

/** Of so many characters in all, in labels that are each short enough. */
const longAddress = (length: number): string => {
  const domain = `${[60, 60, 60, 60].map(letters).join('.')}.example`;
  return `${letters(length - domain.length - 1)}@${domain}`;
};

const syntax: Typed[] = [
  refused('nothing', ''),
  refused('spaces alone', '   '),
  refused('no @', 'ada.example.org'),
  refused('an @ alone', '@'),
  refused('nothing before the @', '@example.org'),
  refused('nothing after the @', 'ada@'),
  refused('a dot in front', '.ada@example.org'),
  refused('a dot before the @', 'ada.@example.org'),
  refused('two dots in a row', 'ada..lovelace@example.org'),
  refused('two @ in a row', 'ada@@example.org'),
  refused('two @ apart', 'ada@home@example.org'),
  refused('a domain that starts with a dot', 'ada@.org'),
  refused('two dots in the domain', 'ada@example..org'),
  refused('a dot at the end', 'ada@example.org.'),
  refused('an IPv4 address in brackets', 'ada@[192.0.2.1]'),
  refused('an IPv6 address in brackets', 'ada@[IPv6:2001:db8::7]'),
  refused('a bare IPv4 address', 'ada@192.0.2.1'),
  refused('an IPv4 address in hexadecimal', 'ada@0xc0.0.2.1'),
  refused('a label that starts with a hyphen', 'ada@-example.org'),
  refused('a label that ends with a hyphen', 'ada@example-.org'),
  refused('a comment behind', 'ada@example.org(at home)'),
  refused('a comment in front', '(at home)ada@example.org'),
  refused('a name around it', 'Ada Lovelace <ada@example.org>'),
  refused('angle brackets', '<ada@example.org>'),
  refused('a mailto link', 'mailto:ada@example.org'),
  refused('a question behind, as in a mailto link', 'ada@example.org?bcc=eve@example.net'),
  refused('two addresses with a comma', 'ada@example.org,eve@example.net'),
  refused('two addresses with a semicolon', 'ada@example.org;eve@example.net'),
  refused('two addresses with a space', 'ada@example.org eve@example.net'),
  refused('a group', 'readers:ada@example.org;'),
  refused('a top level domain of digits', 'ada@example.42'),
  refused('a domain of one label', 'ada@localhost'),
  refused('65 characters before the @', `${letters(65)}@example.org`),
  refused('a label of 64', `ada@${letters(64)}.org`),
  refused('255 characters in all', longAddress(255)),
  refused('a page of text', `${letters(1_500)}@example.org`),
  refused('a route by another host', 'ada%example.net@example.org%'),
  refused('a route in front', '@example.net,@example.com:ada@example.org'),
  refused('an underscore in the domain', 'ada@_dmarc.example.org'),
  refused('a percent sign in the domain', 'ada@example%2eorg'),
  refused('a port', 'ada@example.org:25'),
  refused('a path', 'ada@example.org/inbox'),
  refused('a backslash', 'ada\\lovelace@example.org'),
  refused('a space before the @', 'ada lovelace@example.org'),
  refused('a space in the domain', 'ada@exam ple.org'),
  refused('quotes', '"ada lovelace"@example.org'),
  refused('another address in quotes', '"eve@example.net x"@example.org'),
  refused('an encoded word with another address in it', '=?utf-8?q?eve=40example.net=3e?=@example.org'),
];

const control: Typed[] = [
  refused('a line feed at the end', 'ada@example.org\n'),
  refused('a line end at the end', 'ada@example.org\r\n'),
  refused('a carriage return and a header', 'ada@example.org\rBcc: eve@example.net'),
  refused('a line feed and a header', 'ada@example.org\nBcc: eve@example.net'),
  refused('a line end and a header', 'ada@example.org\r\nBcc: eve@example.net'),
  refused('a header and a body', 'ada@example.org\r\nSubject: x\r\n\r\nBuy this'),
  refused('markup two lines further', 'ada@example.org\n\n<script src="//example.net/x.js">'),
  refused('a folded line', 'ada@example.org\r\n (at home)'),
  refused('a line end before the @', 'ada\r\n@example.org'),
  refused('a carriage return in quotes', '"\rada"@example.org'),
  refused('a tab', 'a\tda@example.org'),
  refused('a null', 'ada\0@example.org'),
  refused('a null before another domain', 'ada@example.org\0.example.net'),
  refused('a backspace', 'ada\b@example.org'),
  refused('an escape sequence', '\u001b[31mada@example.org'),
  refused('the delete character', 'ada\u007f@example.org'),
  refused('the next-line character', 'ada\u0085@example.org'),
  refused('a line separator', 'ada\u2028@example.org'),
];

const unicode: Typed[] = [
  ['a domain in full width', 'wide@ｅｘａｍｐｌｅ.org', 'wide@example.org'],
  ['a ligature in the domain', 'fi@oﬃce.example', 'fi@office.example'],
  ['a domain with an umlaut', 'umlaut@bücher.example', 'umlaut@xn--bcher-kva.example'],
  ['a domain in capitals with an umlaut', 'capital@BÜCHER.example', 'capital@xn--bcher-kva.example'],
  ['a domain in Cyrillic', 'pochta@пример.example', 'pochta@xn--e1afmkfd.example'],
  ['spaces around it', '  spaces@example.org  ', 'spaces@example.org'],
  ['capitals in the domain', 'Capitals@EXAMPLE.org', 'Capitals@example.org'],
  refused('an emoji before the @', '💌@example.org'),
  refused('a letter with an accent before the @', 'josé@example.org'),
  refused('a letter in full width before the @', 'ａda@example.org'),
  refused('a Cyrillic letter before the @', 'аda@example.org'),
  refused('a zero-width space', 'ada\u200b@example.org'),
  refused('a zero-width joiner in the domain', 'ada@exam\u200dple.org'),
  refused('a soft hyphen', 'ada@exam\u00adple.org'),
  refused('a word joiner', 'a\u2060da@example.org'),
  refused('an override of direction', '\u202egro.elpmaxe@ada@example.org'),
  refused('an isolate', 'ada\u2066@example.org'),
  refused('half of a surrogate pair', 'ada\ud83d@example.org'),
  refused('the other half', 'ada@example\udc8c.org'),
  refused('a sign in the domain', 'ada@example.org™'),
  refused('an emoji in the domain', 'ada@💌.example'),
  refused('an @ in full width', 'ada＠example.org'),
  refused('an ideographic full stop', 'ada@example。org'),
  refused('a space that does not break', 'ada\u00a0lovelace@example.org'),
];

const odd: Typed[] = [
  kept('an apostrophe', "d'alembert@example.org"),
  kept('a slash and an equals sign', 'list/ada=example.net@example.org'),
  kept('all that needs no quotes', "!#$%&'*+/=?^_`{|}~@example.org"),
  kept('a replacement pattern', "$&$1$`$'@example.org"),
  kept('what a template would fill', '{{to}}${7*7}@example.org'),
  kept('a percent sign', 'ada%40home@example.org'),
  kept('a plus and a tag', 'ada+papers@example.org'),
  kept('a hyphen in front', '-ada@example.org'),
  kept('an underscore alone', '_@example.org'),
  kept('digits alone', '1815@example.org'),
  kept('one letter', 'a@b.example'),
  kept('64 characters before the @', `${letters(64)}@example.org`),
  kept('a label of 63', `ada@${letters(63)}.example`),
  kept('254 characters in all', longAddress(254)),
  kept('hyphens in a row', 'ada@two----hyphens.example'),
  kept('a domain of digits', 'ada@2718.example'),
  kept('many labels', 'ada@a.b.c.d.e.f.example'),
  kept('a domain in punycode', 'ada@xn--bcher-kva.example'),
  kept('a top level domain in punycode', 'ada@example.xn--p1ai'),
];

export const addresses: Record<string, readonly Typed[]> = {
  'mail syntax': syntax,
  'control characters': control,
  Unicode: unicode,
  'odd, but good': odd,
};

/** Spellings of one mailbox, which has one subscriber. */
export const oneMailbox: readonly (readonly [what: string, ...spellings: string[]])[] = [
  ['capitals anywhere', 'Hopper@EXAMPLE.com', 'hopper@example.com', 'HOPPER@Example.Com'],
  ['a domain in full width', 'easley@ｅｘａｍｐｌｅ.com', 'easley@example.com'],
  ['a domain in Unicode and in punycode', 'noether@bücher.example', 'noether@xn--bcher-kva.example'],
];

/** Mailboxes of machines and postmasters (RFC 2142), where nobody asks for a newsletter. */
export const roles: readonly string[] = [
  'abuse@example.org',
  'postmaster@example.org',
  'hostmaster@example.org',
  'mailer-daemon@example.org',
  'No-Reply@example.org',
  'noreply@example.org',
  'do-not-reply@example.org',
  'DoNotReply@example.org',
];

/** Mailboxes that are thrown away after use. Lists of their domains are never complete, and people read mail there too. */
export const disposable = 'brief@mailinator.example';
