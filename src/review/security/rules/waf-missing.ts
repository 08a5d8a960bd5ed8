/** Public entries that take requests for code without a web ACL before them. */
import { propertyOf } from '../../../architecture/index.ts';
import { exposureReport } from '../exposure/index.ts';
import type { EntryPoint } from '../report.ts';
import { securityRule } from './support/security-rule.ts';

const kinds = new Set<EntryPoint['kind']>(['distribution', 'rest-api', 'graphql-api', 'load-balancer']);

export const wafMissing = securityRule({
  id: 'waf-missing',
  title: 'A web ACL stands before every public entry to code',
  severity: 'low',
  why: 'Without one, floods from one address, known bad addresses and the common attacks on web code all arrive at the code and are paid for.',
  reference: 'https://docs.aws.amazon.com/waf/latest/developerguide/what-is-aws-waf.html',
  check: ({ app, checked, found }) => {
    const seen = new Set<string>();
    const fronted = new Set(
      exposureReport(app)
        .entries.filter(
          ({ kind, guards }) => kind === 'distribution' && guards.some((one) => one.kind === 'waf'),
        )
        .flatMap(({ paths }) =>
          paths.flatMap(({ hops }) => hops.slice(1).map(({ resource }) => resource.id)),
        ),
    );
    for (const entry of exposureReport(app).entries) {
      const resource = app.byId(entry.resource.id);
      if (!kinds.has(entry.kind) || resource === undefined || seen.has(resource.id)) continue;
      // Network load balancers cannot have one, and static files need none.
      if (resource.properties.Type === 'network') continue;
      const isStatic = entry.kind === 'distribution' && entry.paths.every(({ store }) => store === 'bucket');
      if (isStatic) continue;
      seen.add(resource.id);
      checked();
      // Going round the distribution is another rule's finding.
      if (entry.guards.some(({ kind }) => kind === 'waf') || fronted.has(resource.id)) continue;
      const property = entry.kind === 'distribution' ? 'DistributionConfig.WebACLId' : undefined;
      found({
        resource,
        title: `No web ACL stands before ${resource.name}`,
        fix:
          property === undefined
            ? 'Add an AWS::WAFv2::WebACL of scope REGIONAL with AWSManagedRulesCommonRuleSet and a rate-based rule, and an AWS::WAFv2::WebACLAssociation with it.'
            : 'Set DistributionConfig.WebACLId (CDK: webAclId) to an AWS::WAFv2::WebACL of scope CLOUDFRONT in us-east-1.',
        evidence: [
          {
            at: property === undefined ? resource.id : propertyOf(resource, property),
            shows: property === undefined ? 'no WebACLAssociation names it' : 'WebACLId: absent',
          },
        ],
      });
    }
  },
});
