import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import { type Invoke, resourceType } from '../../../service.ts';
import { apiConfig } from './distribution-config.ts';
import { ignoreGone } from './gone.ts';
import { type CfnTag, retag } from './retag.ts';

interface DistributionProperties {
  readonly DistributionConfig: Readonly<Record<string, unknown>>;
  readonly Tags?: readonly CfnTag[];
}

interface Made {
  readonly Distribution: { readonly Id: string; readonly ARN: string; readonly DomainName: string };
}

interface Current {
  readonly DistributionConfig: DistributionConfig;
  readonly ETag: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-distribution.html */
export const distribution = resourceType<DistributionProperties>({
  type: 'AWS::CloudFront::Distribution',
  mode: 'live',
  honoured: ['DistributionConfig', 'Tags'],
  kept: {
    'DistributionConfig.Aliases':
      'DNS does not point these names here; the distribution answers at its own domain',
    'DistributionConfig.HttpVersion': 'the local edge speaks HTTP/1.1; pages cannot tell',
    'DistributionConfig.IPV6Enabled': 'the listener is on loopback',
    'DistributionConfig.Logging': 'no access logs are written to the bucket',
    'DistributionConfig.PriceClass': 'there is one edge location',
    'DistributionConfig.ViewerCertificate': 'there is no TLS on loopback',
    'DistributionConfig.WebACLId': 'no web ACL is evaluated',
    ViewerProtocolPolicy: 'there is no TLS on loopback: it counts as met',
    OriginShield: 'there is one cache, with no tier behind it',
  },
  async create({ properties: p, invoke, uniqueName, stackTags }) {
    const tags = Object.entries({
      ...stackTags,
      ...Object.fromEntries((p.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
    });
    const { Distribution: made } = await invoke<Made>('cloudfront', 'CreateDistributionWithTags', {
      DistributionConfigWithTags: {
        DistributionConfig: apiConfig(p.DistributionConfig, uniqueName(128)),
        Tags: { Items: tags.map(([Key, Value]) => ({ Key, Value })) },
      },
    });
    return { physicalId: made.Id, attributes: { Id: made.Id, DomainName: made.DomainName } };
  },
  async update({ properties: p, previous, physicalId: Id, previousAttributes, invoke }) {
    const current = await read(invoke, Id);
    await invoke('cloudfront', 'UpdateDistribution', {
      Id,
      IfMatch: current.ETag,
      DistributionConfig: apiConfig(p.DistributionConfig, current.DistributionConfig.CallerReference ?? ''),
    });
    const { Distribution } = await invoke<Made>('cloudfront', 'GetDistribution', { Id });
    await retag(invoke, Distribution.ARN, p.Tags, previous.Tags);
    return { physicalId: Id, attributes: previousAttributes };
  },
  async delete({ physicalId: Id, invoke }) {
    await ignoreGone('NoSuchDistribution', async () => {
      const { ETag: current, DistributionConfig: config } = await read(invoke, Id);
      let ETag = current;
      if (config.Enabled)
        ({ ETag } = await invoke<{ ETag: string }>('cloudfront', 'UpdateDistribution', {
          Id,
          IfMatch: ETag,
          DistributionConfig: { ...config, Enabled: false },
        }));
      await invoke('cloudfront', 'DeleteDistribution', { Id, IfMatch: ETag });
    });
  },
});

const read = (invoke: Invoke, Id: string) => invoke<Current>('cloudfront', 'GetDistributionConfig', { Id });
