/** AWS's JSON protocol from the client's side, as far as the local machine needs it to talk to its own far ends. */
import * as z from 'zod';

const Refusal = z.object({
  __type: z.string().transform((type) => type.slice(type.indexOf('#') + 1)),
  message: z.string().optional(),
});

/** The far ends want a signature in the right form; none of them checks it. */
const signature =
  'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/local/aws4_request,SignedHeaders=host,Signature=0';

/** Calls `target`, such as "AmazonSQS.SendMessage"; a refusal is an Error that has the service's code as its name. */
export async function call<Answer extends z.ZodType>(
  url: string,
  target: string,
  input: object,
  answer: Answer,
): Promise<z.infer<Answer>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': target,
      'x-amz-date': '20260101T000000Z',
      authorization: signature,
    },
    body: JSON.stringify(input),
  });
  const text = await response.text();
  const body: unknown = text === '' ? {} : JSON.parse(text);
  if (response.ok) return answer.parse(body);
  const { __type: name, message } = Refusal.parse(body);
  throw Object.assign(new Error(`${target} was refused: ${message ?? name}`), { name });
}
