/** Functions of the Python runtimes. Cases of one kind stand in a table. */

import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';
import { type Functions, functionRole, functionsOf } from './lambda-support.ts';

let cloud: TestCloud;
let functions: Functions;
let made = 0;
beforeAll(async () => {
  cloud = await testCloud();
  functions = functionsOf(cloud, await functionRole(cloud, 'python-role'));
});
afterAll(() => cloud.dispose());

/** A function of one file. */
async function python(code: string, more = {}): Promise<string> {
  const name = `python${made++}`;
  await functions.create(name, { 'index.py': code }, { Runtime: 'python3.11', Timeout: 20, ...more });
  return name;
}

describe('a Python function', () => {
  it('answers what its handler returns, and keeps what it remembers', async () => {
    const name = await python(
      'count = 0\ndef handler(event, context):\n  global count\n  count += 1\n  return {"got": event, "count": count}',
    );
    expect((await functions.call(name, { a: 'ü' })).payload).toEqual({ got: { a: 'ü' }, count: 1 });
    expect((await functions.call(name, [1])).payload).toEqual({ got: [1], count: 2 });
  });

  it('sees AWS’s variables, its own and its role’s credentials', async () => {
    const name = await python('import os\ndef handler(event, context):\n  return dict(os.environ)', {
      Environment: { Variables: { TABLE: 'jobs' } },
    });
    expect((await functions.call(name)).payload).toMatchObject({
      TABLE: 'jobs',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_EXECUTION_ENV: 'AWS_Lambda_python3.11',
      _HANDLER: 'index.handler',
      AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA/),
      _X_AMZN_TRACE_ID: expect.stringMatching(/^Root=1-/),
    });
  });

  it('is given every attribute of the context', async () => {
    const name = await python(`
def handler(event, context):
  return {**{name: getattr(context, name) for name in ("aws_request_id", "log_group_name", "log_stream_name", "function_name",
    "memory_limit_in_mb", "function_version", "invoked_function_arn")},
    "left": context.get_remaining_time_in_millis(),
    "identity": context.identity.cognito_identity_id,
    "custom": context.client_context and context.client_context.custom,
    "app": context.client_context and context.client_context.client.app_title}`);
    const ClientContext = Buffer.from(
      JSON.stringify({ custom: { a: 'b' }, client: { app_title: 'app' } }),
    ).toString('base64');
    const { payload } = await functions.call(name, {}, { ClientContext });
    expect(payload).toMatchObject({
      aws_request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      log_group_name: `/aws/lambda/${name}`,
      log_stream_name: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      function_name: name,
      memory_limit_in_mb: '128',
      function_version: '$LATEST',
      invoked_function_arn: expect.stringContaining(`:function:${name}`),
      identity: null,
      custom: { a: 'b' },
      app: 'app',
    });
    expect(payload.left).toBeGreaterThan(5000);
    expect((await functions.call(name)).payload.custom).toBeNull();
  });

  it.each([
    ['a module in a folder', { 'src/app.py': 'def run(e, c): return "folder"' }, 'src/app.run', 'folder'],
    [
      'a module of a package',
      { 'pkg/__init__.py': 'A = 1', 'pkg/app.py': 'from . import A\ndef run(e, c): return A' },
      'pkg.app.run',
      1,
    ],
  ])('finds its handler in %s', async (_, files, Handler, answer) => {
    const name = `python${made++}`;
    await functions.create(name, files as Record<string, string>, { Runtime: 'python3.12', Handler });
    expect((await functions.call(name)).payload).toBe(answer);
  });

  it.each([
    ['bytes', 'b"{\\"raw\\": 1}"', { raw: 1 }],
    ['a decimal', '__import__("decimal").Decimal("12.340")', 12.34],
    ['nothing', 'None', null],
    ['text outside of the basic plane', '"\\U0001F600"', '😀'],
  ])('may return %s', async (_, value, answer) => {
    expect((await functions.call(await python(`def handler(e, c): return ${value}`))).payload).toEqual(
      answer,
    );
  });

  it.each([
    [
      'an error of its own',
      'class Odd(Exception): pass\ndef handler(e, c):\n  raise Odd("why")',
      {
        errorType: 'Odd',
        errorMessage: 'why',
        stackTrace: [expect.stringMatching(/index\.py", line 3, in handler\n {4}raise Odd\("why"\)\n$/)],
      },
    ],
    [
      'an answer that is no JSON',
      'def handler(e, c): return {1, 2}',
      {
        errorType: 'Runtime.MarshalError',
        errorMessage: 'Unable to marshal response: Object of type set is not JSON serializable',
      },
    ],
    [
      'a module that is not there',
      'import nowhere\ndef handler(e, c): pass',
      {
        errorType: 'Runtime.ImportModuleError',
        errorMessage: "Unable to import module 'index': No module named 'nowhere'",
      },
    ],
    [
      'code that is not Python',
      'def handler(e, c)\n  pass',
      {
        errorType: 'Runtime.UserCodeSyntaxError',
        errorMessage: expect.stringMatching(/^Syntax error in module 'index': /),
      },
    ],
    [
      'a handler that is not there',
      'def other(e, c): pass',
      { errorType: 'Runtime.HandlerNotFound', errorMessage: "Handler 'handler' missing on module 'index'" },
    ],
    [
      'an error while it is loaded',
      '1 / 0',
      { errorType: 'ZeroDivisionError', errorMessage: 'division by zero', requestId: '' },
    ],
    [
      'an exit',
      'import sys\ndef handler(e, c): sys.exit(3)',
      {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(
          /^RequestId: \S+ Error: Runtime exited with error: exit status 3$/,
        ),
      },
    ],
    [
      'an exit while it is loaded',
      'import os\nos._exit(0)',
      {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(/Error: Runtime exited without providing a reason$/),
      },
    ],
    [
      'a signal',
      'import os\ndef handler(e, c): os.kill(os.getpid(), 11)',
      { errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/signal: segmentation fault$/) },
    ],
    [
      'an answer that is too large',
      'def handler(e, c): return "x" * 6291600',
      {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
      },
    ],
    [
      'memory that it does not have',
      'def handler(e, c): return len(bytearray(300 * 1024 * 1024))',
      { errorType: 'Runtime.OutOfMemory' },
    ],
  ])('tells of %s', async (_, code, expected) => {
    const answer = await functions.call(await python(code));
    expect(answer.error).toBe('Unhandled');
    expect(answer.payload).toMatchObject(expected);
  });

  it('is ended when its time is over, and starts anew', async () => {
    const name = await python(
      'import time\ndef handler(e, c):\n  time.sleep(60 if e.get("sleep") else 0)\n  return 1',
      { Timeout: 1 },
    );
    expect((await functions.call(name, { sleep: true })).payload).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 1\.00 seconds$/),
    });
    expect((await functions.call(name)).payload).toBe(1);
  });

  it('writes what it prints and logs, as lines or as JSON', async () => {
    const code = `import logging
logger = logging.getLogger()
logger.setLevel("INFO")
def handler(e, c):
  print("printed\\nin two")
  logger.info("a %s\\nof two lines", "log")
  if e.get("fail"): raise ValueError("told")`;
    const name = await python(code);
    const { log } = await functions.call(name, { fail: true }, { LogType: 'Tail' });
    expect(log).toMatch(/^printed\nin two\n/m);
    expect(log).toMatch(/^\[INFO\]\t\d{4}-\d\d-\d\dT[\d:.]+Z\t[0-9a-f-]{36}\ta log\nof two lines$/m);
    expect(log).toMatch(
      /^\[ERROR\] ValueError: told\nTraceback \(most recent call last\):\n\u00a0\u00a0File "/m,
    );
    const logs = new CloudWatchLogsClient(cloud.client());
    await vi.waitFor(async () => {
      const { events = [] } = await logs.send(
        new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${name}` }),
      );
      expect(events.map(({ message }) => message)).toContainEqual(
        expect.stringContaining('a log\nof two lines'),
      );
    });
    await functions.client.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: name, LoggingConfig: { LogFormat: 'JSON' } }),
    );
    const lines = (await functions.call(name, {}, { LogType: 'Tail' })).log.split('\n');
    const logged = lines.find((line) => line.includes('of two lines')) ?? '{}';
    expect(JSON.parse(logged)).toEqual({
      timestamp: expect.stringMatching(/Z$/),
      level: 'INFO',
      message: 'a log\nof two lines',
      logger: 'root',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('has boto3, which calls AWS services as its role', async () => {
    const name = await python(
      'import boto3\ndef handler(e, c): return boto3.client("sts").get_caller_identity()["Arn"]',
    );
    expect((await functions.call(name)).payload).toBe(
      `arn:aws:sts::${cloud.accountId}:assumed-role/python-role/${name}`,
    );
  });

  it('takes six megabytes', async () => {
    const name = await python('def handler(e, c): return len(e)');
    expect((await functions.call(name, 'x'.repeat(6_000_000))).payload).toBe(6_000_000);
  });
});
