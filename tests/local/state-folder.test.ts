/** What a cloud says of a state folder that it cannot use, and that it leaves it as it is. */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/core/random.ts';
import { startCloud } from '../../src/local/cloud.ts';
import { testCloud } from './harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-state-'));
const whole = join(folder, 'whole');
const records = (state: string) => join(state, 'records', 'data.mdb');
const pageSize = 4096;

beforeAll(async () => {
  const cloud = await testCloud({ stateDirectory: whole });
  const ssm = new SSMClient(cloud.client());
  for (let i = 0; i < 60; i++)
    await ssm.send(
      new PutParameterCommand({ Name: `/p/${i}`, Value: 'v'.repeat(100 + i * 60), Type: 'String' }),
    );
  const s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'data' }));
  await s3.send(new PutObjectCommand({ Bucket: 'data', Key: 'large', Body: Buffer.alloc(100_000) }));
  await cloud.close();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

let copies = 0;
function copy(damage: (state: string) => void): string {
  const state = join(folder, `copy-${copies++}`);
  cpSync(whole, state, { recursive: true });
  damage(state);
  return state;
}
/** The file is longer: room is made before it is needed. */
const usedPages = () => {
  const metas = readFileSync(records(whole)).subarray(0, 2 * pageSize);
  return 1 + Math.max(...[0, pageSize].map((at) => Number(metas.readBigUInt64LE(at + 144))));
};
const overwrite = (from: number, bytes: Buffer) => (state: string) => {
  writeSync(openSync(records(state), 'r+'), bytes, 0, bytes.length, from);
};
const contents = (state: string) =>
  Object.fromEntries(
    readdirSync(state, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file, createHash('sha256').update(readFileSync(file)).digest('hex')]),
  );
const random = new Random(7, 'damage');
const noise = (size: number) =>
  Buffer.from(Array.from({ length: size }, () => Math.floor(random.next() * 256)));

describe('a damaged state', () => {
  const damages: readonly [string, (state: string) => void, RegExp][] = [
    [
      'cut to half',
      (state) => truncateSync(records(state), Math.floor((usedPages() * pageSize) / 2)),
      /page \d+ is missing: the file ends after/,
    ],
    ['cut to 100 bytes', (state) => truncateSync(records(state), 100), /its second page is empty/],
    ['cut to one page', (state) => truncateSync(records(state), pageSize), /its second page is empty/],
    ['emptied', (state) => truncateSync(records(state), 0), /it is empty/],
    ['without its record file', (state) => rmSync(records(state)), /it is not there/],
    [
      'without its records',
      (state) => rmSync(join(state, 'records'), { recursive: true }),
      /it is not there/,
    ],
    ['with zeroed meta pages', overwrite(0, Buffer.alloc(2 * pageSize)), /its first page is empty/],
    ['with a zeroed first page', overwrite(0, Buffer.alloc(pageSize)), /its first page is empty/],
    [
      'with random meta pages',
      overwrite(0, noise(2 * pageSize)),
      /its first page is not one of a record store/,
    ],
    ['with random pages', overwrite(2 * pageSize, noise(20 * pageSize)), /page \d+ .*\d+ of \d+ pages/],
    [
      'with zeroed pages',
      overwrite(2 * pageSize, Buffer.alloc(20 * pageSize)),
      /page \d+ has another number/,
    ],
    [
      'with a text in place of its records',
      (state) => writeFileSync(records(state), 'hello '.repeat(2000)),
      /its first page is not one of a record store/,
    ],
    [
      'whose records are those of no cloud',
      (state) => {
        rmSync(join(state, 'records'), { recursive: true });
        mkdirSync(join(state, 'records'));
        cpSync(records(empty()), records(state));
      },
      /it has no records of the cloud/,
    ],
  ];

  /** A store that was made and never written to. */
  function empty(): string {
    const state = join(folder, 'empty');
    return state;
  }
  beforeAll(async () => {
    const { openStore } = await import('../../src/local/store/store.ts');
    mkdirSync(empty());
    const store = openStore(empty());
    store.collection<number>('other').put('a', 1);
    await store.close();
  });

  it.each(damages)(
    '%s is told with what is readable and what to do, and left as it is',
    async (_, damage, said) => {
      const state = copy(damage);
      const before = contents(state);
      const refusal = await startCloud({ stateDirectory: state, port: 0 }).then(
        () => 'started',
        (error: Error & { code: string; fix: string }) => error,
      );
      expect(refusal).toMatchObject({
        code: 'local.state-damaged',
        message: expect.stringMatching(said),
        fix: expect.stringContaining('slipway down --purge'),
      });
      expect(refusal).toMatchObject({ message: expect.stringContaining('1 files with bodies of objects') });
      const after = contents(state);
      for (const [file, hash] of Object.entries(before))
        if (!file.endsWith('lock.mdb')) expect(after[file]).toBe(hash);
    },
  );

  it('with any one page overwritten is refused or runs, and never ends the process', async () => {
    for (let page = 2; page < usedPages(); page += 3) {
      const state = copy(overwrite(page * pageSize, noise(pageSize)));
      const started = await startCloud({ stateDirectory: state, port: 0 }).catch(
        (error: { code: string }) => {
          expect(error.code).toBe('local.state-damaged');
          return undefined;
        },
      );
      await started?.close();
      rmSync(state, { recursive: true });
    }
  }, 60_000);
});

it('a whole state starts, also where it has no marker yet', async () => {
  const state = copy((copied) => rmSync(join(copied, 'state.json')));
  const cloud = await testCloud({ stateDirectory: state });
  const { Parameter } = await new SSMClient(cloud.client()).send(new GetParameterCommand({ Name: '/p/0' }));
  expect(Parameter?.Value).toBe('v'.repeat(100));
  await cloud.close();
  expect(existsSync(join(state, 'state.json'))).toBe(true);
});

describe('a state folder', () => {
  const modeOf = (path: string) => statSync(path).mode & 0o777;

  it('that is there and readable by others is closed to them, with what is in it', async () => {
    const state = join(folder, 'open');
    mkdirSync(state, { mode: 0o755 });
    chmodSync(state, 0o755);
    const cloud = await testCloud({ stateDirectory: state });
    await cloud.close();
    expect(modeOf(state)).toBe(0o700);
    for (const file of [records(state), join(state, 'runtime.json'), join(state, 'state.json')])
      expect(modeOf(file)).toBe(0o600);
  });

  const unusable: readonly [string, () => string, RegExp][] = [
    [
      'has files of somebody else, and others can read it',
      () => {
        const state = join(folder, 'others');
        mkdirSync(state);
        chmodSync(state, 0o755);
        writeFileSync(join(state, 'notes.txt'), 'mine');
        return state;
      },
      /has files in it that no local cloud wrote/,
    ],
    [
      'is a file',
      () => {
        writeFileSync(join(folder, 'file'), '');
        return join(folder, 'file');
      },
      /it is a file/,
    ],
    ['is in a file', () => join(folder, 'file', 'state'), /ENOTDIR|EEXIST|ENOENT/],
    ...(process.platform === 'linux'
      ? [['is where none can be made', () => '/proc/x/state', /ENOENT|EACCES|EPERM/] as const]
      : []
    ).map(([what, make, said]): [string, () => string, RegExp] => [what, make, said]),
    [
      'has a newer format',
      () => copy((state) => writeFileSync(join(state, 'state.json'), '{"format":2}')),
      /has format 2, this Slipway reads format 1/,
    ],
  ];

  it.each(unusable)('that %s is refused in a sentence', async (_, make, said) => {
    await expect(startCloud({ stateDirectory: make(), port: 0 })).rejects.toMatchObject({
      code: 'local.state-unreadable',
      message: expect.stringMatching(said),
      fix: expect.any(String),
    });
  });
});
