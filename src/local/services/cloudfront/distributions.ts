/** Distributions as kept: found, made, changed and shown. */
import type { Distribution, DistributionConfig, DistributionSummary, Tags } from '@aws-sdk/client-cloudfront';
import { AwsError } from '../../service.ts';
import type { CloudFrontContext, DistributionRecord } from './context.ts';
import { checkDistribution, withDefaults } from './distribution-config.ts';
import { invalidArgument, noSuchDistribution } from './errors.ts';

export const distributionArn = (context: CloudFrontContext, id: string | undefined) =>
  context.arn('distribution', id || '*');

export const location = (id: string) => `https://cloudfront.amazonaws.com/2020-05-31/distribution/${id}`;

export function findDistribution(context: CloudFrontContext, id: string | undefined): DistributionRecord {
  const record = id ? context.distributions.get(id) : undefined;
  if (!record) throw noSuchDistribution();
  return record;
}

export function makeDistribution(
  context: CloudFrontContext,
  given: DistributionConfig | undefined,
  tags: Tags | undefined,
): DistributionRecord {
  if (!given?.CallerReference) throw invalidArgument('DistributionConfig needs a CallerReference.');
  const config = withDefaults(given);
  checkDistribution(context, config);
  for (const other of context.distributions.values())
    if (other.config.CallerReference === config.CallerReference)
      throw new AwsError(
        'DistributionAlreadyExists',
        `The caller reference that you are using to create a distribution is associated with another distribution. Already exists: ${other.id}`,
        409,
      );
  const { env } = context;
  const name = `d${env.randomId(13)}`;
  const record: DistributionRecord = {
    id: context.newId(),
    domainName: `${name}.cloudfront.net`,
    etag: context.newId(),
    config,
    modifiedAt: env.clock.now(),
  };
  env.store.transaction(() => {
    context.distributions.put(record.id, record);
    context.domains.put(name, record.id);
    if (tags?.Items?.length) context.tags.put(distributionArn(context, record.id), tagRecord(tags));
  });
  return record;
}

export const tagRecord = (tags: Tags | undefined): Record<string, string> =>
  Object.fromEntries((tags?.Items ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));

export const describe = (context: CloudFrontContext, record: DistributionRecord): Distribution => ({
  Id: record.id,
  ARN: distributionArn(context, record.id),
  // There is one edge location, and it knows at once.
  Status: 'Deployed',
  LastModifiedTime: new Date(record.modifiedAt),
  InProgressInvalidationBatches: 0,
  DomainName: record.domainName,
  ActiveTrustedSigners: { Enabled: false, Quantity: 0 },
  ActiveTrustedKeyGroups: { Enabled: false, Quantity: 0 },
  DistributionConfig: record.config,
});

export function summarize(context: CloudFrontContext, record: DistributionRecord): DistributionSummary {
  const { config } = record;
  return {
    Id: record.id,
    ARN: distributionArn(context, record.id),
    ETag: record.etag,
    Status: 'Deployed',
    LastModifiedTime: new Date(record.modifiedAt),
    DomainName: record.domainName,
    Aliases: config.Aliases,
    Origins: config.Origins,
    OriginGroups: config.OriginGroups,
    DefaultCacheBehavior: config.DefaultCacheBehavior,
    CacheBehaviors: config.CacheBehaviors,
    CustomErrorResponses: config.CustomErrorResponses,
    Comment: config.Comment,
    PriceClass: config.PriceClass,
    Enabled: config.Enabled,
    ViewerCertificate: config.ViewerCertificate,
    Restrictions: config.Restrictions,
    WebACLId: config.WebACLId,
    HttpVersion: config.HttpVersion,
    IsIPV6Enabled: config.IsIPV6Enabled,
    Staging: config.Staging,
  };
}
