/**
 * Where each test file runs. Large packages (jest.config.js names them) are loaded once for a worker and shared by all its test
 * files, outside of jest's sandbox, instead of anew for each file.
 */
const { isNativeError } = require('node:util/types');
const { TestEnvironment } = require('jest-environment-node');

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
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
};
