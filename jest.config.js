/** Tests compile with SWC to CommonJS (docs/decisions/0001-toolchain.md). */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/long/'],
  transform: {
    '\\.tsx?$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  globalSetup: '<rootDir>/test/setup.ts',
  setupFiles: ['<rootDir>/test/environment.js'],
  setupFilesAfterEnv: ['<rootDir>/test/assertions.js'],
  testTimeout: 90_000,
  maxWorkers: '100%',
};
