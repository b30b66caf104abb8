/** A test whose loops and callbacks never ran has looked at nothing: it fails. */
// oxlint-disable-next-line jest/no-standalone-expect -- every test file gets it from here
beforeEach(() => expect.hasAssertions());
