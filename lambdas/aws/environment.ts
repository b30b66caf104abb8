/** What the deployment tells a handler: environment variables, each read when first needed. */
import type { Settings } from '../core/settings';
import { tableVariable, type TableName } from './tables';

/** Its name is for those who tell an operator what to do about it. */
class MissingVariable extends Error {
  override name = 'MissingVariable';
}

/** A variable that must be there; without it the deployment is wrong, not the request. */
export function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new MissingVariable(`${name} isn't set`);
  return value;
}

export const tableName = (table: TableName): string => variable(tableVariable(table));

let known: Settings | undefined;

/**
 * newsletter.json as it was deployed: checked then, defaults and all. Checking it again would make every page's first
 * answer a tenth slower (docs/decisions/0023-cold-starts.md).
 */
export const settings = (): Settings => (known ??= JSON.parse(variable('NEWSLETTER')) as Settings);
