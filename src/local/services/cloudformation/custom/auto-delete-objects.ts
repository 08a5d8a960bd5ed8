import type { Invoke } from '../../../service.ts';
import type { NativeCustomResource } from './native.ts';

const tag = 'aws-cdk:auto-delete-objects';

/**
 * Empties a bucket, all versions, before CloudFormation deletes it; only one that still carries the CDK's tag.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3.Bucket.html#autodeleteobjects
 */
export const autoDeleteObjects: NativeCustomResource = {
  type: 'Custom::S3AutoDeleteObjects',
  mode: 'live',
  async createOrUpdate({ properties, physicalId, previous, newId }) {
    const bucket = String(properties.BucketName ?? '');
    // Another bucket is another resource: the deletion of the old one empties the old bucket.
    const same = previous !== undefined && previous.BucketName === properties.BucketName;
    return {
      physicalId: same && physicalId ? physicalId : `${bucket}-${newId().slice(0, 8)}`,
      data: { BucketName: bucket },
    };
  },
  async delete({ properties, invoke }) {
    const bucket = String(properties.BucketName ?? '');
    if (bucket === '' || !(await isTagged(bucket, invoke))) return;
    for (;;) {
      const page = await invoke('s3', 'ListObjectVersions', { Bucket: bucket });
      const found = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
      if (found.length === 0) return;
      const { Errors = [] } = await invoke('s3', 'DeleteObjects', {
        Bucket: bucket,
        Delete: { Objects: found.map(({ Key, VersionId }) => ({ Key, VersionId })), Quiet: true },
      });
      const [first] = Errors;
      if (first) throw new Error(`${first.Key} could not be deleted from ${bucket}: ${first.Message}`);
    }
  },
};

async function isTagged(bucket: string, invoke: Invoke): Promise<boolean> {
  try {
    const { TagSet = [] } = await invoke('s3', 'GetBucketTagging', {
      Bucket: bucket,
    });
    return TagSet.some((one) => one.Key === tag && one.Value === 'true');
  } catch (error) {
    const { name } = error as Error;
    if (name === 'NoSuchBucket' || name === 'NoSuchTagSet') return false;
    throw error;
  }
}
