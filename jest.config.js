/** Tests compile with SWC to CommonJS (docs/decisions/0001-toolchain.md). */

const { availableParallelism } = require('node:os');

/** Large packages, loaded once per worker (test/jest/environment.js): they keep no state between tests and don't need the test's clock. */
const LARGE = [
  '@aws',
  '@aws-sdk',
  '@smithy',
  'dynalite',
  'zod',
  'aws-cdk-lib',
  'cdk-nag',
  'constructs',
  'mjml',
  'mjml-[\\w-]+',
  'playwright-core',
  'html-validate',
  'caniemail',
  'mailparser',
  'postal-mime',
  'nodemailer',
].join('|');

// the SDK reads it when it is loaded
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

module.exports = {
  testEnvironment: '<rootDir>/test/jest/environment.js',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/long/'],
  transform: {
    '\\.tsx?$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
    [`/node_modules/(${LARGE})/`]: '<rootDir>/test/jest/once.js',
  },
  transformIgnorePatterns: [`/node_modules/(?!(${LARGE})/)`],
  globalSetup: '<rootDir>/test/setup.ts',
  setupFiles: ['<rootDir>/test/environment.js'],
  setupFilesAfterEnv: ['<rootDir>/test/assertions.js'],
  testTimeout: 90_000,
  testSequencer: '<rootDir>/test/jest/order.js',
  // about half of the time a test waits for a timer or another process
  maxWorkers: 2 * availableParallelism(),
};
