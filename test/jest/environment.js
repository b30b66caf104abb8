/**
 * The environment of each test file. Large packages (listed in jest.config.js) are loaded once per worker, outside of jest's
 * sandbox, and shared by all its test files. So they are loaded and optimised by V8 once, not for each file.
 */
const { isNativeError } = require('node:util/types');
const { TestEnvironment } = require('jest-environment-node');

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    const { global } = this;
    global.requireOnce = (path) => require(path);
    // shared with those packages: process.env (restored after the file), sets, maps, and what counts as an Error
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
