/** Is everything encrypted on its way to and from users? */
import { isUnresolved, listAt, type Resource, textAt, valueAt } from '../../../architecture/index.ts';
import { survey } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const encryptionInTransit: Item = {
  id: 'encryption-in-transit',
  area: 'security',
  question: 'Is everything encrypted on its way to and from users?',
  next: 'Listen on HTTPS only, and redirect HTTP to it.',
  blocks: true,
  reference: practice('security', 'sec_protect_data_transit_encrypt'),
  check: ({ app }) =>
    survey({
      resources: app
        .ofType('AWS::ElasticLoadBalancingV2::Listener', 'AWS::CloudFront::Distribution')
        .filter((resource) => !/^(TCP|UDP|GENEVE)/.test(String(resource.properties.Protocol ?? ''))),
      what: 'listeners and distributions',
      are: 'take HTTPS only',
      lacks: 'answers over plain HTTP',
      judge,
    }),
};

function judge({ type, properties }: Resource): boolean | string {
  if (type === 'AWS::CloudFront::Distribution') {
    const behaviours = [
      valueAt(properties, 'DistributionConfig.DefaultCacheBehavior'),
      ...listAt(properties, 'DistributionConfig.CacheBehaviors'),
    ];
    return behaviours.every((behaviour) => {
      const policy = textAt(behaviour, 'ViewerProtocolPolicy');
      return policy === 'redirect-to-https' || policy === 'https-only';
    });
  }
  const protocol = textAt(properties, 'Protocol');
  if (isUnresolved(protocol)) return protocol.reason;
  if (protocol !== 'HTTP') return true;
  return listAt(properties, 'DefaultActions').every((action) => textAt(action, 'Type') === 'redirect');
}
