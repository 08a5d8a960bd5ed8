/** What AWS answers to requests that it does not take, as public suites recorded it. */
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutBucketAclCommand,
  type PutBucketAclCommandInput,
  PutBucketEncryptionCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let s3: S3Client;
const Bucket = 'answers';
const Versioned = 'answers-versioned';
let versionId: string | undefined;
let markerId: string | undefined;
let UploadId: string | undefined;
beforeAll(async () => {
  cloud = await testCloud();
  s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: '0123456789' }));
  await s3.send(new CreateBucketCommand({ Bucket: Versioned }));
  await s3.send(
    new PutBucketVersioningCommand({ Bucket: Versioned, VersioningConfiguration: { Status: 'Enabled' } }),
  );
  versionId = (await s3.send(new PutObjectCommand({ Bucket: Versioned, Key: 'gone', Body: 'x' }))).VersionId;
  markerId = (await s3.send(new DeleteObjectCommand({ Bucket: Versioned, Key: 'gone' }))).VersionId;
  UploadId = (await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'm' }))).UploadId;
});
afterAll(() => cloud.dispose());

/** Each member of an error, beside its status, code and message. */
async function refusal(call: Promise<unknown>) {
  try {
    await call;
    return 'no error';
  } catch (error) {
    const { name, message, $metadata, ...more } = error as Error & {
      $metadata: { httpStatusCode?: number };
      [member: string]: unknown;
    };
    const { $fault, $response, Code, RequestId, HostId, ...members } = more;
    return [$metadata.httpStatusCode, name, message, members];
  }
}

const malformedXml = [
  400,
  'MalformedXML',
  'The XML you provided was not well-formed or did not validate against our published schema',
  {},
];
const marker = (Method: string) => [
  405,
  'MethodNotAllowed',
  'The specified method is not allowed against this resource.',
  { Method, ResourceType: 'DeleteMarker' },
];
const condition = (Condition: string) => [
  412,
  'PreconditionFailed',
  'At least one of the pre-conditions you specified did not hold',
  { Condition },
];
const notTaken = (Header: string, additionalMessage: string) => [
  501,
  'NotImplemented',
  'A header you provided implies functionality that is not implemented',
  { Header, additionalMessage },
];
const argument = (message: string, ArgumentName: string, ArgumentValue: string) => [
  400,
  'InvalidArgument',
  message,
  { ArgumentName, ArgumentValue },
];
const noAcls = [400, 'AccessControlListNotSupported', 'The bucket does not allow ACLs', {}];
const tagging = (Key: string | undefined, Value: string | undefined) => ({ TagSet: [{ Key, Value }] });

type Case = readonly [title: string, call: () => Promise<unknown>, answer: readonly unknown[]];

const past = new Date('2020-01-01T00:00:00Z');
const copy = (more: object) =>
  s3.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/a`, ...more }));
const put = (more: object) => s3.send(new PutObjectCommand({ Bucket, Key: 'p', Body: 'x', ...more }));
const wrongId = 'HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD';

const cases: readonly Case[] = [
  ...['0000', '0000000000020', 'abcd', 'aa000000000$'].map(
    (id): Case => [
      `the owner ${id}`,
      () => s3.send(new GetBucketPolicyCommand({ Bucket, ExpectedBucketOwner: id })),
      [
        400,
        'InvalidBucketOwnerAWSAccountID',
        `The value of the expected bucket owner parameter must be an AWS Account ID... [${id}]`,
        {},
      ],
    ],
  ),
  ...(
    [
      [{ MaxKeys: -1 }, 'Argument maxKeys must be an integer between 0 and 2147483647', 'maxKeys', '-1'],
      [
        { MaxKeys: 2_147_483_648 },
        'Provided max-keys not an integer or within integer range',
        'max-keys',
        '2147483648',
      ],
    ] as const
  ).map(
    ([more, message, name, value]): Case => [
      `a listing with ${JSON.stringify(more)}`,
      () => s3.send(new ListObjectsV2Command({ Bucket, ...more })),
      argument(message, name, value),
    ],
  ),
  [
    'parts after one that is no number',
    () => s3.send(new ListPartsCommand({ Bucket, Key: 'm', UploadId, PartNumberMarker: 'blah' })),
    argument(
      'Provided part-number-marker not an integer or within integer range',
      'part-number-marker',
      'blah',
    ),
  ],
  [
    'no buckets at all',
    () => s3.send(new ListBucketsCommand({ MaxBuckets: 0 })),
    argument('Argument max-buckets must be an integer between 1 and 10000', 'max-buckets', '0'),
  ],
  [
    'another owner',
    () => s3.send(new GetBucketPolicyCommand({ Bucket, ExpectedBucketOwner: '111122223333' })),
    [403, 'AccessDenied', 'Access Denied', {}],
  ],
  [
    'a version id of no version',
    () => s3.send(new GetObjectCommand({ Bucket, Key: 'a', VersionId: wrongId })),
    argument('Invalid version id specified', 'versionId', wrongId),
  ],
  [
    'a delete of a version id of no version',
    () => s3.send(new DeleteObjectCommand({ Bucket: Versioned, Key: 'gone', VersionId: wrongId })),
    argument('Invalid version id specified', 'versionId', wrongId),
  ],
  [
    'tags of a delete marker',
    () => s3.send(new GetObjectTaggingCommand({ Bucket: Versioned, Key: 'gone' })),
    marker('GET'),
  ],
  [
    'tags for a delete marker',
    () =>
      s3.send(
        new PutObjectTaggingCommand({
          Bucket: Versioned,
          Key: 'gone',
          VersionId: markerId,
          Tagging: tagging('a', 'b'),
        }),
      ),
    marker('PUT'),
  ],
  [
    'an ACL for a delete marker',
    () => s3.send(new PutObjectAclCommand({ Bucket: Versioned, Key: 'gone', ACL: 'private' })),
    marker('PUT'),
  ],
  [
    'If-Match: *',
    () => put({ IfMatch: '*' }),
    notTaken('If-Match', "We don't accept the provided value of If-Match header for this API"),
  ],
  [
    'If-None-Match of an ETag',
    () => put({ IfNoneMatch: 'abc' }),
    notTaken('If-None-Match', "We don't accept the provided value of If-None-Match header for this API"),
  ],
  [
    'both conditions',
    () => copy({ IfMatch: 'abc', IfNoneMatch: '*' }),
    notTaken('If-Match,If-None-Match', 'Multiple conditional request headers present in the request'),
  ],
  [
    'a copy source that has another ETag',
    () => copy({ CopySourceIfMatch: '"abc"' }),
    condition('x-amz-copy-source-If-Match'),
  ],
  [
    'a copy source that was changed',
    () => copy({ CopySourceIfUnmodifiedSince: past }),
    condition('x-amz-copy-source-If-Unmodified-Since'),
  ],
  [
    'a copy source without a key',
    () => copy({ CopySource: 'nothing' }),
    argument('Invalid copy source object key', 'x-amz-copy-source', 'x-amz-copy-source'),
  ],
  [
    'a copied range past the end',
    () =>
      s3.send(
        new UploadPartCopyCommand({
          Bucket,
          Key: 'm',
          UploadId,
          PartNumber: 1,
          CopySource: `${Bucket}/a`,
          CopySourceRange: 'bytes=100-200',
        }),
      ),
    [400, 'InvalidRequest', 'The specified copy range is invalid for the source object size', {}],
  ],
  [
    'an upload completed without parts',
    () => s3.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'm', UploadId })),
    [400, 'InvalidRequest', 'You must specify at least one part', {}],
  ],
  [
    'an upload completed with a part that is not there',
    () =>
      s3.send(
        new CompleteMultipartUploadCommand({
          Bucket,
          Key: 'm',
          UploadId,
          MultipartUpload: { Parts: [{ PartNumber: 7, ETag: '"abc"' }] },
        }),
      ),
    [
      400,
      'InvalidPart',
      "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
      { UploadId: expect.any(String), PartNumber: '7', ETag: 'abc' },
    ],
  ],
  [
    'a checksum type without an algorithm',
    () => s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'm', ChecksumType: 'COMPOSITE' })),
    [
      400,
      'InvalidRequest',
      'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
      {},
    ],
  ],
  [
    'a checksum algorithm that there is not',
    () => s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'm', ChecksumAlgorithm: 'TEST' as never })),
    [
      400,
      'InvalidRequest',
      'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
      {},
    ],
  ],
  [
    'versioning that is neither on nor off',
    () =>
      s3.send(
        new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'enabled' as never } }),
      ),
    malformedXml,
  ],
  [
    'versioning without a status',
    () => s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: {} })),
    [400, 'IllegalVersioningConfigurationException', 'The Versioning element must be specified', {}],
  ],
  [
    'encryption without rules',
    () =>
      s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules: [] } })),
    malformedXml,
  ],
  [
    'a KMS key that is none',
    () => put({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'fake-key-id' }),
    [400, 'KMS.NotFoundException', "Invalid keyId 'fake-key-id'", {}],
  ],
  [
    'a policy that is not JSON',
    () => s3.send(new PutBucketPolicyCommand({ Bucket, Policy: 'invalid json' })),
    [400, 'MalformedPolicy', "Policies must be valid JSON and the first byte must be '{'", {}],
  ],
  [
    'a policy without statements',
    () => s3.send(new PutBucketPolicyCommand({ Bucket, Policy: '{}' })),
    [400, 'MalformedPolicy', 'Missing required field Statement', {}],
  ],
  [
    'an ACL that there is not',
    () => put({ ACL: 'fake-acl' }),
    [400, 'InvalidArgument', expect.any(String), { ArgumentName: 'x-amz-acl', ArgumentValue: 'fake-acl' }],
  ],
  ['a public ACL', () => put({ ACL: 'public-read' }), noAcls],
  [
    'a public grant',
    () => put({ GrantRead: 'uri="http://acs.amazonaws.com/groups/global/AllUsers"' }),
    noAcls,
  ],
  [
    'no ACL',
    () => s3.send(new PutBucketAclCommand({ Bucket })),
    [
      400,
      'MissingSecurityHeader',
      'Your request was missing a required header',
      { MissingHeaderName: 'x-amz-acl' },
    ],
  ],
  ...(
    [
      [
        { ACL: 'private', GrantRead: `id=${'a'.repeat(64)}` },
        [400, 'InvalidRequest', 'Specifying both Canned ACLs and Header Grants is not allowed', {}],
      ],
      [
        { GrantWrite: 'fakekey="1234"' },
        argument('Argument format not recognized', 'x-amz-grant-write', 'fakekey="1234"'),
      ],
      [{ GrantWrite: 'id="wrong-id"' }, argument('Invalid id', 'id', 'wrong-id')],
      [
        { GrantWrite: 'uri="http://acs.amazonaws.com/groups/s3/FakeGroup"' },
        argument('Invalid group uri', 'uri', 'http://acs.amazonaws.com/groups/s3/FakeGroup'),
      ],
      [{ AccessControlPolicy: { Grants: [] } }, [400, 'MalformedACLError', malformedXml[2], {}]],
      [
        { ACL: 'private', AccessControlPolicy: { Owner: { ID: 'a' }, Grants: [] } },
        [400, 'UnexpectedContent', 'This request does not support content', {}],
      ],
    ] satisfies [Partial<PutBucketAclCommandInput>, readonly unknown[]][]
  ).map(
    ([more, answer]): Case => [
      `the ACL ${JSON.stringify(more)}`,
      () => s3.send(new PutBucketAclCommand({ Bucket, ...more })),
      answer,
    ],
  ),
  ...(
    [
      [
        tagging('Key1,Key2', 'a'),
        [400, 'InvalidTag', 'The TagKey you have provided is invalid', { TagKey: 'Key1,Key2' }],
      ],
      [
        tagging('Key1', 'a,b'),
        [400, 'InvalidTag', 'The TagValue you have provided is invalid', { TagKey: 'Key1', TagValue: 'a,b' }],
      ],
      [tagging(undefined, 'a'), malformedXml],
      [tagging('Key1', undefined), malformedXml],
      [
        {
          TagSet: [
            { Key: 'a', Value: '1' },
            { Key: 'a', Value: '2' },
          ],
        },
        [400, 'InvalidTag', 'Cannot provide multiple Tags with the same key', { TagKey: 'a' }],
      ],
    ] as const
  ).flatMap(([given, answer]): Case[] => {
    const Tagging = given as { TagSet: { Key: string; Value: string }[] };
    return [
      [
        `the bucket tags ${JSON.stringify(given)}`,
        () => s3.send(new PutBucketTaggingCommand({ Bucket, Tagging })),
        answer,
      ],
      [
        `the tags ${JSON.stringify(given)}`,
        () => s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'a', Tagging })),
        answer,
      ],
    ];
  }),
  [
    'a bucket tag of AWS',
    () =>
      s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'aws:a', Value: 'b' }] } })),
    [400, 'InvalidTag', 'System tags cannot be added/updated by requester', { TagKey: 'aws:a' }],
  ],
  [
    'a bucket made again with tags',
    () =>
      s3.send(
        new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { Tags: [{ Key: 'a', Value: 'b' }] } }),
      ),
    [409, 'BucketAlreadyOwnedByYou', expect.any(String), { BucketName: Bucket }],
  ],
  [
    'an ownership that there is not',
    () => s3.send(new CreateBucketCommand({ Bucket: 'owned', ObjectOwnership: 'RandomValue' as never })),
    [
      400,
      'InvalidArgument',
      'Invalid x-amz-object-ownership header: RandomValue',
      { ArgumentName: 'x-amz-object-ownership' },
    ],
  ],
  [
    'a tag of AWS',
    () => s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'a', Tagging: tagging('aws:a', 'b') as never })),
    [400, 'InvalidTag', 'Your TagKey cannot be prefixed with aws:', { TagKey: 'aws:a' }],
  ],
  ...['key1=val1&key1=val2', 'key1=val1,key2=val2'].map(
    (text): Case => [
      `the tags ${text}`,
      () => put({ Tagging: text }),
      argument(
        "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
        'x-amz-tagging',
        text,
      ),
    ],
  ),
  ...(
    [
      [
        { Name: 'INVALID', Value: 'a' },
        argument('filter rule name must be either prefix or suffix', 'FilterRule.Name', 'INVALID'),
      ],
      [{ Name: 'prefix' }, malformedXml],
      [{ Value: 'a' }, malformedXml],
    ] as const
  ).map(
    ([rule, answer]): Case => [
      `the filter rule ${JSON.stringify(rule)}`,
      () =>
        s3.send(
          new PutBucketNotificationConfigurationCommand({
            Bucket,
            NotificationConfiguration: {
              QueueConfigurations: [
                {
                  QueueArn: 'arn:aws:sqs:us-east-1:000000000000:q',
                  Events: ['s3:ObjectCreated:*'],
                  Filter: { Key: { FilterRules: [rule as never] } },
                },
              ],
            },
          }),
        ),
      answer,
    ],
  ),
  ...['foo', 'aws-global', 'us-east-1'].map(
    (location): Case => [
      `the location ${location}`,
      () =>
        s3.send(
          new CreateBucketCommand({
            Bucket: 'elsewhere',
            CreateBucketConfiguration: { LocationConstraint: location as never },
          }),
        ),
      [
        400,
        'InvalidLocationConstraint',
        'The specified location-constraint is not valid',
        { LocationConstraint: location },
      ],
    ],
  ),
];

describe('S3 refuses', () => {
  it.each(cases)('%s', async (_, call, answer) => {
    expect(await refusal(call())).toEqual(answer);
  });

  it('among many deletes a version that never was, and deletes the others', async () => {
    const { Errors, Deleted } = await s3.send(
      new DeleteObjectsCommand({
        Bucket: Versioned,
        Delete: {
          Objects: [
            { Key: 'gone', VersionId: versionId },
            { Key: 'gone', VersionId: wrongId },
          ],
        },
      }),
    );
    expect(Deleted).toEqual([{ Key: 'gone', VersionId: versionId }]);
    expect(Errors).toEqual([
      {
        Key: 'gone',
        VersionId: wrongId,
        Code: 'NoSuchVersion',
        Message: 'The specified version does not exist.',
      },
    ]);
  });
});

describe('S3 answers', () => {
  it('completion of an upload a second time as the first, while its object is there', async () => {
    const upload = { Bucket, Key: 'twice' };
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(upload));
    const { ETag } = await s3.send(new UploadPartCommand({ ...upload, UploadId, PartNumber: 1, Body: 'x' }));
    const complete = async () => {
      const { $metadata, ...answer } = await s3.send(
        new CompleteMultipartUploadCommand({
          ...upload,
          UploadId,
          MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] },
        }),
      );
      return answer;
    };
    const first = await complete();
    expect(await complete()).toEqual(first);
    expect((await refusal(s3.send(new ListPartsCommand({ ...upload, UploadId })))).slice(0, 2)).toEqual([
      404,
      'NoSuchUpload',
    ]);
    await s3.send(new DeleteObjectCommand(upload));
    expect((await refusal(complete())).slice(0, 2)).toEqual([404, 'NoSuchUpload']);
  });

  it('the key of an object under KMS by its ARN, and no MD5 as its ETag', async () => {
    const id = '01234567-89ab-cdef-0123-456789abcdef';
    const named = await put({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: id });
    expect(named).toMatchObject({ SSEKMSKeyId: `arn:aws:kms:us-east-1:000000000000:key/${id}` });
    const { SSEKMSKeyId, ETag } = await put({ ServerSideEncryption: 'aws:kms' });
    expect(SSEKMSKeyId).toMatch(/^arn:aws:kms:us-east-1:000000000000:key\/[0-9a-f-]{36}$/);
    expect(ETag).toMatch(/^"[0-9a-f]{32}"$/);
    expect(ETag).not.toBe('"9dd4e461268c8034f5c8564e155c67a6"');
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'p' }))).toMatchObject({ SSEKMSKeyId, ETag });
  });

  it('listings without what was not asked for', async () => {
    const { Buckets, Owner } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets?.[0]).toEqual({
      Name: Bucket,
      CreationDate: expect.any(Date),
      BucketArn: `arn:aws:s3:::${Bucket}`,
    });
    expect(Owner).toEqual({ ID: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const uploads = await s3.send(new ListMultipartUploadsCommand({ Bucket }));
    expect(uploads).toMatchObject({ NextKeyMarker: 'm', NextUploadIdMarker: UploadId });
    expect(uploads.Prefix).toBeUndefined();
    const page = await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 1, StartAfter: '!' }));
    const next = await s3.send(
      new ListObjectsV2Command({ Bucket, StartAfter: '!', ContinuationToken: page.NextContinuationToken }),
    );
    expect([page.StartAfter, next.StartAfter]).toEqual(['!', undefined]);
  });

  it('a policy with 204, and tags that are none as no tags', async () => {
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::000000000000:root' },
          Action: 's3:GetObject',
          Resource: `arn:aws:s3:::${Bucket}/*`,
        },
      ],
    });
    const { $metadata } = await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    expect($metadata.httpStatusCode).toBe(204);
    await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [] } }));
    expect((await refusal(s3.send(new GetBucketTaggingCommand({ Bucket })))).slice(0, 2)).toEqual([
      404,
      'NoSuchTagSet',
    ]);
  });

  it('a read on the condition of a time that is still to come', async () => {
    const IfModifiedSince = new Date(Date.now() + 86_400_000);
    const { ContentLength } = await s3.send(new HeadObjectCommand({ Bucket, Key: 'a', IfModifiedSince }));
    expect(ContentLength).toBe(10);
  });

  it('a page of versions whose marker is gone with those that follow it', async () => {
    const put = () => s3.send(new PutObjectCommand({ Bucket: Versioned, Key: 'pages', Body: 'x' }));
    const ids = [await put(), await put(), await put()].map(({ VersionId }) => VersionId);
    const page = (more: object) =>
      s3.send(new ListObjectVersionsCommand({ Bucket: Versioned, Prefix: 'pages', ...more }));
    const first = await page({ MaxKeys: 1 });
    const VersionIdMarker = first.NextVersionIdMarker;
    await s3.send(new DeleteObjectCommand({ Bucket: Versioned, Key: 'pages', VersionId: VersionIdMarker }));
    const { Versions } = await page({ KeyMarker: first.NextKeyMarker, VersionIdMarker });
    expect(Versions?.map(({ VersionId }) => VersionId)).toEqual([ids[1], ids[0]]);
  });

  it('parts in attributes only where each has a checksum of its own', async () => {
    const upload = async (Key: string, more: object) => {
      const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }));
      const part = await s3.send(
        new UploadPartCommand({
          Bucket,
          Key,
          UploadId,
          PartNumber: 1,
          Body: 'x',
          ChecksumAlgorithm: 'SHA256',
        }),
      );
      const { ETag, ChecksumSHA256 } = part;
      await s3.send(
        new CompleteMultipartUploadCommand({
          Bucket,
          Key,
          UploadId,
          MultipartUpload: { Parts: [{ PartNumber: 1, ETag, ChecksumSHA256 }] },
        }),
      );
      return s3.send(
        new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: ['ObjectParts', 'Checksum'] }),
      );
    };
    const composite = await upload('composite', { ChecksumAlgorithm: 'SHA256' });
    expect(composite.ObjectParts?.Parts).toHaveLength(1);
    expect(composite.Checksum?.ChecksumSHA256).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  });
});
