import { AwsError, resourceType } from '../../../service.ts';

interface BucketPolicyProperties {
  readonly Bucket: string;
  readonly PolicyDocument: object | string;
}

const text = (document: object | string) =>
  typeof document === 'string' ? document : JSON.stringify(document);

const isError = (error: unknown, ...codes: string[]) =>
  error instanceof AwsError && codes.includes(error.code);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html */
export const bucketPolicyResource = resourceType<BucketPolicyProperties>({
  type: 'AWS::S3::BucketPolicy',
  mode: 'live',
  honoured: ['Bucket', 'PolicyDocument'],
  async create({ properties: { Bucket, PolicyDocument }, invoke }) {
    const existing = await invoke('s3', 'GetBucketPolicy', { Bucket }).catch((error: unknown) => {
      if (!isError(error, 'NoSuchBucketPolicy')) throw error;
    });
    if (existing)
      throw new AwsError('AlreadyExists', `The bucket policy already exists on bucket ${Bucket}.`);
    await invoke('s3', 'PutBucketPolicy', { Bucket, Policy: text(PolicyDocument) });
    return { physicalId: Bucket, attributes: {} };
  },
  async update({ properties: { Bucket, PolicyDocument }, invoke }) {
    await invoke('s3', 'PutBucketPolicy', { Bucket, Policy: text(PolicyDocument) });
    return { physicalId: Bucket, attributes: {} };
  },
  async delete({ physicalId: Bucket, invoke }) {
    await invoke('s3', 'DeleteBucketPolicy', { Bucket }).catch((error: unknown) => {
      if (!isError(error, 'NoSuchBucket')) throw error;
    });
  },
});
