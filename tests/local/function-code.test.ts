/** What a function's code asks for is found before anything is made: cases are files, and what they are refused for. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployer } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';
import { zip } from './lambda-support.ts';

let cloud: TestCloud;
const folder = mkdtempSync(join(tmpdir(), 'slipway-code-'));
let made = 0;
beforeAll(async () => {
  cloud = await testCloud();
});
afterAll(async () => {
  await cloud.dispose();
  rmSync(folder, { recursive: true });
});

type Files = Readonly<Record<string, string>>;

function asset(files: Files): string {
  const path = join(folder, `asset${made++}`);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}

const code = (key: string) => ({ S3Bucket: 'assets', S3Key: `folder/${key}` });
const fn = (properties: object) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Handler: 'index.handler', Role: 'arn:aws:iam::000000000000:role/r', ...properties },
});

/** What a function is refused for whose code, and whose layer, are assets of the app. */
async function refusals(
  Runtime: string,
  files: Files,
  { layer, ...more }: { layer?: Files; Handler?: string } = {},
) {
  const checked = fn({
    Runtime,
    Code: code('code.zip'),
    ...(layer ? { Layers: [{ Ref: 'Layer' }] } : {}),
    ...more,
  });
  const Layer = { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: code('layer.zip') } };
  const assets = { 'code.zip': asset(files), ...(layer ? { 'layer.zip': asset(layer) } : {}) };
  const template = JSON.stringify({ Resources: { Function: checked, ...(layer ? { Layer } : {}) } });
  const [verdict] = await cloud.check([{ stackName: 'checked', template, assets }]);
  expect(verdict?.wrong).toEqual([]);
  return (verdict?.refusals ?? []).filter(({ stops }) => stops).map(({ what }) => what);
}

const lacks = (what: string) => [
  expect.stringMatching(new RegExp(`^${what}, which is neither in the bundle nor in a layer`)),
];

type Case = readonly [
  title: string,
  files: Files,
  refused: readonly unknown[],
  more?: Parameters<typeof refusals>[2],
];

const python: readonly Case[] = [
  [
    'the standard library',
    { 'index.py': 'import json, os.path, urllib.request, email.mime.text\ndef handler(e, c): pass' },
    [],
  ],
  [
    'modules of its own',
    {
      'index.py': 'from lib import a, b\nfrom lib.c import d\ndef handler(e, c): pass',
      'lib/__init__.py': 'b = 1',
      'lib/a.py': 'from . import c',
      'lib/c.py': 'd = 1',
    },
    [],
  ],
  [
    'a folder without __init__',
    { 'index.py': 'from lib.a import b\ndef handler(e, c): pass', 'lib/a.py': 'b = 1' },
    [],
  ],
  [
    'a package of a layer',
    { 'index.py': 'import pkg\ndef handler(e, c): pass' },
    [],
    { layer: { 'python/pkg/__init__.py': '' } },
  ],
  [
    'a package that is nowhere',
    { 'index.py': 'import json\nimport numpy as np\ndef handler(e, c): pass' },
    lacks('index.py:2 imports numpy'),
  ],
  [
    'a package that a module of its own lacks',
    { 'index.py': 'import a\ndef handler(e, c): pass', 'a.py': 'import pandas' },
    lacks('a.py:1 imports pandas'),
  ],
  [
    'a package that a layer’s package lacks',
    { 'index.py': 'import pkg\ndef handler(e, c): pass' },
    [expect.stringMatching(/python\/pkg\/__init__\.py:1 imports nope, /)],
    { layer: { 'python/pkg/__init__.py': 'import nope' } },
  ],
  [
    'a module of its own that is not there',
    { 'index.py': 'import lib.b\ndef handler(e, c): pass', 'lib/__init__.py': '' },
    lacks('index.py:1 imports lib.b'),
  ],
  [
    'what it does without',
    {
      'index.py':
        'try:\n  import ujson\nexcept ImportError:\n  import json as ujson\ndef handler(e, c): pass',
    },
    [],
  ],
  ['what it only asks for later', { 'index.py': 'def handler(e, c):\n  import numpy' }, []],
  [
    'what only a type checker reads',
    {
      'index.py':
        'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  import mypy_boto3\ndef handler(e, c): pass',
    },
    [],
  ],
  [
    'a package that was built for another version',
    { 'index.py': 'import fast\ndef handler(e, c): pass', 'fast.cpython-36m-x86_64-linux-gnu.so': '' },
    [
      expect.stringContaining(
        'which the bundle has as fast.cpython-36m-x86_64-linux-gnu.so: built for another version or system',
      ),
    ],
  ],
  [
    'what is no Python',
    { 'index.py': 'def handler(e, c)\n  pass' },
    [expect.stringMatching(/^Python 3\.\d+ does not understand index\.py:1: /)],
  ],
  [
    'a handler that is not there',
    { 'index.py': 'def other(e, c): pass' },
    ["Handler 'handler' missing on module 'index'"],
  ],
  [
    'a handler that another module has',
    { 'index.py': 'from a import *', 'a.py': 'def handler(e, c): pass' },
    [],
  ],
  [
    'no file of its handler',
    { 'app.py': '' },
    ["Unable to import module 'index': the bundle has no such file"],
  ],
  ['a handler in a folder', { 'src/app.py': 'def run(e, c): pass' }, [], { Handler: 'src/app.run' }],
];

const node: readonly Case[] = [
  [
    'modules of Node.js',
    {
      'index.mjs':
        'import fs from "fs"; import { x } from "node:path"; import "fs/promises"; export const handler = 1;',
    },
    [],
  ],
  [
    'files of its own',
    {
      'index.js': 'const a = require("./lib"); exports.handler = a;',
      'lib/index.js': 'require("../b.cjs")',
      'b.cjs': '',
    },
    [],
  ],
  [
    'a package of the bundle',
    { 'index.js': 'require("pkg/sub"); exports.handler = 1;', 'node_modules/pkg/package.json': '{}' },
    [],
  ],
  [
    'a package of a layer',
    { 'index.mjs': 'import "pkg"; export const handler = 1;' },
    [],
    { layer: { 'nodejs/node_modules/pkg/package.json': '{}' } },
  ],
  [
    'a package that is nowhere',
    { 'index.js': 'const a = 1;\nconst axios = require("axios");\nexports.handler = 1;' },
    lacks('index.js:2 imports axios'),
  ],
  [
    'a package of a scope that a file of its own lacks',
    {
      'index.mjs': 'import "./a.mjs"; export const handler = 1;',
      'a.mjs': 'export * from "@scope/pkg/sub";',
    },
    lacks('a.mjs:1 imports @scope/pkg'),
  ],
  [
    'what it does without',
    { 'index.js': 'try { require("bufferutil"); } catch {} exports.handler = 1;' },
    [],
  ],
  [
    'what it only asks for later',
    { 'index.js': 'exports.handler = async () => { require("a"); await import("b"); };' },
    [],
  ],
  [
    'what is only spoken of',
    { 'index.js': '// require("a")\nexports.handler = () => "import x from \'b\'";' },
    [],
  ],
  [
    'the AWS SDK',
    { 'index.mjs': 'import { S3Client } from "@aws-sdk/client-s3"; export const handler = 1;' },
    [],
  ],
  [
    'the AWS SDK of former times',
    { 'index.js': 'const AWS = require("aws-sdk"); exports.handler = 1;' },
    lacks('index.js:1 imports aws-sdk'),
  ],
  [
    'no file of its handler',
    { 'index.ts': '' },
    ["Cannot find module 'index': the bundle has no file of the handler index.handler"],
  ],
];

for (const [language, runtime, cases] of [
  ['Python', 'python3.12', python],
  ['Node.js', 'nodejs22.x', node],
] as const)
  describe(`the code of a function for ${language}`, () => {
    for (const [title, files, refused, more] of cases)
      it(`is told what it lacks, when it has ${title}`, async () => {
        expect(await refusals(runtime, files, more)).toEqual(refused);
      });
  });

describe('code that is not an asset', () => {
  it('is read from the template', async () => {
    const create = deployer(cloud).create('inline', {
      Resources: {
        Function: fn({
          Runtime: 'nodejs22.x',
          Code: { ZipFile: 'require("./cfn-response"); require("nowhere");' },
        }),
      },
    });
    await expect(create).rejects.toThrow(/index\.js:1 imports nowhere, which is neither/);
  });

  it('is read from S3', async () => {
    const s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'assets' }));
    const Body = zip({ 'index.py': 'import nowhere\ndef handler(e, c): pass' });
    await s3.send(new PutObjectCommand({ Bucket: 'assets', Key: 'folder/code.zip', Body }));
    const create = deployer(cloud).create('stored', {
      Resources: { Function: fn({ Runtime: 'python3.12', Code: code('code.zip') }) },
    });
    await expect(create).rejects.toThrow(/index\.py:1 imports nowhere, which is neither/);
  });
});

describe('what the runtime brings along', () => {
  it.each([
    [
      'nodejs22.x',
      { 'index.mjs': 'import "@aws-sdk/client-account"; export const handler = 1;' },
      '@aws-sdk/client-account',
    ],
    ['python3.12', { 'index.py': 'import boto3\ndef handler(e, c): pass' }, 'boto3'],
  ])('is refused by name for %s when it can be had from nowhere', async (runtime, files: Files, name) => {
    const offline = {
      XDG_CACHE_HOME: join(folder, 'cache'),
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_fetch_retries: '0',
      PIP_INDEX_URL: 'http://127.0.0.1:9/',
      PIP_RETRIES: '0',
    };
    const before = Object.keys(offline).map((key) => [key, process.env[key]] as const);
    Object.assign(process.env, offline);
    const other = await testCloud();
    try {
      const template = JSON.stringify({ Resources: { F: fn({ Runtime: runtime, Code: code('code.zip') }) } });
      const assets = { 'code.zip': asset(files) };
      const [verdict] = await other.check([{ stackName: 'offline', template, assets }]);
      expect(verdict?.refusals.map(({ logicalId, what }) => [logicalId, what])).toContainEqual([
        'F',
        expect.stringMatching(
          new RegExp(
            `^the code imports ${name}, which Lambda's own runtime brings along; it could not be fetched`,
          ),
        ),
      ]);
    } finally {
      for (const [key, value] of before)
        if (value === undefined) delete process.env[key];
        else process.env[key] = value;
      await other.dispose();
    }
  });
});
