/**
 * Hands the end of an asynchronous invocation to its destination, as the function's role: queue, topic, function
 * or event bus. S3 destinations are refused when they are configured.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
import type { Invoke, ServiceEnvironment } from '../../service.ts';
import { functionArn, sessionName } from './names.ts';
import type { EventRecord, FunctionRecord } from './records.ts';
import type { RunAnswer } from './runner.ts';

export interface Destination {
  readonly arn: string;
  /** `record`: AWS's invocation record. `event`: the event alone, as a dead-letter queue gets it. */
  readonly form: 'record' | 'event';
}

export interface Ending {
  readonly event: EventRecord;
  readonly condition: string;
  readonly attempts: number;
  readonly answer: RunAnswer | undefined;
}

export async function deliver(
  env: ServiceEnvironment,
  record: FunctionRecord,
  destination: Destination,
  ending: Ending,
): Promise<void> {
  try {
    const { caller } = await env.assumeRole(record.role, 'lambda.amazonaws.com', sessionName(record.name));
    await send(env, env.as(caller), record, destination, ending);
  } catch (error) {
    env.host.notify({
      name: 'function.destination.failed',
      data: {
        function: record.name,
        destination: destination.arn,
        reason: error instanceof Error ? error.message : String(error),
      },
    });
  }
}

async function send(
  env: ServiceEnvironment,
  invoke: Invoke,
  record: FunctionRecord,
  { arn, form }: Destination,
  ending: Ending,
): Promise<void> {
  const { event, condition, attempts, answer } = ending;
  const request = text(event.payload);
  const full = {
    version: '1.0',
    timestamp: new Date(env.clock.now()).toISOString(),
    requestContext: {
      requestId: event.id,
      functionArn: functionArn(env, record.name, event.qualifier || '$LATEST'),
      condition,
      approximateInvokeCount: attempts,
    },
    requestPayload: parsed(request),
    ...(answer
      ? {
          responseContext: {
            statusCode: 200,
            executedVersion: record.version,
            ...(answer.functionError ? { functionError: answer.functionError } : {}),
          },
          responsePayload: parsed(text(answer.payload)),
        }
      : {}),
  };
  const body = form === 'record' ? JSON.stringify(full) : request;
  const attributes =
    form === 'record'
      ? undefined
      : {
          RequestID: { DataType: 'String', StringValue: event.id },
          ErrorCode: { DataType: 'Number', StringValue: '200' },
          ErrorMessage: {
            DataType: 'String',
            StringValue: (text(answer?.payload ?? new Uint8Array()) || condition).slice(0, 1024),
          },
        };
  const [, , service, region, account, ...rest] = arn.split(':');
  const name = rest.join(':');
  switch (service) {
    case 'sqs':
      await invoke('sqs', 'SendMessage', {
        QueueUrl: `${env.endpoint}/${account}/${name}`,
        MessageBody: body,
        ...(attributes ? { MessageAttributes: attributes } : {}),
      });
      return;
    case 'sns':
      await invoke('sns', 'Publish', {
        TopicArn: arn,
        Message: body,
        ...(attributes ? { MessageAttributes: attributes } : {}),
      });
      return;
    case 'lambda':
      await invoke('lambda', 'Invoke', {
        FunctionName: arn,
        InvocationType: 'Event',
        Payload: new Uint8Array(Buffer.from(body)),
      });
      return;
    case 'events':
      await invoke('events', 'PutEvents', {
        Entries: [
          {
            EventBusName: arn,
            Source: 'lambda',
            DetailType: `Lambda Function Invocation Result - ${condition === 'Success' ? 'Success' : 'Failure'}`,
            Detail: body,
            Resources: [full.requestContext.functionArn],
          },
        ],
      });
      return;
    default:
      throw new Error(`no destination of the service ${service} in ${region}`);
  }
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
