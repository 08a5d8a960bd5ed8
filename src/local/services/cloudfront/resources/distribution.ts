import { required } from '../../../invoke.ts';
import { type Tag, tagList } from '../../../resource-tags.ts';
import { type Invoke, resourceType } from '../../../service.ts';
import { apiConfig } from './distribution-config.ts';
import { retag } from './retag.ts';

interface DistributionProperties {
  readonly DistributionConfig: Readonly<Record<string, unknown>>;
  readonly Tags?: readonly Tag[];
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
  async create({ properties: p, invoke, uniqueName, tags }) {
    const { Distribution } = await invoke('cloudfront', 'CreateDistributionWithTags', {
      DistributionConfigWithTags: {
        DistributionConfig: apiConfig(p.DistributionConfig, uniqueName(128)),
        Tags: { Items: tagList(tags) },
      },
    });
    const { Id, DomainName } = required(Distribution, 'Distribution');
    const physicalId = required(Id, 'Distribution.Id');
    return { physicalId, attributes: { Id, DomainName } };
  },
  async update({ properties: p, physicalId: Id, previousAttributes, invoke, tags, previousTags }) {
    const { config, ETag } = await read(invoke, Id);
    await invoke('cloudfront', 'UpdateDistribution', {
      Id,
      IfMatch: ETag,
      DistributionConfig: apiConfig(p.DistributionConfig, config.CallerReference ?? ''),
    });
    const { Distribution } = await invoke('cloudfront', 'GetDistribution', { Id });
    await retag(invoke, required(Distribution?.ARN, 'Distribution.ARN'), tags, previousTags);
    return { physicalId: Id, attributes: previousAttributes };
  },
  gone: ['NoSuchDistribution'],
  async delete({ physicalId: Id, invoke }) {
    const current = await read(invoke, Id);
    let { ETag } = current;
    if (current.config.Enabled)
      ({ ETag } = await invoke('cloudfront', 'UpdateDistribution', {
        Id,
        IfMatch: ETag,
        DistributionConfig: { ...current.config, Enabled: false },
      }));
    await invoke('cloudfront', 'DeleteDistribution', { Id, IfMatch: ETag });
  },
});

async function read(invoke: Invoke, Id: string) {
  const { DistributionConfig, ETag } = await invoke('cloudfront', 'GetDistributionConfig', { Id });
  return { config: required(DistributionConfig, 'DistributionConfig'), ETag };
}
