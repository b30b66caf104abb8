/**
 * Where each test file runs. Large packages (jest.config.js names them) are loaded once for a worker and shared by all its test
 * files, outside of jest's sandbox: loading them anew for each file, and running them inside, took a third of the time.
 */
const { isNativeError } = require('node:util/types');
const { TestEnvironment } = require('jest-environment-node');

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.variables = { ...process.env };
    this.global.process.env = process.env; // the SDK asks there where its services are
    this.global.requireOnce = (path) => require(path);
    const { Error } = this.global;
    const isInstance = Function.prototype[Symbol.hasInstance];
    Object.defineProperty(Error, Symbol.hasInstance, {
      // errors from outside are errors too
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
