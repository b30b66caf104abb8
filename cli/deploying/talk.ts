/** What the commands of deploying say, and how they end. */

// the SDK's word on the age of Node.js would bury every sentence
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** A sentence and the reasons behind it; a stack trace helps nobody who deploys. */
export function ending(error: unknown): never {
  const lines = [];
  for (let at = error; at instanceof Error; at = at.cause) lines.push(at.message);
  process.stderr.write(`${lines.join('\n  because: ') || String(error)}\n`);
  process.exit(1);
}
