/** The slowest test files first (models, browsers, processes), and otherwise in jest's own order. */
const path = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;

const FIRST = ['test/model/', 'test/browser/', 'test/cli/'];

function rank(test) {
  const file = path.relative(test.context.config.rootDir, test.path);
  const place = FIRST.findIndex((room) => file.startsWith(room));
  return place === -1 ? FIRST.length : place;
}

module.exports = class extends Sequencer {
  sort(tests) {
    // oxlint-disable-next-line unicorn/no-array-sort -- it is jest's
    const found = super.sort(tests);
    return found.toSorted((a, b) => rank(a) - rank(b));
  }
};
