/** What an uploaded zip may hold: the same answer wherever function code comes in, and nothing outside of its folder. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import {
  CreateFunctionCommand,
  LambdaClient,
  PublishLayerVersionCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';
import { type Functions, functionRole, functionsOf } from './lambda-support.ts';

interface Entry {
  readonly name: string | Buffer;
  readonly data?: string | Buffer;
  /** Unix mode with its file type. */
  readonly mode?: number;
  readonly storedSize?: number;
  readonly storedCrc?: number;
  readonly flags?: number;
}

/** A zip byte by byte, because no library writes wrong ones. */
function craft(entries: readonly Entry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.isBuffer(entry.name) ? entry.name : Buffer.from(entry.name);
    const data = Buffer.from(entry.data ?? '');
    const packed = deflateRawSync(data);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(entry.flags ?? 0x800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(entry.storedCrc ?? crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(entry.storedSize ?? data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), common, rest, name]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]);
}

const link = 0o120777;
const handler = { name: 'index.js', data: 'exports.handler = async () => "ran"' };
const megabyte = Buffer.alloc(1024 * 1024);

const refused: Readonly<Record<string, readonly Entry[]>> = {
  'a name that climbs out': [handler, { name: '../out.js', data: 'x' }],
  'a name that climbs out in the middle': [handler, { name: 'a/../../out.js', data: 'x' }],
  'a name that climbs out by backslashes': [handler, { name: '..\\..\\out.js', data: 'x' }],
  'an absolute name': [handler, { name: '/tmp/out.js', data: 'x' }],
  'an absolute Windows name': [handler, { name: 'C:/out.js', data: 'x' }],
  'a name with NUL': [handler, { name: 'a\0.js', data: 'x' }],
  'a name without characters': [handler, { name: '', data: 'x' }],
  'a name that no file system takes': [handler, { name: 'n'.repeat(256), data: 'x' }],
  'a file through a link': [
    handler,
    { name: 'd', data: '/tmp', mode: link },
    { name: 'd/out.js', data: 'x' },
  ],
  'a link in the place of a folder': [
    handler,
    { name: 'd/in.js', data: 'x' },
    { name: 'd', data: '/tmp', mode: link },
  ],
  'a file in the place of a link': [
    handler,
    { name: 'd', data: '/tmp/out.js', mode: link },
    { name: 'd', data: 'x' },
  ],
  'a file below a file': [handler, { name: 'd', data: 'x' }, { name: 'd/in.js', data: 'x' }],
  'a device': [handler, { name: 'null', mode: 0o020666 }],
  'a pipe': [handler, { name: 'pipe', mode: 0o010644 }],
  'an encrypted entry': [{ ...handler, flags: 0x801 }],
  'a size that is too small': [{ name: 'index.js', data: megabyte, storedSize: 1000 }],
  'a size that is too large': [{ ...handler, storedSize: 1000 }],
  'a wrong checksum': [{ ...handler, storedCrc: 1 }],
};

const couldNotUnzip = /^Could not unzip uploaded file\. Please check your file, then try to upload again\./;

describe('a zip of a function', () => {
  let cloud: TestCloud;
  let lambda: LambdaClient;
  let functions: Functions;
  let role: string;
  beforeAll(async () => {
    cloud = await testCloud();
    lambda = new LambdaClient(cloud.client());
    role = await functionRole(cloud, 'unzips');
    functions = functionsOf(cloud, role);
    await functions.create('good', { 'index.js': handler.data });
  });
  afterAll(() => cloud.dispose());

  const failure = (promise: Promise<unknown>) =>
    promise.then(
      () => undefined,
      (error: Error) => error,
    );
  const base = { Runtime: 'nodejs20.x', Handler: 'index.handler' } as const;
  const ways: Readonly<Record<string, (ZipFile: Uint8Array) => Promise<unknown>>> = {
    CreateFunction: (ZipFile) =>
      lambda.send(new CreateFunctionCommand({ ...base, FunctionName: 'bad', Role: role, Code: { ZipFile } })),
    UpdateFunctionCode: (ZipFile) =>
      lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'good', ZipFile })),
    PublishLayerVersion: (ZipFile) =>
      lambda.send(new PublishLayerVersionCommand({ LayerName: 'bad', Content: { ZipFile } })),
  };

  for (const [what, entries] of Object.entries(refused))
    it(`with ${what} is refused at upload, however it comes`, async () => {
      for (const send of Object.values(ways))
        expect(await failure(send(craft(entries)))).toMatchObject({
          name: 'InvalidParameterValueException',
          message: expect.stringMatching(couldNotUnzip),
        });
    });

  it('that unpacks to 250 MB is refused before it is unpacked, also when many entries share the size', async () => {
    const many = craft(Array.from({ length: 250 }, (_, i) => ({ name: `f${i}`, data: megabyte })));
    for (const send of Object.values(ways))
      expect(await failure(send(many))).toMatchObject({
        name: 'InvalidParameterValueException',
        message: 'Unzipped size must be smaller than 262144000 bytes',
      });
  });

  it('of more than 50 MB is refused when it comes with the request', async () => {
    expect(await failure(ways.CreateFunction?.(Buffer.alloc(52_428_801)) ?? Promise.resolve())).toMatchObject(
      {
        name: 'RequestEntityTooLargeException',
        message: expect.stringMatching(/must be smaller than \d+ bytes/),
      },
    );
  });

  it('in an S3 object is refused when a stack makes a function of it', async () => {
    const s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'assets' }));
    const Body = craft(refused['a file through a link'] ?? []);
    await s3.send(new PutObjectCommand({ Bucket: 'assets', Key: 'bad.zip', Body }));
    const cloudformation = new CloudFormationClient(cloud.client());
    await cloudformation.send(
      new CreateStackCommand({
        StackName: 'bad',
        TemplateBody: JSON.stringify({
          Resources: {
            F: {
              Type: 'AWS::Lambda::Function',
              Properties: { ...base, Role: role, Code: { S3Bucket: 'assets', S3Key: 'bad.zip' } },
            },
          },
        }),
      }),
    );
    await vi.waitFor(async () => {
      const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: 'bad' }));
      expect(Stacks?.[0]?.StackStatus).toBe('ROLLBACK_COMPLETE');
    }, 20_000);
    const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: 'bad' }));
    const reasons = StackEvents?.map((event) => event.ResourceStatusReason ?? '');
    expect(reasons?.some((reason) => reason.includes('Could not unzip uploaded file'))).toBe(true);
  });

  it('keeps links, executables, dots and the later of two files of one name', async () => {
    const code = `const fs = require('fs');
exports.handler = async () => ({
  linked: fs.readFileSync(__dirname + '/linked.txt', 'utf8'),
  mode: fs.statSync(__dirname + '/run').mode & 0o777,
  dotted: fs.readFileSync(__dirname + '/dotted.txt', 'utf8'),
  backslash: fs.existsSync(__dirname + '/a\\\\b.txt'),
});`;
    const ZipFile = craft([
      { name: 'index.js', data: code },
      { name: 'data/', mode: 0o040755 },
      { name: 'data/text.txt', data: 'first' },
      { name: 'data/text.txt', data: 'second' },
      { name: 'linked.txt', data: 'data/text.txt', mode: link },
      { name: 'run', data: '#!/bin/sh', mode: 0o100755 },
      { name: './dotted.txt', data: 'dotted' },
      { name: 'a\\b.txt', data: '' },
    ]);
    await lambda.send(
      new CreateFunctionCommand({ ...base, FunctionName: 'links', Role: role, Code: { ZipFile } }),
    );
    expect((await functions.call('links')).payload).toEqual({
      linked: 'second',
      mode: 0o755,
      dotted: 'dotted',
      backslash: true,
    });
  });

  it('of a layer does not write through a link of the layer below it', async () => {
    const outside = join(cloud.stateDirectory, 'outside');
    const publish = async (LayerName: string, entries: readonly Entry[]) =>
      (await lambda.send(new PublishLayerVersionCommand({ LayerName, Content: { ZipFile: craft(entries) } })))
        .LayerVersionArn ?? '';
    const Layers = [
      await publish('lower', [{ name: 'd', data: outside, mode: link }]),
      await publish('upper', [{ name: 'd/in.txt', data: 'x' }]),
    ];
    await functions.create(
      'layered',
      {
        'index.js':
          "exports.handler = async () => require('fs').readFileSync(`${__dirname}/../opt/d/in.txt`, 'utf8')",
      },
      { Layers },
    );
    expect((await functions.call('layered')).payload).toBe('x');
    expect(existsSync(outside) ? readdirSync(outside) : []).toEqual([]);
  });

  it('of many small files is unpacked', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 2000 }, (_, i) => [`lib/f${i}.js`, `module.exports=${i}`]),
    );
    await functions.create('many', {
      ...files,
      'index.js': `exports.handler = async () => require('./lib/f1999.js')`,
    });
    expect((await functions.call('many')).payload).toBe(1999);
  });
});
