import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type QueueName, queues } from '../../lambdas/triggers';
import { type Sqs, startSqs } from '../../local/sqs';

let sqs: Sqs;
let client: SQSClient;

beforeEach(async () => {
  sqs = await startSqs();
  client = new SQSClient({
    endpoint: sqs.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});

afterEach(async () => {
  client.destroy();
  await sqs.close();
});

const attributesOf = async (QueueUrl: string) =>
  (await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes;

test.each(Object.keys(queues) as QueueName[])(
  'the queue %s is there as the map says, with its dead letters',
  async (name) => {
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: name }));
    expect(QueueUrl).toBe(sqs.queueUrls[name]);
    const attributes = await attributesOf(sqs.queueUrls[name]);
    const deadLetters = await attributesOf(sqs.deadLetterUrls[name]);
    expect(attributes?.['VisibilityTimeout']).toBe(String(queues[name].visibilityTimeout));
    expect(JSON.parse(attributes?.['RedrivePolicy'] ?? '{}')).toEqual({
      deadLetterTargetArn: deadLetters?.['QueueArn'],
      maxReceiveCount: queues[name].maxReceiveCount,
    });
  },
);

test('what a handler sends with the SDK can be received, and two machines do not share their queues', async () => {
  const other = await startSqs();
  await client.send(new SendMessageCommand({ QueueUrl: sqs.queueUrls.lanes, MessageBody: '{"lane":"00"}' }));
  const { Messages } = await client.send(
    new ReceiveMessageCommand({ QueueUrl: sqs.queueUrls.lanes, WaitTimeSeconds: 1 }),
  );
  await other.close();
  expect(Messages).toMatchObject([{ Body: '{"lane":"00"}' }]);
  expect(other.url).not.toBe(sqs.url);
});

test('a poll that is waiting for messages does not keep the queues from closing', async () => {
  const poll = client
    .send(new ReceiveMessageCommand({ QueueUrl: sqs.queueUrls.lanes, WaitTimeSeconds: 20 }))
    .catch((error: Error) => error);
  await client.send(new ListQueuesCommand({}));
  await sqs.close();
  client.destroy();
  expect(await poll).toBeInstanceOf(Error);
});
