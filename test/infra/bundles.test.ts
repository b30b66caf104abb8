/** What is deployed as code: small where a visitor waits for it, and without what only the builder needs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleOf, type Bundled } from '../../bench/bundles';
import { type HandlerName, triggers } from '../../lambdas/triggers';
import { handlers } from './template';

const folder = mkdtempSync(join(tmpdir(), 'paperboy-bundles-'));
const bundles = new Map<HandlerName, Bundled>();
beforeAll(async () => {
  for (const handler of handlers) bundles.set(handler, await bundleOf(handler, folder));
});
afterAll(() => rmSync(folder, { recursive: true }));

const holding = (what: RegExp): HandlerName[] =>
  handlers.filter((handler) => bundles.get(handler)?.holds.some((path) => what.test(path)));

test('a page that a visitor waits for comes from a bundle of 600 KB at most', () => {
  const web = handlers.filter((handler) => triggers[handler].kind === 'web');
  const large = web.filter((handler) => (bundles.get(handler)?.bytes ?? Infinity) > 600_000);
  expect(large).toEqual([]);
});

test('MJML is in the builder alone', () => {
  expect(holding(/node_modules\/mjml-core\//)).toEqual(['build-digest']);
});

test('readers of files are in none: Lambda has no file of papers', () => {
  expect(holding(/sources\/file|csv-parse/)).toEqual([]);
});

test('ways to credentials that Lambda has not are in no bundle, and the one that it has is in each', () => {
  expect(holding(/credential-provider-env/)).toEqual(handlers);
  expect(holding(/credential-provider-(?!env|node)|nested-clients/)).toEqual([]);
});

test('the schema of the settings, checked when they are deployed, is in no bundle', () => {
  expect(holding(/core\/settings\.ts$/)).toEqual([]);
});

test('of zod there are the schemas without methods, which load in a fifth of the time', () => {
  expect(holding(/zod\/v4\/mini\//)).toEqual(handlers);
  expect(holding(/zod\/v4\/classic\//)).toEqual([]);
});
