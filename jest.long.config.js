/** What takes minutes: more seeds of the soak and the model, every page and mail in all looks (npm run test:long). */
const everything = require('./jest.config.js');

module.exports = {
  ...everything,
  testPathIgnorePatterns: ['/node_modules/'],
  testMatch: ['<rootDir>/test/long/*.test.ts'],
};
