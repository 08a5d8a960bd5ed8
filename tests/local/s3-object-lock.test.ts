import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  type ObjectLockConfiguration,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  PutObjectLegalHoldCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

const day = 86_400_000;
let cloud: TestCloud;
let s3: S3Client;
const Bucket = 'locked';
beforeAll(async () => {
  cloud = await testCloud();
  s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
  await s3.send(new CreateBucketCommand({ Bucket: 'plain' }));
});
afterAll(() => cloud.dispose());

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: Error & { $metadata?: { httpStatusCode?: number } }) =>
      `${error.$metadata?.httpStatusCode} ${error.name}: ${error.message}`,
  );
const later = (days: number) => new Date(Math.floor(cloud.clock.now() / 1000) * 1000 + days * day);
const put = async (Key: string, more: Partial<PutObjectCommandInput> = {}) =>
  (await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x', ...more }))).VersionId;
const remove = (Key: string, VersionId: string | undefined, BypassGovernanceRetention?: boolean) =>
  failure(s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId, BypassGovernanceRetention })));
const isProtected = '403 AccessDenied: Access Denied because object protected by object lock.';

describe('the configuration of object lock', () => {
  it('turns versioning on, which then stays on', async () => {
    expect(await s3.send(new GetBucketVersioningCommand({ Bucket }))).toMatchObject({ Status: 'Enabled' });
    expect(
      await failure(
        s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } })),
      ),
    ).toBe(
      '409 InvalidBucketState: An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.',
    );
  });

  it.each<[string, ObjectLockConfiguration, string]>([
    ['without Enabled', {}, '400 MalformedXML'],
    ['with an empty rule', { ObjectLockEnabled: 'Enabled', Rule: {} }, '400 MalformedXML'],
    ...(
      [
        [{ Mode: 'GOVERNANCE' }, '400 MalformedXML'],
        [{ Mode: 'GOVERNANCE', Days: 1, Years: 1 }, '400 MalformedXML'],
        [{ Mode: 'governance' as never, Days: 1 }, '400 MalformedXML'],
        [{ Mode: 'GOVERNANCE', Days: 0 }, '400 InvalidRetentionPeriod'],
        [{ Mode: 'COMPLIANCE', Years: -1 }, '400 InvalidRetentionPeriod'],
        [{ Mode: 'COMPLIANCE', Years: 101 }, '400 InvalidArgument'],
        [{ Mode: 'COMPLIANCE', Days: 36_501 }, '400 InvalidArgument'],
      ] as const
    ).map(([DefaultRetention, code]): [string, ObjectLockConfiguration, string] => [
      JSON.stringify(DefaultRetention),
      { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention } },
      code,
    ]),
  ])('is refused %s', async (_, ObjectLockConfiguration, code) => {
    const call = new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration });
    expect(await failure(s3.send(call))).toContain(code);
  });

  it('needs a bucket with versions, and is absent with its own error', async () => {
    expect(await failure(s3.send(new GetObjectLockConfigurationCommand({ Bucket: 'plain' })))).toContain(
      '404 ObjectLockConfigurationNotFoundError',
    );
    expect(
      await failure(
        s3.send(
          new PutObjectLockConfigurationCommand({
            Bucket: 'plain',
            ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
          }),
        ),
      ),
    ).toContain('409 InvalidBucketState');
  });

  it('gives every new version its default retention', async () => {
    const Bucket = 'by-default';
    const Rule = { DefaultRetention: { Mode: 'GOVERNANCE', Days: 3 } } as const;
    await s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
    await s3.send(
      new PutObjectLockConfigurationCommand({
        Bucket,
        ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule },
      }),
    );
    expect(await s3.send(new GetObjectLockConfigurationCommand({ Bucket }))).toMatchObject({
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule },
    });
    await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
    await s3.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/a` }));
    for (const Key of ['a', 'b']) {
      const head = await s3.send(new HeadObjectCommand({ Bucket, Key }));
      expect(head.ObjectLockMode).toBe('GOVERNANCE');
      expect(
        Math.abs((head.ObjectLockRetainUntilDate?.getTime() ?? 0) - cloud.clock.now() - 3 * day),
      ).toBeLessThan(2000);
    }
  });
});

describe('a locked version', () => {
  it('of GOVERNANCE is deleted by those who pass over it, or after its day', async () => {
    const lock = { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: later(1) } as const;
    const [first, second] = [await put('g', lock), await put('g', lock)];
    expect(await remove('g', first)).toBe(isProtected);
    expect(await remove('g', first, true)).toBe('no error');
    expect(await remove('g', undefined)).toBe('no error');
    const several = await s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'g', VersionId: second }] } }),
    );
    expect(several.Errors).toMatchObject([{ Code: 'AccessDenied', Key: 'g', VersionId: second }]);
    await cloud.clock.advance(day + 1000);
    expect(await remove('g', second)).toBe('no error');
  });

  it('of COMPLIANCE stays, whoever asks, and its retention only grows', async () => {
    const VersionId = await put('c', { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: later(2) });
    expect(await remove('c', VersionId, true)).toBe(isProtected);
    const change = (Mode: 'COMPLIANCE' | 'GOVERNANCE', days: number) =>
      failure(
        s3.send(
          new PutObjectRetentionCommand({
            Bucket,
            Key: 'c',
            Retention: { Mode, RetainUntilDate: later(days) },
            BypassGovernanceRetention: true,
          }),
        ),
      );
    expect(await change('COMPLIANCE', 1)).toBe(isProtected);
    expect(await change('GOVERNANCE', 3)).toBe(isProtected);
    expect(await change('COMPLIANCE', 3)).toBe('no error');
    const { Retention } = await s3.send(new GetObjectRetentionCommand({ Bucket, Key: 'c' }));
    expect(Retention).toEqual({ Mode: 'COMPLIANCE', RetainUntilDate: later(3) });
  });

  it('under a legal hold stays until the hold is lifted', async () => {
    const VersionId = await put('h', { ObjectLockLegalHoldStatus: 'ON' });
    expect(await remove('h', VersionId, true)).toBe(isProtected);
    expect(await s3.send(new GetObjectLegalHoldCommand({ Bucket, Key: 'h' }))).toMatchObject({
      LegalHold: { Status: 'ON' },
    });
    const lift = new PutObjectLegalHoldCommand({ Bucket, Key: 'h', LegalHold: { Status: 'OFF' } });
    await s3.send(lift);
    expect(await s3.send(new GetObjectCommand({ Bucket, Key: 'h' }))).toMatchObject({
      ObjectLockLegalHoldStatus: 'OFF',
    });
    expect(await remove('h', VersionId)).toBe('no error');
  });

  it('is left by lifecycle rules', async () => {
    const VersionId = await put('life/a', {
      ObjectLockMode: 'COMPLIANCE',
      ObjectLockRetainUntilDate: later(30),
    });
    await put('life/a');
    await s3.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket,
        LifecycleConfiguration: {
          Rules: [
            {
              ID: 'old',
              Status: 'Enabled',
              Filter: { Prefix: 'life/' },
              NoncurrentVersionExpiration: { NoncurrentDays: 1 },
            },
          ],
        },
      }),
    );
    await cloud.clock.advance(5 * day);
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'life/a', VersionId }))).VersionId).toBe(
      VersionId,
    );
  });

  it('is refused where its lock is malformed, or the bucket has none', async () => {
    const until = later(1);
    const cases: [Partial<PutObjectCommandInput>, string][] = [
      [
        { ObjectLockMode: 'GOVERNANCE' },
        '400 InvalidArgument: x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied',
      ],
      [
        { ObjectLockRetainUntilDate: until },
        '400 InvalidArgument: x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied',
      ],
      [
        { ObjectLockMode: 'BAD' as never, ObjectLockRetainUntilDate: until },
        '400 InvalidArgument: Unknown wormMode directive.',
      ],
      [
        { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: later(-1) },
        '400 InvalidArgument: The retain until date must be in the future!',
      ],
      [
        { ObjectLockLegalHoldStatus: 'abc' as never },
        "400 InvalidArgument: Legal Hold must be either of 'ON' or 'OFF'",
      ],
      [
        { Bucket: 'plain', ObjectLockLegalHoldStatus: 'ON' },
        '400 InvalidRequest: Bucket is missing Object Lock Configuration',
      ],
    ];
    for (const [more, answer] of cases) expect(await failure(put('bad', more))).toBe(answer);
    expect(
      await failure(
        s3.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'a', BypassGovernanceRetention: true })),
      ),
    ).toContain('400 InvalidArgument: x-amz-bypass-governance-retention is only applicable');
    await put('none');
    expect(await failure(s3.send(new GetObjectRetentionCommand({ Bucket, Key: 'none' })))).toBe(
      '404 NoSuchObjectLockConfiguration: The specified object does not have a ObjectLock configuration',
    );
  });
});
