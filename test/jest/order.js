/** Test files in the order jest finds best, but those with browsers, processes and models first: they take longest. */
const { relative } = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;

const FIRST = ['test/model/', 'test/browser/', 'test/cli/'];

module.exports = class extends Sequencer {
  sort(tests) {
    const rank = ({ path, context }) => {
      const place = FIRST.findIndex((room) => relative(context.config.rootDir, path).startsWith(room));
      return place === -1 ? FIRST.length : place;
    };
    return super.sort(tests).toSorted((a, b) => rank(a) - rank(b));
  }
};
