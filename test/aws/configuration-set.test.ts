/** What SES reports under the configuration set, as the doctor asks for it: only destinations that are on count. */
import { createServer, type Server } from 'node:http';
import { configurationSet } from '../../lambdas/aws/configuration-set';
import { close, listen } from '../../local/loopback';
import { credentials } from '../embedded';

const PATH = '/v2/email/configuration-sets/paperboy';
let server: Server;
/** SES's answers by path; what is not here is not found. */
let answers: Record<string, object> = {};

beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    const answer = answers[url];
    response.writeHead(answer ? 200 : 404, answer ? {} : { 'x-amzn-errortype': 'NotFoundException' });
    response.end(JSON.stringify(answer ?? {}));
  });
  Object.assign(process.env, credentials, {
    AWS_ENDPOINT_URL_SES: await listen(server),
    CONFIGURATION_SET: 'paperboy',
  });
});
afterAll(() => close(server));

const on = { Enabled: true, MatchingEventTypes: ['SEND', 'BOUNCE'] };
const off = { Enabled: false, MatchingEventTypes: ['DELIVERY', 'COMPLAINT'] };
const unsaid = { MatchingEventTypes: ['REJECT'] };

test.each<[what: string, destinations: object, heard: string[]]>([
  ['one that is on', { EventDestinations: [on] }, ['SEND', 'BOUNCE']],
  ['one that is off', { EventDestinations: [off] }, []],
  ['one of each', { EventDestinations: [off, on] }, ['SEND', 'BOUNCE']],
  [
    'two that are on',
    { EventDestinations: [on, { ...off, Enabled: true }] },
    [...on.MatchingEventTypes, ...off.MatchingEventTypes],
  ],
  ['one that is not said to be on', { EventDestinations: [unsaid] }, []],
  ['an empty list', { EventDestinations: [] }, []],
  ['no list', {}, []],
])('%s', async (_, destinations, heard) => {
  answers = { [PATH]: {}, [`${PATH}/event-destinations`]: destinations };
  expect([...((await configurationSet())?.events ?? ['no set'])]).toEqual(heard);
});

test.each<[what: string, rules: object, tls: string]>([
  ['TLS only', { DeliveryOptions: { TlsPolicy: 'REQUIRE' } }, 'REQUIRE'],
  ['TLS where it can be had', { DeliveryOptions: { TlsPolicy: 'OPTIONAL' } }, 'OPTIONAL'],
  ['no word of TLS', { DeliveryOptions: {} }, 'OPTIONAL'],
  ['no word at all', {}, 'OPTIONAL'],
])('%s', async (_, rules, tls) => {
  answers = { [PATH]: rules, [`${PATH}/event-destinations`]: {} };
  expect(await configurationSet()).toEqual({ name: 'paperboy', tls, events: new Set() });
});

test('a set that is not there is none; an answer that means nothing is a fault', async () => {
  answers = {};
  expect(await configurationSet()).toBeUndefined();
  answers = { [PATH]: {}, [`${PATH}/event-destinations`]: { EventDestinations: 'all' } };
  await expect(configurationSet()).rejects.toThrow('EventDestinations');
});
