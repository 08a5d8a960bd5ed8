/**
 * Runs inside a Node.js function's own process (bundled to dist/function-runtime.js): reads its variables from
 * standard input, loads the handler, takes invocations from the Lambda Runtime API and writes log events to the
 * descriptor for them, synchronously, so that nothing is lost when the process ends right after.
 */
import { readFileSync, writeSync } from 'node:fs';
import { type RuntimeAnswer, type RuntimeClient, runtimeClient } from './functions/runtime-client.ts';
import { type Level, patchConsole, type WriteLog } from './functions/runtime-console.ts';
import {
  type Handler,
  isStreaming,
  loadHandler,
  markStreaming,
  RuntimeError,
} from './functions/runtime-handler.ts';
import { type DirectedHosts, directHosts } from './functions/runtime-hosts.ts';
import { httpIntegrationStream, responseStream } from './functions/runtime-stream.ts';
import { encodeLog } from './functions/telemetry-log.ts';

const env = process.env;
Object.assign(env, JSON.parse(readFileSync(0, 'utf8')) as Record<string, string>);
const logDescriptor = Number(env._LAMBDA_TELEMETRY_LOG_FD);
delete env._LAMBDA_TELEMETRY_LOG_FD;
if (env.SLIPWAY_AWS_HOSTS) directHosts(JSON.parse(env.SLIPWAY_AWS_HOSTS) as DirectedHosts);
delete env.SLIPWAY_AWS_HOSTS;
let requestId: string | undefined;
let api: RuntimeClient | undefined;

function write(time: number, text: string): void {
  const frame = encodeLog(time, text);
  for (let at = 0; at < frame.length; ) {
    try {
      at += writeSync(logDescriptor, frame, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') process.exit(1);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

const writeLog: WriteLog = patchConsole(console, {
  json: env.AWS_LAMBDA_LOG_FORMAT === 'JSON',
  lowest: (env.AWS_LAMBDA_LOG_LEVEL as Level | undefined) ?? 'TRACE',
  requestId: () => requestId,
  write,
});

// https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
Object.assign(globalThis, {
  awslambda: { streamifyResponse: markStreaming, HttpResponseStream: { from: httpIntegrationStream } },
});

interface Described {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

function describe(error: unknown): Described {
  if (error instanceof Error || Object.prototype.toString.call(error) === '[object Error]') {
    const { name, message, stack } = error as Error;
    return { errorType: name, errorMessage: message, trace: (stack ?? '').split('\n') };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}

const shown = ({ trace, ...rest }: Described) => JSON.stringify({ ...rest, stack: trace });

const errorHeaders = ({ errorType }: Described) => ({
  'Content-Type': 'application/json',
  'Lambda-Runtime-Function-Error-Type': encodeURIComponent(errorType),
});

function postError(path: string, error: unknown): Promise<unknown> {
  const described = describe(error);
  return (
    api?.post(path, Buffer.from(JSON.stringify(described)), errorHeaders(described)) ?? Promise.resolve()
  );
}

function fatal(label: string, error: unknown, exitCode: number): void {
  writeLog('ERROR', [label, shown(describe(error))]);
  void postError(requestId === undefined ? 'init/error' : `invocation/${requestId}/error`, error).then(() =>
    process.exit(exitCode),
  );
}

process.on('uncaughtException', (error) => fatal('Uncaught Exception', error, 129));
process.on('unhandledRejection', (reason) => {
  const message =
    reason instanceof Error
      ? `${reason.name}: ${reason.message}`
      : reason === undefined
        ? ''
        : String(reason);
  const error = new RuntimeError('Runtime.UnhandledPromiseRejection', message);
  if (reason instanceof Error && reason.stack) error.stack = reason.stack;
  fatal('Unhandled Promise Rejection', error, 128);
});

void start(runtimeClient(env.AWS_LAMBDA_RUNTIME_API ?? ''));

async function start(client: RuntimeClient): Promise<void> {
  api = client;
  let handler: Handler;
  try {
    handler = await load();
  } catch (error) {
    writeLog('ERROR', ['Uncaught Exception', shown(describe(error))]);
    await postError('init/error', error);
    process.exit(1);
  }
  for (;;) {
    const request = await client.next();
    requestId = request.headers.get('lambda-runtime-aws-request-id') ?? '';
    env._X_AMZN_TRACE_ID = request.headers.get('lambda-runtime-trace-id') ?? '';
    await (isStreaming(handler) ? stream(client, handler, request) : run(client, handler, request));
    requestId = undefined;
  }
}

async function load(): Promise<Handler> {
  const found = await loadHandler(env.LAMBDA_TASK_ROOT ?? process.cwd(), env._HANDLER ?? '');
  if (
    !isStreaming(found) &&
    /^AWS_Lambda_nodejs(2[4-9]|[3-9]\d)/.test(env.AWS_EXECUTION_ENV ?? '') &&
    found.length >= 3
  )
    // https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html#nodejs-handler-callback
    throw new RuntimeError(
      'Runtime.CallbackHandlerDeprecated',
      'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. Make the handler async.',
    );
  return found;
}

const parsed = (text: string | undefined): unknown => (text === undefined ? undefined : JSON.parse(text));

/** What the context of buffered and of streamed invocations has in common. */
function contextOf({ headers }: RuntimeAnswer) {
  const deadline = Number(headers.get('lambda-runtime-deadline-ms'));
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: parsed(headers.get('lambda-runtime-client-context')),
    identity: parsed(headers.get('lambda-runtime-cognito-identity')),
    invokedFunctionArn: headers.get('lambda-runtime-invoked-function-arn'),
    awsRequestId: headers.get('lambda-runtime-aws-request-id'),
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

/** Resolves when the answer has been taken. */
function run(client: RuntimeClient, handler: Handler, request: RuntimeAnswer): Promise<unknown> {
  const path = `invocation/${requestId}`;
  return new Promise((resolve) => {
    let settled = false;
    // An event loop that has nothing left to do answers null, as AWS's runtime does; the connection must not count.
    const idle = () => finish(() => succeed(undefined));
    const finish = (answer: () => Promise<unknown>) => {
      if (settled) return;
      settled = true;
      process.removeListener('beforeExit', idle);
      client.hold(true);
      resolve(answer());
    };
    const succeed = (result: unknown) => {
      let text: string;
      try {
        text = JSON.stringify(result) ?? 'null';
      } catch {
        const error = new RuntimeError('Runtime.MarshalError', 'Unable to stringify response body');
        return postError(`${path}/error`, error);
      }
      return client.post(`${path}/response`, Buffer.from(text), { 'Content-Type': 'application/json' });
    };
    const fail = (error: unknown) => {
      writeLog('ERROR', ['Invoke Error', shown(describe(error))]);
      return postError(`${path}/error`, error);
    };
    const settle = (error: unknown, result: unknown) =>
      finish(() => (error === null || error === undefined ? succeed(result) : fail(error)));
    const callback = (error?: unknown, result?: unknown) => {
      if (!context.callbackWaitsForEmptyEventLoop) return settle(error, result);
      process.removeListener('beforeExit', idle);
      process.once('beforeExit', () => settle(error, result));
    };
    process.on('beforeExit', idle);
    client.hold(false);
    const context = {
      ...contextOf(request),
      done: settle,
      fail: (error: unknown) => finish(() => fail(error)),
      succeed: (result: unknown) => finish(() => succeed(result)),
    };
    try {
      const returned = handler(JSON.parse(request.body.toString()), context, callback);
      if (typeof (returned as Promise<unknown> | undefined)?.then === 'function')
        (returned as Promise<unknown>).then(
          (result) => finish(() => succeed(result)),
          (error: unknown) => finish(() => fail(error)),
        );
    } catch (error) {
      finish(() => fail(error));
    }
  });
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html */
async function stream(client: RuntimeClient, handler: Handler, request: RuntimeAnswer): Promise<unknown> {
  const path = `invocation/${requestId}`;
  const response = responseStream((contentType) => client.stream(requestId ?? '', contentType));
  try {
    await handler(JSON.parse(request.body.toString()), response.stream, contextOf(request));
    return await response.end();
  } catch (error) {
    const described = describe(error);
    writeLog('ERROR', ['Invoke Error', shown(described)]);
    if (!response.begun) return postError(`${path}/error`, error);
    return response.end({
      'Lambda-Runtime-Function-Error-Type': encodeURIComponent(described.errorType),
      'Lambda-Runtime-Function-Error-Body': Buffer.from(JSON.stringify(described)).toString('base64'),
    });
  }
}
