/**
 * The operator's commands as one file each, made once for a worker of the tests: it starts in a fraction of the time that
 * compiling and loading a hundred modules takes. Each module keeps its own __dirname.
 */
const { readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { build } = require('esbuild');

const ROOT = join(__dirname, '..', '..');

const ownFolders = {
  name: 'own folders',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      if (path.includes('/node_modules/')) return undefined;
      const folder = `const __dirname = ${JSON.stringify(dirname(path))};`;
      return { contents: `${folder}${readFileSync(path, 'utf8')}`, loader: 'ts' };
    });
  },
};

const made = new Map();

/** The file with the command, such as 'cli/paperboy.ts'. */
module.exports = (source) => {
  const outfile = join(
    ROOT,
    'node_modules',
    '.cache',
    'paperboy',
    `${process.pid}-${source.replaceAll('/', '-')}.cjs`,
  );
  const known =
    made.get(source) ??
    build({
      entryPoints: [join(ROOT, source)],
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node20',
      plugins: [ownFolders],
      logLevel: 'error',
      // loaded by few commands, and not made to be bundled
      external: [
        'axe-core',
        'caniemail',
        'html-validate',
        'mjml',
        'playwright-core',
        'mailparser',
        'postal-mime',
      ],
    }).then(() => outfile);
  made.set(source, known);
  return known;
};
