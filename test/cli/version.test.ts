/** `version`, run as the operator runs it. */
import { createServer, type Server } from 'node:http';
import { version } from '../../package.json';
import { close, listen } from '../../local/loopback';
import { startWorld, type World } from '../world';
import { paperboy } from './paperboy';

let world: World;
let feed = '';
let other: Server;
let otherSite: string;
beforeAll(async () => {
  world = await startWorld();
  other = createServer((_, response) => response.writeHead(feed === '' ? 503 : 200).end(feed));
  otherSite = await listen(other);
});
afterAll(async () => {
  await world.close();
  await close(other);
});

const askedOf = (site: string) => {
  const environment = { ...world.machine.environment };
  environment['NEWSLETTER'] = JSON.stringify({ ...JSON.parse(environment['NEWSLETTER'] ?? ''), site });
  return paperboy({ ...world, machine: { ...world.machine, environment } }, 'version');
};

test('an operator reads which Paperboy this is, and that the site runs it too', async () => {
  const { code, out } = await paperboy(world, 'version');
  expect(code).toBe(0);
  expect(out).toMatch(/^Paperboy \d+\.\d+\.\d+( \(commit [0-9a-f]{7,}\))?, Node v\d+/);
  expect(out).toContain(`${world.machine.site} runs ${version} too`);
});

test.each([
  ['another version', '<generator version="0.0.9">Paperboy</generator>', 'runs 0.0.9: CHANGELOG.md says'],
  ['one from before it said so', '<feed></feed>', 'runs a version that tells no number yet: CHANGELOG'],
  ['trouble', '', "can't be asked: its feed answers 503"],
])('where the site has %s, that is what they read', async (_, answer, says) => {
  feed = answer;
  const { code, out } = await askedOf(otherSite);
  expect([code, out.split('\n')[1]]).toEqual([0, expect.stringContaining(`${otherSite} ${says}`)]);
});

test('where nobody answers, the version of this Paperboy is told all the same', async () => {
  const { code, out } = await askedOf('http://127.0.0.1:1');
  expect(code).toBe(0);
  expect(out).toContain(`Paperboy ${version}`);
  expect(out).toContain("can't be asked: ");
});
