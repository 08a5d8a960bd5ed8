/** Runtimes that bundles bring along, by the documented Runtime API, and responses in parts. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  InvokeWithResponseStreamCommand,
  type InvokeWithResponseStreamCommandOutput,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';
import { type Functions, functionRole, functionsOf } from './lambda-support.ts';

let cloud: TestCloud;
let functions: Functions;
let made = 0;
beforeAll(async () => {
  cloud = await testCloud();
  functions = functionsOf(cloud, await functionRole(cloud, 'runs'));
});
afterAll(() => cloud.dispose());

async function create(files: Readonly<Record<string, string>>, more = {}): Promise<string> {
  const name = `made${made++}`;
  await functions.create(name, files, { Timeout: 20, ...more });
  return name;
}

/** A loop over the Runtime API in a shell; `answer` is what is done with $id and $event. */
const shell = (answer: string, before = '') => `#!/bin/sh
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
${before}
while true; do
  headers=$(mktemp)
  event=$(curl -sS -D "$headers" "$api/invocation/next")
  id=$(grep -i '^lambda-runtime-aws-request-id:' "$headers" | tr -d '\\r' | cut -d' ' -f2)
  ${answer}
done
`;
const provided = { Runtime: 'provided.al2023', Handler: 'any' } as const;

const template = (Runtime: string, Code: object) =>
  JSON.stringify({
    Resources: {
      F: {
        Type: 'AWS::Lambda::Function',
        Properties: { Handler: 'index.handler', Role: 'arn:aws:iam::000000000000:role/r', Runtime, Code },
      },
    },
  });

describe('a runtime that the bundle brings along', () => {
  it.each([
    [
      'answers',
      'curl -sS "$api/invocation/$id/response" -d "$event"',
      { payload: { a: 'ü' }, error: undefined },
    ],
    [
      'fails',
      `curl -sS "$api/invocation/$id/error" -d '{"errorType":"Odd","errorMessage":"why"}'`,
      { payload: { errorType: 'Odd', errorMessage: 'why' }, error: 'Unhandled' },
    ],
    [
      'is refused an answer to another invocation',
      'said=$(curl -sS "$api/invocation/other/response" -d 1); curl -sS "$api/invocation/$id/response" -d "$said"',
      { payload: { errorType: 'InvalidRequestID', errorMessage: 'Invalid request ID' } },
    ],
    [
      'is told that extensions are not run',
      'said=$(curl -sS -X POST "http://$AWS_LAMBDA_RUNTIME_API/2020-01-01/extension/register"); curl -sS "$api/invocation/$id/response" -d "$said"',
      { payload: { errorType: 'Extension.NotSupported' } },
    ],
    [
      'asks for more without an answer',
      ':',
      { payload: { errorType: 'Runtime.NoResponse' }, error: 'Unhandled' },
    ],
    [
      'ends',
      'exit 7',
      { payload: { errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/exit status 7$/) } },
    ],
  ])('%s', async (_, answer, expected) => {
    const name = await create({ bootstrap: shell(answer) }, provided);
    expect(await functions.call(name, { a: 'ü' })).toMatchObject(expected);
  });

  it.each([
    [
      'tells that it cannot start',
      shell(':', `curl -sS "$api/init/error" -d '{"errorType":"Init","errorMessage":"no"}'; exit 1`),
      { errorType: 'Init', errorMessage: 'no' },
    ],
    ['is not there', '', { errorType: 'Runtime.InvalidEntrypoint' }],
  ])('%s', async (_, bootstrap, expected) => {
    const name = await create(bootstrap === '' ? { other: '' } : { bootstrap }, provided);
    expect((await functions.call(name)).payload).toMatchObject(expected);
  });

  it('is ended with its time', async () => {
    const name = await create({ bootstrap: shell('sleep 60') }, { ...provided, Timeout: 1 });
    expect((await functions.call(name)).payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
  });

  it('is refused at deployment when it was built for another processor', async () => {
    const elf = Buffer.alloc(64);
    elf.writeUInt32BE(0x7f454c46, 0);
    elf.writeUInt16LE(process.arch === 'arm64' ? 62 : 183, 18);
    const folder = mkdtempSync(join(tmpdir(), 'slipway-elf-'));
    writeFileSync(join(folder, 'bootstrap'), elf);
    const [verdict] = await cloud.check([
      {
        stackName: 'elf',
        template: template('provided.al2023', { S3Bucket: 'assets', S3Key: 'code.zip' }),
        assets: { 'code.zip': folder },
      },
    ]);
    rmSync(folder, { recursive: true });
    expect(verdict?.refusals.map(({ what }) => what)).toContainEqual(
      expect.stringMatching(/^the bundle's bootstrap was built for \w+, and this machine is /),
    );
  });

  it('may not be wrapped', async () => {
    const wrapped = create(
      { 'index.js': '' },
      { Environment: { Variables: { AWS_LAMBDA_EXEC_WRAPPER: '/opt/wrapper' } } },
    );
    await expect(wrapped).rejects.toThrow('wrapper scripts of runtimes (AWS_LAMBDA_EXEC_WRAPPER)');
  });
});

describe('a response in parts', () => {
  async function streamed(FunctionName: string) {
    const answer: InvokeWithResponseStreamCommandOutput = await functions.client.send(
      new InvokeWithResponseStreamCommand({ FunctionName, LogType: 'Tail' }),
    );
    const parts: string[] = [];
    let end: object | undefined;
    for await (const { PayloadChunk, InvokeComplete } of answer.EventStream ?? []) {
      if (PayloadChunk?.Payload) parts.push(Buffer.from(PayloadChunk.Payload).toString());
      if (InvokeComplete) end = InvokeComplete;
    }
    return { parts, text: parts.join(''), end };
  }
  const handler = (body: string) => ({
    'index.mjs': `export const handler = awslambda.streamifyResponse(async (event, stream, context) => { ${body} });`,
  });
  const pause = 'await new Promise((resolve) => setTimeout(resolve, 50));';

  it('comes as it is written', async () => {
    const name = await create(handler(`stream.write('one'); ${pause} stream.write('two'); stream.end();`));
    expect(await streamed(name)).toMatchObject({
      parts: ['one', 'two'],
      end: { LogResult: expect.any(String) },
    });
    const whole = await create(handler(`stream.write('"one'); stream.write('two"'); stream.end();`));
    expect((await functions.call(whole)).payload).toBe('onetwo');
  });

  it('has its status and headers in front', async () => {
    const name = await create(
      handler(
        `const out = awslambda.HttpResponseStream.from(stream, { statusCode: 201 }); out.write('body'); out.end();`,
      ),
    );
    expect((await streamed(name)).text).toBe(`{"statusCode":201}${'\0'.repeat(8)}body`);
  });

  it.each([
    ['before anything is written', `throw new RangeError('why');`, []],
    ['in the middle', `stream.write('one'); ${pause} throw new RangeError('why');`, ['one']],
  ])('tells of an error %s', async (_, body, parts) => {
    const answer = await streamed(await create(handler(body)));
    expect(answer).toMatchObject({ parts, end: { ErrorCode: 'Unhandled' } });
    expect(JSON.parse((answer.end as { ErrorDetails: string }).ErrorDetails)).toMatchObject({
      errorType: 'RangeError',
      errorMessage: 'why',
    });
  });

  it('is one part, when the function does not stream', async () => {
    const name = await create({ 'index.mjs': 'export const handler = async () => ({ a: 1 });' });
    expect(await streamed(name)).toMatchObject({ parts: ['{"a":1}'] });
  });
});

describe('the version of a language', () => {
  it('is told when another one stands in for it', async () => {
    const runtimes = [10, 11, 12, 13, 14].map((minor) => `python3.${minor}`);
    for (const runtime of runtimes) {
      const [verdict] = await cloud.check([
        { stackName: 'checked', template: template(runtime, { ZipFile: 'def handler(e, c): pass' }) },
      ]);
      const name = await create(
        { 'index.py': 'import sys\ndef handler(e, c): return "%d.%d" % sys.version_info[:2]' },
        { Runtime: runtime },
      );
      const { payload: version } = await functions.call(name);
      const other = runtime !== `python${version}`;
      expect(verdict?.standIns).toEqual(other ? [`Python ${version} stands in for ${runtime}`] : []);
    }
  });
});
