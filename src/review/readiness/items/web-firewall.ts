/** Is there a firewall in front of what the internet can reach? */
import { textAt, valueAt } from '../../../architecture/index.ts';
import { survey } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const webFirewall: Item = {
  id: 'web-firewall',
  area: 'security',
  question: 'Is there a firewall in front of what the internet can reach?',
  next: 'AWS::WAFv2::WebACL with the managed common rules and a rate limit, associated with the API, load balancer or distribution.',
  reference: practice('security', 'sec_network_protection_inspection'),
  check: ({ app }) =>
    survey({
      resources: [
        ...app.ofType('AWS::CloudFront::Distribution'),
        ...app.ofType('AWS::ApiGateway::Stage', 'AWS::AppSync::GraphQLApi'),
        ...app
          .ofType('AWS::ElasticLoadBalancingV2::LoadBalancer')
          .filter(({ properties }) => textAt(properties, 'Scheme') !== 'internal'),
      ],
      what: 'entry points that a firewall can guard',
      are: 'have a web ACL',
      lacks: 'no web ACL',
      judge: ({ properties, usedBy }) =>
        valueAt(properties, 'DistributionConfig.WebACLId') !== undefined ||
        usedBy.some(({ to }) => to.type === 'AWS::WAFv2::WebACLAssociation'),
    }),
};
