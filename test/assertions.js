/** A test whose loops and callbacks never ran has looked at nothing: it fails. */
beforeEach(() => expect.hasAssertions());
