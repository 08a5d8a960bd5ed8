import { documentText } from '../../../document-text.ts';
import { ignoring, resourceType } from '../../../service.ts';

interface BucketPolicyProperties {
  readonly Bucket: string;
  readonly PolicyDocument: object | string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html */
export const bucketPolicyResource = resourceType<BucketPolicyProperties>({
  type: 'AWS::S3::BucketPolicy',
  mode: 'live',
  honoured: ['Bucket', 'PolicyDocument'],
  adopts: true,
  async find({ properties: { Bucket }, invoke }) {
    const found = await ignoring(invoke('s3', 'GetBucketPolicy', { Bucket }), 'NoSuchBucketPolicy');
    return found && { physicalId: Bucket, attributes: {} };
  },
  async create({ properties: { Bucket, PolicyDocument }, invoke }) {
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
