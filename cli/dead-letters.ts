/** `dead-letters …`: messages that nobody could settle, why, and back into their queue. */
import * as deadLetters from '../lambdas/aws/dead-letters';
import { queues, type QueueName } from '../lambdas/triggers';

/** Seconds a letter stays hidden from others while we look. */
const LOOK = 30;
const names = Object.keys(queues) as QueueName[];

/** Each once: a letter that was seen stays hidden while we go on. */
async function all(queue: QueueName): Promise<deadLetters.DeadLetter[]> {
  const seen: deadLetters.DeadLetter[] = [];
  for (;;) {
    const letters = await deadLetters.look(queue, LOOK);
    if (!letters.length) return seen;
    seen.push(...letters);
  }
}

export async function listDeadLetters(): Promise<number> {
  let found = 0;
  for (const queue of names) {
    for (const letter of await all(queue)) {
      const { body, reason, sentAt } = letter;
      console.log(`${queue}  ${new Date(sentAt).toISOString()}  ${reason}\n  ${summaryOf(body)}`);
      await deadLetters.putBack(queue, letter);
      found++;
    }
  }
  console.log(
    `${found} dead letters${found ? '; `dead-letters redrive` sends them back to their queues' : ''}`,
  );
  return 0;
}

/** Nothing of it is an address: events name their recipients further in. */
const summaryOf = (body: string): string => body.slice(0, 200).replace(/\S+@\S+/g, '(an address)');

export async function redriveDeadLetters(chosen: string[]): Promise<number> {
  const unknown = chosen.filter((name) => !names.some((queue) => queue === name));
  if (unknown.length) throw new Error(`There is no queue "${unknown[0]}"; there are: ${names.join(', ')}`);
  let redriven = 0;
  for (const queue of names.filter((name) => !chosen.length || chosen.includes(name))) {
    // all are seen first: one that fails again comes back here, and would be sent round for ever
    for (const letter of await all(queue)) {
      await deadLetters.redrive(queue, letter);
      redriven++;
    }
  }
  console.log(`${redriven} messages are back in their queues`);
  return 0;
}
