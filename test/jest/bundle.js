/**
 * Bundles each command into one file, once per worker: it starts in a fraction of the time that compiling and loading a
 * hundred modules takes. Each module keeps its own __dirname.
 */
const { readFileSync, rmSync } = require('node:fs');
const path = require('node:path');
const { build } = require('esbuild');

const ROOT = path.join(__dirname, '..', '..');

const ownFolders = {
  name: 'own folders',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
      if (file.includes('/node_modules/')) return undefined;
      const folder = `const __dirname = ${JSON.stringify(path.dirname(file))};`;
      // esbuild resolves import(`../lambdas/${name}`) only with the file's extension
      const text = readFileSync(file, 'utf8').replace(/(import\(`[^`]*\$\{\w+\})(`\))/g, '$1.ts$2');
      return { contents: `${folder}${text}`, loader: 'ts' };
    });
  },
};

const made = new Map();

/** The file with the command, such as 'cli/paperboy.ts'. */
module.exports = (source) => {
  const outfile = path.join(
    ROOT,
    'node_modules',
    '.cache',
    'paperboy',
    `${process.pid}-${source.replaceAll('/', '-')}.cjs`,
  );
  const known =
    made.get(source) ??
    build({
      entryPoints: [path.join(ROOT, source)],
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node20',
      plugins: [ownFolders],
      logLevel: 'error',
      // not made to be bundled
      external: [
        'aws-cdk-lib',
        'cdk-nag',
        'axe-core',
        'caniemail',
        'dynalite',
        'html-validate',
        'mjml',
        'playwright-core',
        'mailparser',
        'postal-mime',
      ],
    }).then(() => outfile);
  if (!made.has(source)) process.once('exit', () => rmSync(outfile, { force: true }));
  made.set(source, known);
  return known;
};
