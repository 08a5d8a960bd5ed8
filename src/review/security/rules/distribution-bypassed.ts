/** A distribution with a web ACL whose origin can be called directly, so that the web ACL can be gone round. */
import { exposureReport } from '../exposure/index.ts';
import { securityRule } from './support/security-rule.ts';

export const distributionBypassed = securityRule({
  id: 'distribution-bypassed',
  title: 'What stands behind a guarded distribution cannot be called directly',
  severity: 'medium',
  why: 'Whoever finds the address of the origin goes round the web ACL, the geographical limits and the cache of the distribution.',
  reference:
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html',
  check: ({ app, checked, found }) => {
    const { entries } = exposureReport(app);
    const seen = new Set<string>();
    for (const entry of entries) {
      const waf = entry.guards.find(({ kind }) => kind === 'waf');
      if (entry.kind !== 'distribution' || waf === undefined) continue;
      checked();
      for (const { hops } of entry.paths) {
        const origin = hops[1]?.resource;
        const direct = entries.find(
          ({ resource, authentication, guards }) =>
            resource.id === origin?.id &&
            authentication === 'none' &&
            !guards.some(({ kind }) => kind === 'waf') &&
            resource.type !== 'AWS::S3::Bucket',
        );
        const resource = origin === undefined ? undefined : app.byId(origin.id);
        if (direct === undefined || resource === undefined || seen.has(resource.id)) continue;
        seen.add(resource.id);
        found({
          resource,
          title: `${resource.name} can be called directly, past the web ACL of ${entry.resource.name}`,
          fix: 'Let the origin take only requests of the distribution: origin access control for function URLs and buckets, a VPC origin or the CloudFront prefix list and a secret header for load balancers, an API key or a resource policy for APIs.',
          evidence: [waf.evidence, direct.opens],
        });
      }
    }
  },
});
