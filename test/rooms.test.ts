/** The import rules of the house: who may know whom. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = join(__dirname, '..');

/** A file's room, and what the room may import: rooms (a path's start) and packages. `node:` is free where listed. */
const rooms: { room: RegExp; may: (string | RegExp)[] }[] = [
  { room: /^lambdas\/triggers\.ts$/, may: [] },
  { room: /^lambdas\/aws\/tables\.ts$/, may: [] },
  { room: /^lambdas\/aws\/metrics\.ts$/, may: ['lambdas/triggers.ts'] },
  { room: /^lambdas\/core\/cron\.ts$/, may: ['croner'] },
  {
    room: /^lambdas\/core\//,
    may: ['lambdas/core/', 'zod/mini', 'zod/locales', 'node:crypto', /^altcha-lib/],
  },
  {
    room: /^lambdas\/sources\//,
    may: [
      'lambdas/sources/',
      'lambdas/core/',
      'zod/mini',
      'fast-xml-parser',
      'csv-parse/sync',
      'node:fs/promises',
    ],
  },
  {
    room: /^lambdas\/aws\//,
    may: [
      'lambdas/aws/',
      'lambdas/core/',
      'lambdas/triggers.ts',
      /^@aws-sdk\//,
      'zod/mini',
      /^hono/,
      'aws-lambda',
      /^node:/,
    ],
  },
  {
    room: /^lambdas\/ingesting\//,
    may: ['lambdas/ingesting/', 'lambdas/core/', 'lambdas/aws/', 'lambdas/sources/', /^node:timers/],
  },
  { room: /^lambdas\/settling\//, may: ['lambdas/settling/', 'lambdas/core/', 'lambdas/aws/'] },
  { room: /^lambdas\/building\//, may: ['lambdas/building/', 'lambdas/core/', 'lambdas/aws/'] },
  {
    room: /^lambdas\/sending\//,
    may: ['lambdas/sending/', 'lambdas/core/', 'lambdas/aws/', 'templates/', /^node:timers/],
  },
  {
    room: /^lambdas\/preferring\//,
    may: ['lambdas/preferring/', 'lambdas/core/', 'lambdas/aws/', 'templates/', 'zod/mini', /^node:timers/],
  },
  {
    room: /^lambdas\/leaving\//,
    may: ['lambdas/leaving/', 'lambdas/core/', 'lambdas/aws/', 'templates/', /^node:timers/],
  },
  {
    room: /^templates\/(proof-script|compile-proof)\.ts$/,
    may: [/^altcha-lib/, 'esbuild', /^node:/],
  },
  { room: /^templates\//, may: ['templates/', 'lambdas/core/', 'package.json', 'mjml', /^node:/] },
  {
    room: /^lambdas\/[^/]+\.ts$/,
    may: [
      'lambdas/core/',
      'lambdas/aws/',
      'lambdas/sources/',
      'lambdas/ingesting/',
      'lambdas/building/',
      'lambdas/sending/',
      'lambdas/settling/',
      'lambdas/preferring/',
      'lambdas/leaving/',
      'templates/',
      'zod/mini',
      'node:crypto',
      /^node:timers/,
    ],
  },
  { room: /^settings\//, may: ['settings/', 'lambdas/core/', /^node:/] },
  {
    room: /^infra\//,
    may: [
      'infra/',
      'settings/',
      'lambdas/triggers.ts',
      'lambdas/aws/tables.ts',
      'lambdas/aws/metrics.ts',
      'lambdas/core/settings.ts',
      'lambdas/core/deployment.ts',
      'lambdas/core/settings-problems.ts',
      'lambdas/core/sender.ts',
      'lambdas/core/stage.ts',
      /^aws-cdk-lib/,
      'constructs',
      'cdk-nag',
      'zod',
      /^node:/,
    ],
  },
  {
    room: /^local\//,
    may: [
      'local/',
      'settings/',
      'lambdas/triggers.ts',
      'lambdas/aws/tables.ts',
      'lambdas/core/',
      'lambdas/sources/file.ts',
      'templates/schedule-words.ts',
      /^(dynalite|local-aws-sqs|mailparser|aws-lambda|zod|hono\/html)$/,
      /^node:/,
    ],
  },
  {
    room: /^(cli|bench)\//,
    may: [
      /^(cli|bench|local|settings|templates)\//,
      /^lambdas\//,
      'infra/bundling.ts',
      'package.json',
      'cdk.json',
      /^[^./]/,
    ],
  },
];

const files = ['lambdas', 'settings', 'templates', 'infra', 'local', 'cli', 'bench'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.d)\.ts$/.test(name))
    .map((name) => join(folder, name)),
);

interface Import {
  from: string;
  what: string;
  typeOnly: boolean;
}

/** Static imports, exports from, and import() of a literal, as project paths or package names. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found = text.matchAll(
    /^(?:import|export)\s+(type\s)?[^;]*?from\s+'([^']+)'|^import\s+'([^']+)'|import\('([^']+)'\)/gms,
  );
  return [...found].map(([, type, from, bare, dynamic]) => {
    const name = from ?? bare ?? dynamic ?? '';
    const path = name.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(file), name)) : name;
    const what = name.startsWith('.') && !path.endsWith('.json') ? `${path}.ts` : path;
    return { from: file, what, typeOnly: Boolean(type) };
  });
}

function isAllowed({ from, what, typeOnly }: Import): boolean {
  const room = rooms.find((one) => one.room.test(from));
  if (!room) throw new Error(`${from} is in no room`);
  // what a handler answers is known to those who invoke it, without its code
  if (typeOnly && from.startsWith('local/') && /^lambdas\/[^/]+\.ts$/.test(what)) return true;
  return room.may.some((may) =>
    typeof may === 'string' ? (may.endsWith('/') ? what.startsWith(may) : what === may) : may.test(what),
  );
}

test('every room imports only what it may', () => {
  const imports = files.flatMap(importsOf);
  expect(imports.length).toBeGreaterThan(100);
  expect(imports.filter((one) => !isAllowed(one)).map(({ from, what }) => `${from} imports ${what}`)).toEqual(
    [],
  );
});

test('no handler imports another', () => {
  const between = files
    .flatMap(importsOf)
    .filter(({ from, what }) => [from, what].every((path) => /^lambdas\/[^/]+\.ts$/.test(path)));
  expect(between).toEqual([]);
});

const outside = (room: string, text: RegExp): string[] =>
  files.filter(
    (file) =>
      /^(lambdas|templates)\//.test(file) &&
      !file.startsWith(room) &&
      text.test(readFileSync(join(ROOT, file), 'utf8')),
  );

test('only lambdas/aws knows the SDK and the environment, and only templates knows MJML', () => {
  expect(outside('lambdas/aws/', /@aws-sdk|process\.env/)).toEqual([]);
  expect(outside('templates/', /<\/?mj-|<html|<p>/)).toEqual([]);
});

test('MJML is loaded by the builder alone', () => {
  const reach = (file: string, seen = new Set<string>()): Set<string> => {
    if (seen.has(file)) return seen;
    seen.add(file);
    for (const { what, typeOnly } of importsOf(file))
      if (!typeOnly && what.endsWith('.ts')) reach(what, seen);
    return seen;
  };
  const handlers = files.filter((file) => /^lambdas\/[^/]+\.ts$/.test(file));
  const heavy = handlers.filter((file) => reach(file).has('templates/render-mjml.ts'));
  expect(heavy).toEqual(['lambdas/build-digest.ts']);
});
