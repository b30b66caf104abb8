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

export function answerXml(action: string, result: Record<string, string | number>): string {
  const fields = Object.entries(result).map(
    ([name, value]) => `      <${name}>${escapeXml(String(value))}</${name}>\n`,
  );
  return `<${action}Response xmlns="${NAMESPACE}">
  <${action}Result>
${fields.join('')}  </${action}Result>
  <ResponseMetadata>
    <RequestId>${randomUUID()}</RequestId>
  </ResponseMetadata>
</${action}Response>
`;
}

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
