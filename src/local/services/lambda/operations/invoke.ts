import type { InvocationResponse } from '@aws-sdk/client-lambda';
import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import type { LambdaContext } from '../context.ts';
import { readInvocation } from '../invocation.ts';
import { readFunctionName, resolveVersion } from '../names.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const invoke = (context: LambdaContext) =>
  operation('lambda', 'Invoke', {
    accepts: ['FunctionName', 'InvocationType', 'LogType', 'ClientContext', 'Payload', 'Qualifier'],
    access: (input) => functionAccess(context, 'InvokeFunction', input.FunctionName, input.Qualifier),
    async handle(input, call) {
      const type = input.InvocationType ?? 'RequestResponse';
      if (type === 'DryRun') {
        const name = readFunctionName(input.FunctionName, context.env, input.Qualifier);
        resolveVersion(context.records, context.env, { ...name, qualifier: name.qualifier ?? '$LATEST' });
        return { StatusCode: 204 };
      }
      const { name, ...request } = readInvocation(context, input, call, type);
      if (type === 'Event') {
        context.events.accept({
          id: call.requestId,
          functionName: name.name,
          qualifier: name.qualifier ?? '',
          payload: new Uint8Array(request.payload),
          traceId: request.traceId,
        });
        return { StatusCode: 202 };
      }
      const answer = await context.runner.run(request);
      return {
        StatusCode: 200,
        ExecutedVersion: request.record.version,
        Payload: answer.payload as unknown as InvocationResponse['Payload'],
        ...(answer.functionError ? { FunctionError: answer.functionError } : {}),
        ...(answer.log ? { LogResult: answer.log.toString('base64') } : {}),
      };
    },
  });
