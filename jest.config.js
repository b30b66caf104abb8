/** Tests compile with SWC to CommonJS (docs/decisions/0001-toolchain.md). */

const { availableParallelism } = require('node:os');

/** Packages that take long to load or to get fast, keep nothing between two tests, and don't ask for the time. */
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
  // some wait while others work
  maxWorkers: 2 * availableParallelism(),
};
