/** Functions that are container images, as AWS's base images and as images of one's own. Nothing here needs a network. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateRepositoryCommand, ECRClient, GetRepositoryPolicyCommand } from '@aws-sdk/client-ecr';
import { CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import {
  GetFunctionCommand,
  LambdaClient,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLayerCache } from '../../src/local/compute/images/layer-cache.ts';
import { pushImage } from '../../src/local/compute/images/push.ts';
import { viewsMissing } from '../../src/local/compute/images/view.ts';
import { type TestCloud, testCloud } from './harness.ts';
import { type Functions, functionRole, functionsOf } from './lambda-support.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-image-functions-'));
const cache = createLayerCache(join(folder, 'cache'));
const node = 'FROM public.ecr.aws/lambda/nodejs:20\n';
let cloud: TestCloud;
let ecr: ECRClient;
let functions: Functions;
let pushed = 0;

beforeAll(async () => {
  cloud = await testCloud();
  ecr = new ECRClient(cloud.client());
  await ecr.send(new CreateRepositoryCommand({ repositoryName: 'functions' }));
  functions = functionsOf(cloud, await functionRole(cloud, 'image-functions'));
});
afterAll(async () => {
  await cloud.dispose();
  rmSync(folder, { recursive: true, force: true });
});

async function image(files: Readonly<Record<string, string>>, repositoryName = 'functions'): Promise<string> {
  const imageTag = `v${pushed++}`;
  const directory = join(folder, imageTag);
  mkdirSync(directory);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  await pushImage({ directory, ecr, repositoryName, imageTag, cache });
  return `${cloud.accountId}.dkr.ecr.${cloud.region}.amazonaws.com/${repositoryName}:${imageTag}`;
}

async function create(name: string, ImageUri: string, more: object = {}): Promise<void> {
  await functions.create(
    name,
    {},
    {
      PackageType: 'Image',
      Code: { ImageUri },
      Runtime: undefined,
      Handler: undefined,
      Timeout: 20,
      ...more,
    },
  );
}

describe.skipIf(viewsMissing() !== undefined)('a function from a container image', () => {
  it('runs on AWS’s base image for Node.js, with its files, variables and logs, and a /tmp of its own', async () => {
    const handler = `
      import { existsSync, writeFileSync } from 'node:fs';
      export async function handler(event) {
        console.log('called with', event.name);
        writeFileSync('/tmp/a', 'a');
        let written = true;
        try { writeFileSync('/var/task/b', 'b'); } catch (error) { written = error.code; }
        return {
          hello: event.name, made: process.env.MADE, own: process.env.OWN, cwd: process.cwd(), written,
          home: existsSync(${JSON.stringify(process.cwd())}), kind: process.env.AWS_EXECUTION_ENV,
        };
      }`;
    const uri = await image({
      Dockerfile: `${node}ENV MADE=image OWN=image\nCOPY app.mjs \${LAMBDA_TASK_ROOT}/\nCMD ["app.handler"]`,
      'app.mjs': handler,
    });
    await create('node-image', uri, { Environment: { Variables: { OWN: 'function' } } });
    const { payload, log } = await functions.call('node-image', { name: 'you' }, { LogType: 'Tail' });
    expect(payload).toEqual({
      hello: 'you',
      made: 'image',
      own: 'function',
      cwd: '/var/task',
      written: 'EROFS',
      home: false,
      kind: 'AWS_Lambda_Image',
    });
    expect(log).toContain('called with you');
    const { Configuration, Code } = await functions.client.send(
      new GetFunctionCommand({ FunctionName: 'node-image' }),
    );
    expect(Configuration).toMatchObject({ PackageType: 'Image', CodeSize: 0 });
    expect(Configuration).not.toHaveProperty('Runtime');
    expect(Code).toMatchObject({ RepositoryType: 'ECR', ImageUri: uri });
    expect(Code?.ResolvedImageUri).toMatch(/functions@sha256:[0-9a-f]{64}$/);
  });

  it('runs on AWS’s base image for Python, with packages that a step of its build installed', async () => {
    const uri = await image({
      Dockerfile: `FROM public.ecr.aws/lambda/python:3.12
COPY app.py package.py \${LAMBDA_TASK_ROOT}/
RUN mv package.py "$(python -c 'import site; print(site.getsitepackages()[0])')/installed.py"
CMD ["app.handler"]`,
      'app.py':
        'import installed, sys\ndef handler(event, context):\n    print("says", event)\n    return [installed.value, sys.prefix, context.function_name]',
      'package.py': 'value = 42',
    });
    await create('python-image', uri);
    const { payload, log } = await functions.call('python-image', 'x', { LogType: 'Tail' });
    expect(payload).toEqual([42, '/var/lang', 'python-image']);
    expect(log).toContain('says x');
  });

  it('runs any image that speaks the Lambda Runtime API', async () => {
    const uri = await image({
      Dockerfile:
        'FROM node:20-slim\nWORKDIR /srv/app\nCOPY main.mjs .\nENTRYPOINT ["node"]\nCMD ["main.mjs", "one"]',
      'main.mjs': `
        const api = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime/invocation/';
        for (;;) {
          const next = await fetch(api + 'next');
          const event = await next.json();
          const id = next.headers.get('lambda-runtime-aws-request-id');
          const body = JSON.stringify({ event, args: process.argv.slice(2), cwd: process.cwd() });
          await fetch(api + id + '/response', { method: 'POST', body });
        }`,
    });
    await create('own-image', uri);
    expect((await functions.call('own-image', 1)).payload).toEqual({
      event: 1,
      args: ['one'],
      cwd: '/srv/app',
    });
    await functions.client.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: 'own-image',
        ImageConfig: {
          Command: ['../main.mjs', 'two'],
          EntryPoint: ['node'],
          WorkingDirectory: '/srv/app/sub',
        },
      }),
    );
    expect((await functions.call('own-image', 2)).error).toBe('Unhandled');
    await functions.client.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: 'own-image',
        ImageConfig: { Command: ['app/main.mjs', 'two'], WorkingDirectory: '/srv' },
      }),
    );
    expect((await functions.call('own-image', 2)).payload).toEqual({ event: 2, args: ['two'], cwd: '/srv' });
  });

  it('keeps its image when the tag moves, and takes another when its code is updated', async () => {
    const files = (answer: string) => ({
      Dockerfile: `${node}COPY app.mjs ./\nCMD ["app.handler"]`,
      'app.mjs': `export const handler = async () => '${answer}'`,
    });
    const first = await image(files('first'));
    await create('moved-image', first);
    pushed--;
    rmSync(join(folder, `v${pushed}`), { recursive: true });
    const second = await image(files('second'));
    expect(second).toBe(first);
    expect((await functions.call('moved-image')).payload).toBe('first');
    await functions.client.send(
      new UpdateFunctionCodeCommand({ FunctionName: 'moved-image', ImageUri: second }),
    );
    expect((await functions.call('moved-image')).payload).toBe('second');
  });

  it('lets Lambda into the repository in the name of who makes it, who has to be allowed to', async () => {
    await ecr.send(new CreateRepositoryCommand({ repositoryName: 'closed' }));
    const uri = await image({ Dockerfile: `${node}CMD ["app.handler"]` }, 'closed');
    const iam = new IAMClient(cloud.client());
    await iam.send(new CreateUserCommand({ UserName: 'maker' }));
    await iam.send(
      new PutUserPolicyCommand({
        UserName: 'maker',
        PolicyName: 'own',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: ['lambda:*', 'iam:PassRole'], Resource: '*' }],
        }),
      }),
    );
    const { CreateAccessKeyCommand } = await import('@aws-sdk/client-iam');
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'maker' }));
    const credentials = {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    };
    const maker = functionsOf(cloud, await functionRole(cloud, 'closed-role'));
    const asMaker = new LambdaClient({ ...cloud.client(), credentials });
    const { CreateFunctionCommand } = await import('@aws-sdk/client-lambda');
    const input = {
      FunctionName: 'closed-image',
      Role: `arn:aws:iam::${cloud.accountId}:role/closed-role`,
      PackageType: 'Image',
      Code: { ImageUri: uri },
    } as const;
    await expect(asMaker.send(new CreateFunctionCommand(input))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: 'Lambda does not have permission to access the ECR image. Check the ECR permissions.',
    });
    await maker.client.send(new CreateFunctionCommand(input));
    const { policyText = '' } = await ecr.send(new GetRepositoryPolicyCommand({ repositoryName: 'closed' }));
    expect(JSON.parse(policyText)).toMatchObject({ Statement: [{ Sid: 'LambdaECRImageRetrievalPolicy' }] });
  });

  it.each([
    [
      'with a handler',
      { Handler: 'a.b', Runtime: 'nodejs20.x' },
      "Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.",
    ],
    ['of an image that is not there', {}, 'does not exist. Provide a valid source image.'],
  ])('is refused %s', async (_, more, message) => {
    const uri = `${cloud.accountId}.dkr.ecr.${cloud.region}.amazonaws.com/functions:none`;
    await expect(create('refused-image', uri, more)).rejects.toThrow(message);
  });
});
