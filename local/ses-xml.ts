/** The answers of SES v1 on the wire: XML, for a result and for an error. */
import { randomUUID } from 'node:crypto';

/** An error as SES answers it; the SDK shows `code` as the error's name. */
export class SesError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** SES's shape in us-east-1: the milliseconds of its arrival, a UUID, and a counter that is always zero. */
export const newMessageId = (now: Date): string =>
  `0100${now.getTime().toString(16).padStart(12, '0')}-${randomUUID()}-000000`;

const NAMESPACE = 'http://ses.amazonaws.com/doc/2010-12-01/';

/** What an answer holds: a list's members, a map's entries, a structure's fields, or a text. */
export type Xml =
  string | number | boolean | readonly Xml[] | ReadonlyMap<string, Xml> | { readonly [field: string]: Xml };

export function answerXml(action: string, result: { readonly [field: string]: Xml }): string {
  const fields = Object.entries(result).map(([name, value]) => `    ${element(name, value)}\n`);
  return `<${action}Response xmlns="${NAMESPACE}">
  <${action}Result>
${fields.join('')}  </${action}Result>
  <ResponseMetadata>
    <RequestId>${randomUUID()}</RequestId>
  </ResponseMetadata>
</${action}Response>
`;
}

const element = (name: string, value: Xml): string => `<${name}>${contentOf(value)}</${name}>`;

/** As AWS's Query protocol writes them: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
function contentOf(value: Xml): string {
  if (typeof value !== 'object') return escapeXml(String(value));
  if (isMap(value)) return [...value].map(([key, one]) => element('entry', { key, value: one })).join('');
  if (isList(value)) return value.map((one) => element('member', one)).join('');
  return Object.entries(value)
    .map(([name, one]) => element(name, one))
    .join('');
}

const isMap = (value: Xml): value is ReadonlyMap<string, Xml> => value instanceof Map;
const isList = (value: Xml): value is readonly Xml[] => Array.isArray(value);

export function errorXml({ code, message, status }: SesError): string {
  return `<ErrorResponse xmlns="${NAMESPACE}">
  <Error>
    <Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>
    <Code>${escapeXml(code)}</Code>
    <Message>${escapeXml(message)}</Message>
  </Error>
  <RequestId>${randomUUID()}</RequestId>
</ErrorResponse>
`;
}

const escapeXml = (text: string): string =>
  text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? '');
