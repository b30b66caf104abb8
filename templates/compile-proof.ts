/** `node --import tsx templates/compile-proof.ts`: the browser's script to templates/compiled/proof.json, which a test compares. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** Its licence asks that the notice goes with it. */
const NOTICE = '/*! with altcha-lib, (c) 2023-2026 Daniel Regeci, MIT: https://opensource.org/license/mit */';

export function compileProof(): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(__dirname, 'proof-script.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2020',
    banner: { js: NOTICE },
  });
  return `${JSON.stringify({ script: outputFiles[0]?.text }, null, 2)}\n`;
}

if (require.main === module) writeFileSync(join(__dirname, 'compiled', 'proof.json'), compileProof());
