/** Runs test files in the given order; jest itself would start with the slowest. */
const { delimiter } = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;

module.exports = class extends Sequencer {
  sort(tests) {
    const order = (process.env.MUTATION_ORDER ?? '').split(delimiter);
    return tests.toSorted((a, b) => order.indexOf(a.path) - order.indexOf(b.path));
  }
};
