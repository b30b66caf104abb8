/** The Security Token Service on this machine: it knows one account, and takes everybody for its own. */
import { createServer } from 'node:http';
import type { FarEnd } from './far-end';
import { close, listen } from './loopback';

const ACCOUNT = '123456789012';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const IDENTITY = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
    <Arn>arn:aws:iam::${ACCOUNT}:root</Arn>
    <UserId>${ACCOUNT}</UserId>
    <Account>${ACCOUNT}</Account>
  </GetCallerIdentityResult>
</GetCallerIdentityResponse>
`;

/** Starts it on any free port; whatever is asked, it answers GetCallerIdentity. */
export async function startSts(): Promise<FarEnd> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'text/xml' }).end(IDENTITY);
  });
  const url = await listen(server);
  return { url, close: () => close(server) };
}
