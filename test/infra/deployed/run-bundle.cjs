/** A process that is one function: it loads a bundle, and answers every event that it is handed. */
const [, , file] = process.argv;
const { handler } = require(file);

process.on('message', ({ id, event, context, until }) => {
  const own = { ...context, getRemainingTimeInMillis: () => Math.max(0, until - Date.now()) };
  handler(event, own).then(
    (result) => process.send({ id, result }),
    (error) => process.send({ id, error: String(error?.stack ?? error) }),
  );
});
