/** Whose domain an address is at: SES sends only from a domain whose DNS the operator holds. */

/** Where many people have a mailbox, and nobody of them the DNS. */
const providers = new Set([
  '163.com',
  'aol.com',
  'duck.com',
  'fastmail.com',
  'gmail.com',
  'gmx.com',
  'gmx.de',
  'gmx.net',
  'googlemail.com',
  'hotmail.com',
  'icloud.com',
  'laposte.net',
  'live.com',
  'mac.com',
  'mail.com',
  'mail.ru',
  'me.com',
  'msn.com',
  'naver.com',
  'orange.fr',
  'outlook.com',
  'pm.me',
  'proton.me',
  'protonmail.com',
  'qq.com',
  't-online.de',
  'web.de',
  'yahoo.co.jp',
  'yahoo.co.uk',
  'yahoo.com',
  'yandex.ru',
  'ymail.com',
  'zoho.com',
]);

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

export const isAtProvider = (address: string): boolean => providers.has(domainOf(address));

/** Names that lead nowhere, for examples and for networks at home: RFC 2606, RFC 6761, RFC 6762, RFC 8375. */
const RESERVED = /(^|\.)(example|test|invalid|localhost|local|internal|home\.arpa|example\.(com|net|org))$/;

export const isReserved = (domain: string): boolean => RESERVED.test(domain);
