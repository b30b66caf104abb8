/**
 * Where each test file runs. Large packages (jest.config.js names them) are loaded once for a worker and shared by all its test
 * files, outside of jest's sandbox, instead of anew for each file: V8 has made them fast by the second file.
 */
const { isNativeError } = require('node:util/types');
const { TestEnvironment } = require('jest-environment-node');

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    const { global } = this;
    global.requireOnce = (path) => require(path);
    // what the packages outside have in common with the test: the environment, restored after it, sets, maps and errors
    this.variables = { ...process.env };
    global.process.env = process.env;
    Object.assign(global, { Set, Map });
    const { Error } = global;
    const isInstance = Function.prototype[Symbol.hasInstance];
    Object.defineProperty(Error, Symbol.hasInstance, {
      value: function (one) {
        return isInstance.call(this, one) || (this === Error && isNativeError(one));
      },
    });
  }

  async teardown() {
    for (const name of Object.keys(process.env)) if (!(name in this.variables)) delete process.env[name];
    Object.assign(process.env, this.variables);
    await super.teardown();
  }
};
