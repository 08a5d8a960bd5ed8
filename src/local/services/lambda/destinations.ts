/**
 * Hands the end of an asynchronous invocation to its destination, as the function's role: queue, topic, function
 * or event bus. Destinations in S3 are refused when they are configured.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */

import { parseArn } from '../../../core/arn.ts';
import { reasonOf } from '../../../core/events.ts';
import { type Message, type ServiceEnvironment, unsupported } from '../../service.ts';
import { functionArn, sessionName } from './names.ts';
import type { EventRecord, FunctionRecord } from './records.ts';
import type { RunAnswer } from './runner.ts';

export interface Destination {
  readonly arn: string;
  /** `record`: AWS's invocation record. `event`: the event alone, as a dead-letter queue gets it. */
  readonly form: 'record' | 'event';
}

/** @throws what AWS would take and nothing here does is refused by name */
export function checkDestination(
  env: ServiceEnvironment,
  arn: string,
  services: readonly ('sqs' | 'sns' | 'lambda' | 'events')[],
): void {
  const service = parseArn(arn)?.service;
  if (!services.some((one) => one === service) || !env.canDeliver(arn))
    throw unsupported(`the destination ${arn}`);
}

interface Ending {
  readonly event: EventRecord;
  readonly condition: string;
  readonly attempts: number;
  readonly answer: RunAnswer | undefined;
}

/** Tells the host when it fails: nobody is left to tell the function's caller. */
export async function deliverEnding(
  env: ServiceEnvironment,
  record: FunctionRecord,
  { arn, form }: Destination,
  ending: Ending,
): Promise<void> {
  try {
    const { caller } = await env.assumeRole(record.role, 'lambda.amazonaws.com', sessionName(record.name));
    const message = form === 'record' ? invocationRecord(env, record, ending) : deadLetter(ending);
    await env.deliver(arn, message, env.as(caller));
  } catch (error) {
    env.host.notify({
      name: 'delivery.failed',
      data: {
        source: functionArn(env, record.name),
        target: arn,
        reason: reasonOf(error),
        next: 'lost',
      },
    });
  }
}

function invocationRecord(
  env: ServiceEnvironment,
  record: FunctionRecord,
  { event, condition, attempts, answer }: Ending,
): Message {
  const arn = functionArn(env, record.name, event.qualifier || '$LATEST');
  const body = {
    version: '1.0',
    timestamp: new Date(env.clock.now()).toISOString(),
    requestContext: {
      requestId: event.id,
      functionArn: arn,
      condition,
      approximateInvokeCount: attempts,
    },
    requestPayload: parsed(text(event.payload)),
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
  const detailType = `Lambda Function Invocation Result - ${condition === 'Success' ? 'Success' : 'Failure'}`;
  return { body: JSON.stringify(body), event: { source: 'lambda', detailType, resources: [arn] } };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq */
const deadLetter = ({ event, condition, answer }: Ending): Message => ({
  body: text(event.payload),
  attributes: {
    RequestID: { DataType: 'String', StringValue: event.id },
    ErrorCode: { DataType: 'Number', StringValue: '200' },
    ErrorMessage: {
      DataType: 'String',
      StringValue: (text(answer?.payload ?? new Uint8Array()) || condition).slice(0, 1024),
    },
  },
});

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
