/**
 * `node --import tsx test/infra/kept-template.ts` at a release: keeps its template, which the next version's is compared
 * with (upgrade.test.ts).
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synth } from './template';

export const KEPT = join(__dirname, 'kept-template.json');

/** A line for each resource, so that a release's changes can be read. */
export function inLines(template: { Resources?: object }): string {
  const { Resources = {}, ...rest } = template;
  const lines = Object.entries(Resources).map(
    ([id, made]) => `${JSON.stringify(id)}: ${JSON.stringify(made)}`,
  );
  return `{\n"Resources": {\n${lines.join(',\n')}\n},\n${JSON.stringify(rest).slice(1)}\n`;
}

if (require.main === module) writeFileSync(KEPT, inLines(synth().toJSON()));
