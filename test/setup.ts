/**
 * Before all tests: where the system has no Chromium, the one of the package @sparticuz/chromium is unpacked (Linux, x64), so
 * that `npm ci && npm test` needs nothing else.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { brotliDecompressSync } from 'node:zlib';
import { chromium } from '../local/chromium';

export default async function findChromium(): Promise<void> {
  if (chromium() || process.platform !== 'linux' || process.arch !== 'x64') return;
  process.env['CHROMIUM'] = await unpacked();
}

/** A script that starts it with the libraries and fonts it brings along; unpacked once for each version of the package. */
async function unpacked(): Promise<string> {
  const root = join(dirname(require.resolve('@sparticuz/chromium')), '..', '..');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const folder = join(tmpdir(), `paperboy-chromium-${version}`);
  const script = join(folder, 'chromium.sh');
  if (existsSync(script)) return script;
  const making = `${folder}-${process.pid}`;
  mkdirSync(making, { recursive: true });
  await fill(making, join(root, 'bin'));
  const variables = `LD_LIBRARY_PATH="${folder}/lib" FONTCONFIG_PATH="${folder}"`;
  const lines = ['#!/bin/sh', `${variables} exec "${folder}/chromium" "$@"`, ''];
  writeFileSync(join(making, 'chromium.sh'), lines.join('\n'), { mode: 0o755 });
  try {
    renameSync(making, folder);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    if (!existsSync(script)) throw error; // else another run was first
  }
  return script;
}

async function fill(folder: string, bin: string): Promise<void> {
  const unbrotli = (name: string): Buffer => brotliDecompressSync(readFileSync(join(bin, name)));
  writeFileSync(join(folder, 'chromium'), unbrotli('chromium.br'), { mode: 0o755 });
  const { extract } = require(require.resolve('tar-fs', { paths: [bin] })) as {
    extract: (to: string) => NodeJS.WritableStream;
  };
  for (const name of ['al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br'])
    await pipeline(Readable.from(unbrotli(name)), extract(folder));
}
