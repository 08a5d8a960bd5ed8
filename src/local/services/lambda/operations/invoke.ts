import type { InvocationResponse } from '@aws-sdk/client-lambda';
import { AwsError, operation, unsupported } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import { pickVersion } from '../alias-routing.ts';
import type { LambdaContext } from '../context.ts';
import { functionArn, readFunctionName, resolveVersion } from '../names.ts';
import { newTraceId } from '../runner.ts';
import { runtimeProblem } from '../runtimes.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const largestSync = 6 * 1024 * 1024;
const largestEvent = 1024 * 1024;

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const invoke = (context: LambdaContext) =>
  operation('lambda', 'Invoke', {
    accepts: ['FunctionName', 'InvocationType', 'LogType', 'ClientContext', 'Payload', 'Qualifier'],
    access: (input) => functionAccess(context, 'InvokeFunction', input.FunctionName, input.Qualifier),
    async handle(input, call) {
      const { env, records } = context;
      const name = readFunctionName(input.FunctionName, env, input.Qualifier);
      const record = pickVersion(
        records,
        env,
        resolveVersion(records, env, { ...name, qualifier: name.qualifier ?? '$LATEST' }),
      );
      const given = input.Payload as Uint8Array | undefined;
      const payload = given?.length ? given : Buffer.from('{}');
      const type = input.InvocationType ?? 'RequestResponse';
      if (type === 'DryRun') return { StatusCode: 204 };
      const limit = type === 'Event' ? largestEvent : largestSync;
      if (payload.length > limit)
        throw new AwsError(
          'RequestTooLargeException',
          `${payload.length} byte payload is too large for the ${type} invocation type (limit ${limit} bytes)`,
          413,
          { Type: 'User' },
        );
      checkJson(payload);
      const problem = runtimeProblem(record);
      if (problem) throw unsupported(problem);
      const traceHeader = call.http?.headers['x-amzn-trace-id'];
      const traceId = typeof traceHeader === 'string' ? traceHeader : newTraceId(env);
      if (type === 'Event') {
        context.events.accept({
          id: call.requestId,
          functionName: name.name,
          qualifier: name.qualifier ?? '',
          payload: new Uint8Array(payload),
          traceId,
        });
        return { StatusCode: 202 };
      }
      const answer = await context.runner.run({
        record,
        arn: functionArn(env, name.name, name.qualifier),
        requestId: call.requestId,
        payload,
        traceId,
        tail: input.LogType === 'Tail',
        clientContext: input.ClientContext && Buffer.from(input.ClientContext, 'base64').toString(),
      });
      return {
        StatusCode: 200,
        ExecutedVersion: record.version,
        Payload: answer.payload as unknown as InvocationResponse['Payload'],
        ...(answer.functionError ? { FunctionError: answer.functionError } : {}),
        ...(answer.log ? { LogResult: answer.log.toString('base64') } : {}),
      };
    },
  });

function checkJson(payload: Uint8Array): void {
  try {
    JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString());
  } catch (error) {
    throw new AwsError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${error instanceof Error ? error.message : String(error)}`,
      400,
      { Type: 'User' },
    );
  }
}
