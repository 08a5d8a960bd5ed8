// Brings a template up, uses it with AWS's own client, moves time, and reads logs and the bill.
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startLocalCloud } from 'slipway/local';

await using cloud = await startLocalCloud();
const { outputs } = await cloud.up('greeter.yaml', { parameters: { Greeting: 'good day' } });

const sqs = cloud.client(SQSClient);
await sqs.send(new SendMessageCommand({ QueueUrl: outputs.NamesUrl, MessageBody: 'Ada' }));
await sqs.send(new SendMessageCommand({ QueueUrl: outputs.NamesUrl, MessageBody: '?' }));

// What the function wrote to its log. It runs beside us, so it may take a moment.
let greeting: string | undefined;
while (greeting === undefined)
  greeting = (await cloud.logs({ group: 'Greet' })).find(({ message }) =>
    message.includes('good day'),
  )?.message;
console.log(greeting);

// The refused name is tried again when its visibility timeout of ten minutes ends, and is then a dead letter.
let refused: string | undefined;
while (refused === undefined) {
  await cloud.advance({ minutes: 10 });
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: outputs.RefusedUrl, WaitTimeSeconds: 1 }),
  );
  refused = Messages?.[0]?.Body;
}
console.log(`dead letter: ${refused}`);

const bill = await cloud.bill();
console.log(`this run would have cost $${bill.totalWithoutFree.run.toFixed(6)} without the free tier`);
