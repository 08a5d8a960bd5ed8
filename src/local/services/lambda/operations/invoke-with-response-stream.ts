import { PassThrough } from 'node:stream';
import type { InvokeWithResponseStreamResponseEvent } from '@aws-sdk/client-lambda';
import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import type { LambdaContext } from '../context.ts';
import { readInvocation } from '../invocation.ts';
import type { RunAnswer } from '../runner.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html */
export const invokeWithResponseStream = (context: LambdaContext) =>
  operation('lambda', 'InvokeWithResponseStream', {
    accepts: ['FunctionName', 'InvocationType', 'LogType', 'ClientContext', 'Payload', 'Qualifier'],
    access: (input) => functionAccess(context, 'InvokeFunction', input.FunctionName, input.Qualifier),
    async handle(input, call) {
      if (input.InvocationType === 'DryRun') return { StatusCode: 204 };
      const request = readInvocation(context, input, call, 'RequestResponse');
      const parts = new PassThrough();
      let begun: () => void = () => {};
      const first = new Promise<void>((resolve) => {
        begun = resolve;
      });
      const answer = context.runner
        .run({
          ...request,
          onPart(chunk) {
            parts.write(chunk);
            begun();
          },
        })
        .finally(() => parts.end());
      answer.catch(() => {});
      // What the call itself is refused for comes before anything else.
      await Promise.race([first, answer]);
      return {
        StatusCode: 200,
        ExecutedVersion: request.record.version,
        EventStream: events(parts, answer),
      };
    },
  });

async function* events(
  parts: AsyncIterable<Buffer>,
  answer: Promise<RunAnswer>,
): AsyncGenerator<InvokeWithResponseStreamResponseEvent> {
  for await (const Payload of parts) yield { PayloadChunk: { Payload } };
  const { functionError, payload, log } = await answer;
  if (!functionError && payload.length > 0) yield { PayloadChunk: { Payload: payload } };
  yield {
    InvokeComplete: {
      ...(functionError ? { ErrorCode: functionError, ErrorDetails: payload.toString() } : {}),
      ...(log ? { LogResult: log.toString('base64') } : {}),
    },
  };
}
