import { documentText } from '../../../document-text.ts';
import { AwsError, ignoring, resourceType } from '../../../service.ts';

interface BucketPolicyProperties {
  readonly Bucket: string;
  readonly PolicyDocument: object | string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html */
export const bucketPolicyResource = resourceType<BucketPolicyProperties>({
  type: 'AWS::S3::BucketPolicy',
  mode: 'live',
  honoured: ['Bucket', 'PolicyDocument'],
  async create({ properties: { Bucket, PolicyDocument }, invoke }) {
    const policy = invoke('s3', 'GetBucketPolicy', { Bucket });
    if (await ignoring(policy, 'NoSuchBucketPolicy'))
      throw new AwsError('AlreadyExists', `The bucket policy already exists on bucket ${Bucket}.`);
    await invoke('s3', 'PutBucketPolicy', { Bucket, Policy: documentText(PolicyDocument) });
    return { physicalId: Bucket, attributes: {} };
  },
  async update({ properties: { Bucket, PolicyDocument }, invoke }) {
    await invoke('s3', 'PutBucketPolicy', { Bucket, Policy: documentText(PolicyDocument) });
    return { physicalId: Bucket, attributes: {} };
  },
  gone: ['NoSuchBucket'],
  async delete({ physicalId: Bucket, invoke }) {
    await invoke('s3', 'DeleteBucketPolicy', { Bucket });
  },
});
