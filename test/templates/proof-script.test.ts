/** The script that works out proofs, as browsers get it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileProof } from '../../templates/compile-proof';
import { proofScript } from '../../templates/sign-up-form';

const COMMAND = 'node --import tsx templates/compile-proof.ts';

test(`the compiled script is that of its source; if not, run ${COMMAND}`, () => {
  const compiled = readFileSync(join(__dirname, '..', '..', 'templates', 'compiled', 'proof.json'), 'utf8');
  expect(compiled === compileProof() || `run ${COMMAND}`).toBe(true);
});

test('it is small, names its licence, and asks nobody but the site itself', () => {
  expect(proofScript.length).toBeLessThan(10_000);
  expect(proofScript).toMatch(/^\/\*! with altcha-lib, \(c\) .* MIT/);
  expect([...proofScript.matchAll(/fetch\(([^,]*)/g)].map(([, where]) => where)).toEqual(['"/proof"']);
});
