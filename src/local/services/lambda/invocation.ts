/** What a call that invokes a function asks for: which version, with what, and how it is traced. */
import { AwsError, type Call, unsupported } from '../../service.ts';
import { pickVersion } from './alias-routing.ts';
import type { LambdaContext } from './context.ts';
import { type FunctionName, functionArn, readFunctionName, resolveVersion } from './names.ts';
import { newTraceId } from './runner.ts';
import { runtimeProblem } from './runtimes.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const largest = { RequestResponse: 6 * 1024 * 1024, Event: 1024 * 1024 };

interface InvocationInput {
  readonly FunctionName: string | undefined;
  readonly Qualifier?: string | undefined;
  readonly Payload?: unknown;
  readonly ClientContext?: string | undefined;
  readonly LogType?: string | undefined;
}

/** @throws what AWS refuses the call for */
export function readInvocation(
  { env, records }: LambdaContext,
  input: InvocationInput,
  call: Call,
  type: keyof typeof largest,
) {
  const name = readFunctionName(input.FunctionName, env, input.Qualifier);
  const record = pickVersion(
    records,
    env,
    resolveVersion(records, env, { ...name, qualifier: name.qualifier ?? '$LATEST' }),
  );
  const given = input.Payload as Uint8Array | undefined;
  const payload = given?.length ? given : Buffer.from('{}');
  if (payload.length > largest[type])
    throw new AwsError(
      'RequestTooLargeException',
      `${payload.length} byte payload is too large for the ${type} invocation type (limit ${largest[type]} bytes)`,
      413,
      { Type: 'User' },
    );
  checkJson(payload);
  const problem = runtimeProblem(record);
  if (problem) throw unsupported(problem);
  const traceHeader = call.http?.headers['x-amzn-trace-id'];
  const named: FunctionName = name;
  return {
    name: named,
    record,
    arn: functionArn(env, name.name, name.qualifier),
    requestId: call.requestId,
    payload,
    traceId: typeof traceHeader === 'string' ? traceHeader : newTraceId(env),
    tail: input.LogType === 'Tail',
    clientContext: input.ClientContext && Buffer.from(input.ClientContext, 'base64').toString(),
  };
}

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
