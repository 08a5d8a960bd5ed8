import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateAliasCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  ListFunctionsCommand,
  PublishLayerVersionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';
import { type Functions, functionRole, functionsOf, zip } from './lambda-support.ts';

let cloud: TestCloud;
let functions: Functions;
let role: string;
beforeAll(async () => {
  cloud = await testCloud();
  role = await functionRole(cloud, 'function-role');
  functions = functionsOf(cloud, role);
});
afterAll(() => cloud.dispose());

describe('a function', () => {
  it('answers what its CommonJS handler returns', async () => {
    await functions.create('cjs', {
      'index.js': 'exports.handler = async (event) => ({ got: event, cwd: process.cwd() === __dirname });',
    });
    const answer = await functions.call('cjs', { a: 1 });
    expect(answer).toMatchObject({
      status: 200,
      error: undefined,
      payload: { got: { a: 1 }, cwd: true },
      version: '$LATEST',
    });
  });

  it('keeps its process, and what it remembers, between invocations', async () => {
    await functions.create('warm', { 'index.mjs': 'let n = 0; export const handler = async () => ++n;' });
    expect((await functions.call('warm')).payload).toBe(1);
    expect((await functions.call('warm')).payload).toBe(2);
  });

  it('finds its handler in a folder, and waits for callbacks', async () => {
    await functions.create(
      'callback',
      {
        'lib/app.cjs': 'exports.run = (e, c, done) => { setTimeout(() => done(null, c.functionName), 5); };',
      },
      { Handler: 'lib/app.run' },
    );
    expect((await functions.call('callback')).payload).toBe('callback');
  });

  it('sees AWS’s variables, its own, its role’s credentials, and nothing of the host', async () => {
    process.env.SECRET_OF_THE_HOST = 'must not leak';
    await functions.create(
      'variables',
      { 'index.js': 'exports.handler = async (_, context) => ({ env: process.env, context });' },
      { Environment: { Variables: { TABLE: 'jobs' } }, MemorySize: 256, Timeout: 20 },
    );
    const { payload } = await functions.call('variables');
    delete process.env.SECRET_OF_THE_HOST;
    expect(payload.env).toMatchObject({
      TABLE: 'jobs',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'variables',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/variables',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x',
      _HANDLER: 'index.handler',
      AWS_ENDPOINT_URL: cloud.endpoint,
    });
    expect(payload.env.AWS_ACCESS_KEY_ID).toMatch(/^ASIA/);
    expect(payload.env.SECRET_OF_THE_HOST).toBeUndefined();
    expect(payload.context).toMatchObject({
      functionName: 'variables',
      memoryLimitInMB: '256',
      invokedFunctionArn: `arn:aws:lambda:us-east-1:${cloud.accountId}:function:variables`,
    });
  });

  it('calls AWS services as its role, with the SDK that Lambda brings along', async () => {
    await functions.create('whoami', {
      'index.mjs': `import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
        export const handler = async () => (await new STSClient({}).send(new GetCallerIdentityCommand({}))).Arn;`,
    });
    expect((await functions.call('whoami')).payload).toBe(
      `arn:aws:sts::${cloud.accountId}:assumed-role/function-role/whoami`,
    );
  });

  it('uses its layers', async () => {
    const { LayerVersionArn = '' } = await functions.client.send(
      new PublishLayerVersionCommand({
        LayerName: 'greeter',
        Content: {
          ZipFile: zip({ 'nodejs/node_modules/greeter/index.js': 'module.exports = () => "hello";' }),
        },
      }),
    );
    await functions.create(
      'layered',
      { 'index.mjs': 'import greet from "greeter"; export const handler = async () => greet();' },
      { Layers: [LayerVersionArn] },
    );
    expect((await functions.call('layered')).payload).toBe('hello');
  });

  it('is replaced by its new code and configuration', async () => {
    await functions.create('changing', {
      'index.js': 'exports.handler = async () => process.env.A ?? "old";',
    });
    expect((await functions.call('changing')).payload).toBe('old');
    await functions.client.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: 'changing',
        Environment: { Variables: { AB: 'x' } },
      }),
    );
    await functions.client.send(
      new UpdateFunctionCodeCommand({
        FunctionName: 'changing',
        ZipFile: zip({ 'index.js': 'exports.handler = async () => process.env.AB + " new";' }),
      }),
    );
    expect((await functions.call('changing')).payload).toBe('x new');
  });

  it('can be published, and an alias names the version', async () => {
    await functions.create('versioned', {
      'index.js': 'exports.handler = async (_, c) => c.functionVersion;',
    });
    const { Version } = await functions.client.send(new PublishVersionCommand({ FunctionName: 'versioned' }));
    const again = await functions.client.send(new PublishVersionCommand({ FunctionName: 'versioned' }));
    expect([Version, again.Version]).toEqual(['1', '1']);
    await functions.client.send(
      new CreateAliasCommand({ FunctionName: 'versioned', Name: 'live', FunctionVersion: '1' }),
    );
    expect(await functions.call('versioned:live')).toMatchObject({ payload: '1', version: '1' });
    expect((await functions.call('versioned')).payload).toBe('$LATEST');
  });

  it('shows its log when asked', async () => {
    await functions.create('talking', {
      'index.js':
        'exports.handler = async () => { console.log("hello", { a: 1 }); process.stdout.write("raw\\n"); };',
    });
    const { log } = await functions.call('talking', {}, { LogType: 'Tail' });
    expect(log).toMatch(/^START RequestId: [0-9a-f-]{36} Version: \$LATEST$/m);
    expect(log).toMatch(/^\S+Z\t[0-9a-f-]{36}\tINFO\thello \{ a: 1 \}$/m);
    expect(log).toMatch(/^raw$/m);
    expect(log).toMatch(/^REPORT RequestId: .*\tBilled Duration: \d+ ms\tMemory Size: 128 MB/m);
  });
});

describe('a function that fails', () => {
  it('gives the error it threw, and goes on', async () => {
    await functions.create('throwing', {
      'index.js':
        'let n = 0; exports.handler = async () => { if (n++ === 0) throw new TypeError("no"); return n; };',
    });
    const first = await functions.call('throwing');
    expect(first).toMatchObject({
      status: 200,
      error: 'Unhandled',
      payload: { errorType: 'TypeError', errorMessage: 'no' },
    });
    expect(first.payload.trace[0]).toBe('TypeError: no');
    expect((await functions.call('throwing')).payload).toBe(2);
  });

  it('is stopped when its time is over, and starts anew', async () => {
    await functions.create(
      'slow',
      {
        'index.js':
          'exports.handler = (e) => e.hang ? new Promise(() => setInterval(() => {}, 50)) : Promise.resolve("ok");',
      },
      { Timeout: 1 },
    );
    expect((await functions.call('slow')).payload).toBe('ok');
    const hanging = functions.call('slow', { hang: true });
    // A clock that is moved forward takes no time from a process.
    await cloud.clock.advance(600);
    expect(await hanging).toMatchObject({
      error: 'Unhandled',
      payload: {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 1.00 seconds$/),
      },
    });
    expect((await functions.call('slow')).payload).toBe('ok');
  });

  it('is told apart by how it ends', async () => {
    await functions.create('ending', {
      'index.js': `exports.handler = async ({ how }) => {
        if (how === 'exit') process.exit(3);
        if (how === 'kill') process.kill(process.pid, 'SIGKILL');
        if (how === 'reject') { Promise.reject(new Error('lost')); await new Promise((r) => setTimeout(r, 500)); }
        if (how === 'throw') setImmediate(() => { throw new RangeError('late'); });
        await new Promise((r) => setTimeout(r, 500));
      };`,
    });
    const ends = async (how: string) => (await functions.call('ending', { how })).payload;
    expect(await ends('exit')).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('Runtime exited with error: exit status 3'),
    });
    expect(await ends('kill')).toMatchObject({
      errorMessage: expect.stringContaining('Runtime exited with error: signal: killed'),
    });
    expect(await ends('reject')).toMatchObject({
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'Error: lost',
    });
    expect(await ends('throw')).toMatchObject({ errorType: 'RangeError', errorMessage: 'late' });
  });

  it('says why it did not load', async () => {
    await functions.create('broken', { 'index.js': 'require("nowhere");' });
    expect((await functions.call('broken')).payload).toMatchObject({
      errorType: 'Runtime.ImportModuleError',
      errorMessage: expect.stringContaining("Cannot find module 'nowhere'"),
    });
    await functions.create('x', { 'index.js': 'exports.other = 1;' });
    expect((await functions.call('x')).payload).toMatchObject({
      errorType: 'Runtime.HandlerNotFound',
      errorMessage: 'index.handler is undefined or not exported',
    });
  });

  it('is told where the local runtime takes the AWS SDK from, when a client is not installed', async () => {
    await functions.create('no-client', { 'index.mjs': 'import "@aws-sdk/client-not-there";' });
    const { payload } = await functions.call('no-client');
    expect(payload.errorType).toBe('Runtime.ImportModuleError');
    expect(payload.errorMessage).toContain('npm install --save-dev @aws-sdk/client-not-there');
  });

  it('cannot reach packages that happen to be installed around the state folder', async () => {
    const project = mkdtempSync(join(tmpdir(), 'slipway-project-'));
    mkdirSync(join(project, 'node_modules', 'around'), { recursive: true });
    writeFileSync(join(project, 'node_modules', 'around', 'index.js'), '');
    const inside = await testCloud({ stateDirectory: join(project, 'state') });
    const there = functionsOf(inside, await functionRole(inside, 'function-role'));
    await there.create('reaching', { 'index.mjs': 'import "around";' });
    const answer = await there.call('reaching');
    await inside.dispose();
    rmSync(project, { recursive: true });
    expect(answer.payload.errorType).toBe('Runtime.ImportModuleError');
  });
});

describe('Lambda', () => {
  it('refuses images that are not here, unknown functions, bad zips, and payloads that are not JSON', async () => {
    const { client } = functions;
    await expect(
      functions.create(
        'image',
        {},
        { PackageType: 'Image', Code: { ImageUri: 'x' }, Runtime: undefined, Handler: undefined },
      ),
    ).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringContaining('Source image x is not valid'),
    });
    await expect(functions.call('nobody')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Function not found: arn:aws:lambda:us-east-1:${cloud.accountId}:function:nobody:$LATEST`,
    });
    await expect(
      functions.create('unzippable', {}, { Code: { ZipFile: Buffer.from('not a zip') } }),
    ).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    await expect(
      client.send(new InvokeCommand({ FunctionName: 'cjs', Payload: Buffer.from('{') })),
    ).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
  });

  it('refuses a role that does not trust it', async () => {
    await expect(
      functions.create(
        'untrusted',
        { 'index.js': '' },
        { Role: `arn:aws:iam::${cloud.accountId}:role/nobody` },
      ),
    ).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringContaining('cannot be assumed by Lambda'),
    });
  });

  it('throttles beyond the reserved concurrency', async () => {
    await functions.create('narrow', {
      'index.js': 'exports.handler = () => new Promise((r) => setTimeout(r, 300, "done"));',
    });
    await functions.client.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'narrow', ReservedConcurrentExecutions: 1 }),
    );
    const answers = await Promise.allSettled([functions.call('narrow'), functions.call('narrow')]);
    expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(answers.find((answer) => answer.status === 'rejected')).toMatchObject({
      reason: {
        name: 'TooManyRequestsException',
        Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      },
    });
  });

  it('runs many invocations at once in few environments, none of them twice at a time', async () => {
    await functions.create('parallel', {
      'index.js': `let busy = false; exports.handler = async ({ n }) => {
        if (busy) throw new Error('two at once'); busy = true;
        await new Promise((r) => setTimeout(r, 2)); busy = false; return n; };`,
    });
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) => functions.call('parallel', { n })),
    );
    expect(answers.map((answer) => answer.payload)).toEqual(Array.from({ length: 60 }, (_, n) => n));
  });

  it('meters requests and GB-seconds', () => {
    const used = (usage: string) =>
      cloud.meter
        .totals()
        .find((one) => one.service === 'lambda' && one.usage === usage && one.resource === 'cjs');
    expect(used('requests')?.quantity).toBe(1);
    expect(used('gb-seconds:x86_64')?.quantity).toBeGreaterThan(0);
  });

  it('deletes a function', async () => {
    await functions.client.send(new DeleteFunctionCommand({ FunctionName: 'warm' }));
    await expect(
      functions.client.send(new GetFunctionCommand({ FunctionName: 'warm' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const { Functions: left = [] } = await functions.client.send(new ListFunctionsCommand({}));
    expect(left.map((one) => one.FunctionName)).not.toContain('warm');
  });

  it('keeps functions over a restart', async () => {
    const { stateDirectory } = cloud;
    await cloud.close();
    cloud = await testCloud({ stateDirectory });
    functions = functionsOf(cloud, role);
    expect((await functions.call('cjs', { b: 2 })).payload.got).toEqual({ b: 2 });
  });
});
