/**
 * Runs inside a function's own process (bundled to dist/function-runtime.js): loads the handler, takes one
 * event at a time from file descriptor 3 and writes logs and results to descriptor 4, in the order they were
 * made. Streaming handlers are refused by name. Everything it knows comes from AWS's own environment variables.
 */
import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import {
  configure,
  encodeFrame,
  failed,
  frameReader,
  initFailed,
  invoke,
  log,
  ready,
  splitHeader,
  succeeded,
} from './functions/frames.ts';
import { type Level, patchConsole, type WriteLog } from './functions/runtime-console.ts';
import { type Handler, loadHandler, RuntimeError } from './functions/runtime-handler.ts';

interface InvocationHeader {
  readonly requestId: string;
  /** ms since the epoch, on the real clock */
  readonly deadline: number;
  readonly arn: string;
  readonly traceId: string;
  readonly clientContext?: unknown;
}

const output = 4;
const env = process.env;
let handler: Handler | undefined;
let writeLog: WriteLog = () => {};
let requestId: string | undefined;

/** Synchronous, so that nothing is lost when the process ends right after. */
function send(kind: number, header: object | undefined, body: Uint8Array): void {
  const frame = encodeFrame(kind, header, body);
  for (let at = 0; at < frame.length; ) {
    try {
      at += writeSync(output, frame, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') process.exit(1);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

Object.assign(globalThis, {
  awslambda: {
    streamifyResponse() {
      throw new RuntimeError(
        'Runtime.ResponseStreamingUnsupported',
        'Slipway does not support response streaming (awslambda.streamifyResponse).',
      );
    },
  },
});

function describe(error: unknown): { errorType: string; errorMessage: string; trace: string[] } {
  if (error instanceof Error || Object.prototype.toString.call(error) === '[object Error]') {
    const { name, message, stack } = error as Error;
    return { errorType: name, errorMessage: message, trace: (stack ?? '').split('\n') };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}

const shown = ({ trace, ...rest }: ReturnType<typeof describe>) => JSON.stringify({ ...rest, stack: trace });

function sendError(kind: number, error: unknown, fatal = false): void {
  send(
    kind,
    { requestId, rss: process.memoryUsage.rss(), fatal },
    Buffer.from(JSON.stringify(describe(error)) ?? 'null'),
  );
}

function fatal(label: string, error: unknown, exitCode: number): void {
  writeLog('ERROR', [label, shown(describe(error))]);
  sendError(requestId === undefined ? initFailed : failed, error, true);
  process.exit(exitCode);
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

const input = new Socket({ fd: 3, readable: true, writable: false });
// The cloud is gone: so is this environment.
input.on('end', () => process.exit(0));
input.on('error', () => process.exit(0));

input.on(
  'data',
  frameReader((kind, payload) => {
    if (kind === configure) void start(splitHeader(payload).header as Record<string, string>);
    else if (kind === invoke && handler) run(handler, payload);
  }),
);

async function start(variables: Readonly<Record<string, string>>): Promise<void> {
  Object.assign(env, variables);
  writeLog = patchConsole(console, {
    json: env.AWS_LAMBDA_LOG_FORMAT === 'JSON',
    lowest: (env.AWS_LAMBDA_LOG_LEVEL as Level | undefined) ?? 'TRACE',
    requestId: () => requestId,
    write: (time, text) => send(log, { time }, Buffer.from(text)),
  });
  try {
    await load();
  } catch (error) {
    writeLog('ERROR', ['Uncaught Exception', shown(describe(error))]);
    sendError(initFailed, error);
    process.exit(1);
  }
}

async function load(): Promise<void> {
  const found = await loadHandler(env.LAMBDA_TASK_ROOT ?? process.cwd(), env._HANDLER ?? '');
  if (/^AWS_Lambda_nodejs(2[4-9]|[3-9]\d)/.test(env.AWS_EXECUTION_ENV ?? '') && found.length >= 3)
    // https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html#nodejs-handler-callback
    throw new RuntimeError(
      'Runtime.CallbackHandlerDeprecated',
      'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. Make the handler async.',
    );
  handler = found;
  send(ready, { rss: process.memoryUsage.rss() }, Buffer.alloc(0));
}

function run(handler: Handler, payload: Buffer): void {
  const { header, body } = splitHeader(payload);
  const { requestId: id, deadline, arn, traceId, clientContext } = header as InvocationHeader;
  requestId = id;
  env._X_AMZN_TRACE_ID = traceId;
  let settled = false;
  // An event loop that has nothing left to do answers null, as AWS's runtime does; the input must not count.
  const idle = () => finish(() => succeed(undefined));
  const finish = (answer: () => void) => {
    if (settled) return;
    settled = true;
    process.removeListener('beforeExit', idle);
    input.ref();
    answer();
    requestId = undefined;
  };
  const succeed = (result: unknown) => {
    let text: string;
    try {
      text = JSON.stringify(result) ?? 'null';
    } catch {
      return sendError(failed, new RuntimeError('Runtime.MarshalError', 'Unable to stringify response body'));
    }
    send(succeeded, { requestId: id, rss: process.memoryUsage.rss() }, Buffer.from(text));
  };
  const fail = (error: unknown) => {
    writeLog('ERROR', ['Invoke Error', shown(describe(error))]);
    sendError(failed, error);
  };
  const context = {
    callbackWaitsForEmptyEventLoop: true,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext,
    identity: undefined,
    invokedFunctionArn: arn,
    awsRequestId: id,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: (error?: unknown, result?: unknown) =>
      finish(() => (error === null || error === undefined ? succeed(result) : fail(error))),
    fail: (error: unknown) => finish(() => fail(error)),
    succeed: (result: unknown) => finish(() => succeed(result)),
  };
  const callback = (error?: unknown, result?: unknown) => {
    const answer = () =>
      finish(() => (error === null || error === undefined ? succeed(result) : fail(error)));
    if (!context.callbackWaitsForEmptyEventLoop) return answer();
    process.removeListener('beforeExit', idle);
    process.once('beforeExit', answer);
  };
  process.on('beforeExit', idle);
  input.unref();
  try {
    const event: unknown = JSON.parse(body.toString());
    const returned = handler(event, context, callback);
    if (typeof (returned as Promise<unknown> | undefined)?.then === 'function')
      (returned as Promise<unknown>).then(
        (result) => finish(() => succeed(result)),
        (error: unknown) => finish(() => fail(error)),
      );
  } catch (error) {
    finish(() => fail(error));
  }
}
