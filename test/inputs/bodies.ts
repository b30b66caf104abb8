/** What is sent to the form's address that is no form, or half of one. */

type Headers = Record<string, string>;

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';

/** What it is, the status that it is answered with, and the body; large ones are made when they are needed. */
export type Refused = readonly [
  what: string,
  status: 400 | 413 | 415,
  body: string | Buffer | (() => string),
  type: string,
  headers: Headers,
];

type Unheaded = readonly [
  what: string,
  status: Refused[1],
  body: Refused[2],
  type: string,
  headers?: Headers,
];

const good = '{"email":"grace@example.org"}';
const goodForm = 'email=grace%40example.org';
const MEGABYTE = 1_000_000;

const json: Unheaded[] = [
  ['JSON that stops after a brace', 400, '{', JSON_TYPE],
  ['JSON that stops in an address', 400, '{"email":"grace@exam', JSON_TYPE],
  ['no body', 400, '', JSON_TYPE],
  ['spaces', 400, '   ', JSON_TYPE],
  ['null', 400, 'null', JSON_TYPE],
  ['a number', 400, '42', JSON_TYPE],
  ['text', 400, '"grace@example.org"', JSON_TYPE],
  ['an array', 400, '[]', JSON_TYPE],
  ['an array of one form', 400, `[${good}]`, JSON_TYPE],
  ['no address', 400, '{}', JSON_TYPE],
  ['several addresses', 400, '{"email":["grace@example.org","eve@example.net"]}', JSON_TYPE],
  ['a number for an address', 400, '{"email":1906}', JSON_TYPE],
  ['null for an address', 400, '{"email":null}', JSON_TYPE],
  ['an object for an address', 400, '{"email":{"toString":"grace@example.org"}}', JSON_TYPE],
  ['a condition for an address', 400, '{"email":{"$ne":null}}', JSON_TYPE],
  ['a search that is a number', 400, '{"email":"grace@example.org","search":7}', JSON_TYPE],
  ['JSON with a comment', 400, `${good} // hello`, JSON_TYPE],
  ['JSON twice', 400, good + good, JSON_TYPE],
  ['JSON with single quotes', 400, "{'email':'grace@example.org'}", JSON_TYPE],
  ['a form that says it is JSON', 400, goodForm, JSON_TYPE],
  ['brackets a hundred thousand deep', 413, () => '['.repeat(100_000), JSON_TYPE],
  ['brackets ten thousand deep', 400, () => '['.repeat(10_000), JSON_TYPE],
  ['a megabyte of JSON', 413, () => `{"email":"${'g'.repeat(MEGABYTE)}@example.org"}`, JSON_TYPE],
];

const forms: Unheaded[] = [
  ['bytes that are no UTF-8', 400, 'email=%ff%fe@example.org', FORM],
  ['an address that was encoded twice', 400, 'email=grace%2540example.org', FORM],
  ['another field alone', 400, 'mail=grace%40example.org', FORM],
  ['the address in brackets', 400, 'email[]=grace%40example.org', FORM],
  ['two addresses', 400, `${goodForm}&email=eve%40example.net`, FORM],
  ['JSON that says it is a form', 400, good, FORM],
  ['an encoded line end', 400, 'email=grace%40example.org%0d%0aBcc:eve%40example.net', FORM],
  ['a megabyte of form', 413, () => `${goodForm}&words=${'w'.repeat(MEGABYTE)}`, FORM],
];

const types: Unheaded[] = [
  ['JSON as plain text, as a foreign page could post it', 415, good, 'text/plain'],
  ['XML', 415, '<email>grace@example.org</email>', 'application/xml'],
  ['a type that only starts like JSON', 415, good, 'application/json-seq'],
  ['a type that is no type', 415, good, 'json'],
  ['no type', 415, good, ''],
  ['JSON in UTF-7', 415, good, `${JSON_TYPE}; charset=utf-7`],
  ['JSON in UTF-16', 415, Buffer.from(good, 'utf16le'), `${JSON_TYPE}; charset=utf-16le`],
  ['a body that says it is packed', 415, good, JSON_TYPE, { 'content-encoding': 'gzip' }],
  ['a form that says it is packed', 415, goodForm, FORM, { 'content-encoding': 'br' }],
];

export const refused: readonly Refused[] = [...json, ...forms, ...types].map(
  ([what, status, body, type, headers = {}]) => [what, status, body, type, headers],
);

/** Keys that some programs would put into every object; the address, which is of this case alone, is written to. */
export const harmless: readonly (readonly [what: string, address: string, body: string])[] = [
  [
    'a prototype',
    'proto@example.com',
    '{"email":"proto@example.com","__proto__":{"admin":true,"polluted":1}}',
  ],
  [
    'a constructor',
    'constructor@example.com',
    '{"constructor":{"prototype":{"polluted":1}},"email":"constructor@example.com"}',
  ],
  [
    'a path to a prototype',
    'path@example.com',
    '{"email":"path@example.com","__proto__.polluted":1,"a[__proto__]":1}',
  ],
  ['a key that nobody knows', 'key@example.com', '{"email":"key@example.com","polluted":1,"admin":true}'],
];
