/** A world for the tests of preferences: readers who hold the link to theirs, and what they do with it. */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { shardOf, sign, type Purpose } from '../lambdas/core/identity';
import { startWorld, type World } from './world';

export type Preferring = Awaited<ReturnType<typeof startPreferring>>;

export async function startPreferring() {
  const world = await startWorld({
    newsletter: {
      cadences: {
        weekly: { cron: '0 7 ? * MON *', papers: 10 },
        daily: { cron: '0 7 ? * MON-FRI *', papers: 10 },
      },
      limits: { invitationsPerNetwork: 1000 },
    },
  });
  await world.papersOn('2025-03-05', 4);
  return { ...world, ...readersOf(world) };
}

function readersOf(world: World) {
  const tokenOf = async (address: string, purpose: Purpose = 'preferences', at?: Date): Promise<string> =>
    sign(await world.keys(), purpose, await world.idOf(address), at);
  return {
    tokenOf,

    /** Makes a reader, and answers the token of the link to their preferences. */
    async holder(address: string): Promise<string> {
      await world.enlists([address]);
      return tokenOf(address);
    },

    preferencesOf: (token: string) => world.opens(`/preferences?token=${token}`),

    /** Posts, and waits until the mail that may come of it is out. */
    async asksForMail(...form: Parameters<World['posts']>): ReturnType<World['posts']> {
      const answer = await world.posts(...form);
      await world.machine.idle();
      return answer;
    },

    mailsTo: async (address: string): Promise<(string | undefined)[]> =>
      (await world.inboxOf(address)).map(({ subject }) => subject),

    /** By the button of the page that asks. */
    async eraseMe(address: string): Promise<string> {
      const asked = await world.posts('/preferences/erase', { token: await tokenOf(address) });
      const token = /name="token" value="([^"]+)"/.exec(asked.text)?.[1] ?? '';
      return (await world.posts('/preferences/erase', { token })).text;
    },

    /** A subscriber's row as it lies in the table. */
    async itemOf(address: string): Promise<Record<string, unknown> | undefined> {
      const { documents } = await import('../lambdas/aws/dynamodb');
      const { tableName } = await import('../lambdas/aws/environment');
      const subscriberId = await world.idOf(address);
      const Key = { shard: shardOf(subscriberId), subscriberId };
      return (await documents.send(new GetCommand({ TableName: tableName('subscribers'), Key }))).Item;
    },

    /** As SES reports it. */
    bounceOf: async (address: string) => ({
      source: 'aws.ses',
      detail: {
        eventType: 'Bounce',
        mail: {
          messageId: 'm',
          destination: [address],
          tags: { subscriber: [await world.idOf(address)], mail: ['welcome'] },
        },
        bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: address }] },
      },
    }),
  };
}
