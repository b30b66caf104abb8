/** Test files in the order they are named: jest would begin with those that take longest. */
const { delimiter } = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;

module.exports = class extends Sequencer {
  sort(tests) {
    const order = (process.env.MUTATION_ORDER ?? '').split(delimiter);
    return tests.toSorted((a, b) => order.indexOf(a.path) - order.indexOf(b.path));
  }
};
