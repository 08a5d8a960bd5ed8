/**
 * AWS::S3::Bucket through the API of S3 itself. Websites, replication, object lock, metadata tables and ACLs that
 * share are refused by name.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html
 */
import { AwsError, type Invoke, type ResourceState, resourceType, unsupported } from '../../../service.ts';
import type { S3Context } from '../context.ts';
import { configurations } from './bucket-configurations.ts';
import type { BucketProperties } from './bucket-properties.ts';

export const bucketResource = (ctx: Pick<S3Context, 'env' | 'buckets'>) =>
  resourceType<BucketProperties>({
    type: 'AWS::S3::Bucket',
    mode: 'live',
    honoured: [
      'AccessControl',
      'BucketEncryption',
      'BucketName',
      'CorsConfiguration',
      'LifecycleConfiguration',
      'NotificationConfiguration',
      'OwnershipControls',
      'PublicAccessBlockConfiguration',
      'Tags',
      'VersioningConfiguration',
    ],
    kept: {
      AccelerateConfiguration: 'it shortens the way to AWS, and changes no answer',
      AnalyticsConfigurations: 'its reports are about access patterns over months',
      IntelligentTieringConfigurations: 'tiers change the price of what is stored, and no answer',
      InventoryConfigurations: 'inventory reports are not delivered locally',
      LoggingConfiguration: 'kept and answered by GetBucketLogging; access logs are not delivered locally',
      MetricsConfigurations: 'request metrics are not published locally',
    },
    async create(request) {
      const { properties: p, invoke, uniqueName } = request;
      checkAccessControl(p);
      const Bucket = p.BucketName ?? uniqueName(63, { lowercase: true });
      // The API calls a second creation in us-east-1 a success; CloudFormation does not.
      if (ctx.buckets.find(Bucket)) throw new AwsError('AlreadyExists', `${Bucket} already exists`);
      const region = ctx.env.region;
      await invoke('s3', 'CreateBucket', {
        Bucket,
        ...(region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: region } }),
      });
      try {
        await configure(invoke, Bucket, p, undefined, request.stackTags);
      } catch (error) {
        await invoke('s3', 'DeleteBucket', { Bucket }).catch(ignoreGone);
        throw error;
      }
      return state(Bucket, region);
    },
    async update(request) {
      checkAccessControl(request.properties);
      await configure(
        request.invoke,
        request.physicalId,
        request.properties,
        request.previous,
        request.stackTags,
      );
      return state(request.physicalId, ctx.env.region);
    },
    async delete({ physicalId: Bucket, invoke }) {
      await invoke('s3', 'DeleteBucket', { Bucket }).catch(ignoreGone);
    },
  });

function ignoreGone(error: unknown): void {
  if (!(error instanceof AwsError && error.code === 'NoSuchBucket')) throw error;
}

/** LogDeliveryWrite lets S3 deliver access logs, which there are none of here. */
const harmless = new Set(['Private', 'BucketOwnerFullControl', 'LogDeliveryWrite']);

function checkAccessControl({ AccessControl: acl }: BucketProperties): void {
  if (acl !== undefined && !harmless.has(acl)) throw unsupported(`AccessControl ${acl} of AWS::S3::Bucket`);
}

async function configure(
  invoke: Invoke,
  Bucket: string,
  wanted: BucketProperties,
  previous: BucketProperties | undefined,
  stackTags: Readonly<Record<string, string>>,
): Promise<void> {
  for (const { property, put, remove } of configurations) {
    if (wanted[property] !== undefined) await invoke('s3', put.operation, { Bucket, ...put.input(wanted) });
    else if (previous?.[property] !== undefined)
      await invoke('s3', remove.operation, { Bucket, ...remove.input });
  }
  const own = (wanted.Tags ?? []).map(({ Key, Value }) => ({ Key, Value: String(Value) }));
  const inherited = Object.entries(stackTags)
    .filter(([Key]) => !own.some((tag) => tag.Key === Key))
    .map(([Key, Value]) => ({ Key, Value }));
  const TagSet = [...inherited, ...own];
  if (TagSet.length > 0) await invoke('s3', 'PutBucketTagging', { Bucket, Tagging: { TagSet } });
  else if (previous) await invoke('s3', 'DeleteBucketTagging', { Bucket });
}

const state = (name: string, region: string): ResourceState => ({
  physicalId: name,
  attributes: {
    Arn: `arn:aws:s3:::${name}`,
    DomainName: `${name}.s3.amazonaws.com`,
    DualStackDomainName: `${name}.s3.dualstack.${region}.amazonaws.com`,
    RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
    WebsiteURL: `http://${name}.s3-website-${region}.amazonaws.com`,
  },
});
