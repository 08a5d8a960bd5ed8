/**
 * AWS::S3::Bucket through the API of S3 itself. Websites, replication, metadata tables and ACLs that
 * share are refused by name.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html
 */

import { parseArn } from '../../../../core/arn.ts';
import { type Scope, sameScope } from '../../../../core/regions.ts';
import { tagList } from '../../../resource-tags.ts';
import { type Invoke, type ResourceState, resourceType, unsupported } from '../../../service.ts';
import { bucketArn } from '../arn.ts';
import type { S3Context } from '../context.ts';
import { isLocationConstraint } from '../location.ts';
import { configurations } from './bucket-configurations.ts';
import type { BucketProperties } from './bucket-properties.ts';

export const bucketResource = (ctx: Pick<S3Context, 'buckets'>) =>
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
      'ObjectLockConfiguration',
      'ObjectLockEnabled',
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
    adopts: true,
    async find({ properties: p, uniqueName, stackId }) {
      const Bucket = p.BucketName ?? uniqueName(63, { lowercase: true });
      const scope = scopeOf(stackId);
      const found = ctx.buckets.find(Bucket);
      return found && sameScope(found, scope) ? state(Bucket, found.region) : undefined;
    },
    async create(request) {
      const { properties: p, invoke, uniqueName } = request;
      checkAccessControl(p);
      const Bucket = p.BucketName ?? uniqueName(63, { lowercase: true });
      const { region } = scopeOf(request.stackId);
      await invoke('s3', 'CreateBucket', {
        Bucket,
        ...(isLocationConstraint(region)
          ? { CreateBucketConfiguration: { LocationConstraint: region } }
          : {}),
        ...(p.ObjectLockEnabled ? { ObjectLockEnabledForBucket: true } : {}),
      });
      try {
        await configure(invoke, Bucket, p, undefined, request.tags);
      } catch (error) {
        await invoke('s3', 'DeleteBucket', { Bucket });
        throw error;
      }
      return state(Bucket, region);
    },
    async update(request) {
      checkAccessControl(request.properties);
      await configure(request.invoke, request.physicalId, request.properties, request.previous, request.tags);
      return state(request.physicalId, scopeOf(request.stackId).region);
    },
    gone: ['NoSuchBucket'],
    async delete({ physicalId: Bucket, invoke }) {
      await invoke('s3', 'DeleteBucket', { Bucket });
    },
  });

/** A bucket is made in the account and region of its stack. */
function scopeOf(stackId: string): Scope {
  const { region = '', account = '' } = parseArn(stackId) ?? {};
  return { region, accountId: account };
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
  tags: Readonly<Record<string, string>>,
): Promise<void> {
  for (const { property, put, remove } of configurations) {
    if (wanted[property] !== undefined) await put(invoke, Bucket, wanted);
    else if (previous?.[property] !== undefined) await remove(invoke, Bucket);
  }
  const TagSet = tagList(tags);
  if (TagSet.length > 0) await invoke('s3', 'PutBucketTagging', { Bucket, Tagging: { TagSet } });
  else if (previous) await invoke('s3', 'DeleteBucketTagging', { Bucket });
}

const state = (name: string, region: string): ResourceState => ({
  physicalId: name,
  attributes: {
    Arn: bucketArn(name),
    DomainName: `${name}.s3.amazonaws.com`,
    DualStackDomainName: `${name}.s3.dualstack.${region}.amazonaws.com`,
    RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
    WebsiteURL: `http://${name}.s3-website-${region}.amazonaws.com`,
  },
});
