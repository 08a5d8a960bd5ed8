/** Databases, search domains and brokers with an address on the internet. */
import { exposureReport } from '../exposure/index.ts';
import { securityRule } from './support/security-rule.ts';

export const publicDatabase = securityRule({
  id: 'public-database',
  title: 'No database, search domain or broker can be reached from the internet',
  severity: 'high',
  why: 'A password, or a fault in the engine, is then all that stands between anyone and the data.',
  reference:
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html',
  check: ({ app, checked, found, unclear }) => {
    const report = exposureReport(app);
    checked(
      app.ofType(
        'AWS::RDS::DBInstance',
        'AWS::Redshift::Cluster',
        'AWS::OpenSearchService::Domain',
        'AWS::Elasticsearch::Domain',
        'AWS::MSK::Cluster',
        'AWS::AmazonMQ::Broker',
        'AWS::OpenSearchServerless::Collection',
      ).length,
    );
    for (const entry of report.entries) {
      const resource = app.byId(entry.resource.id);
      if (entry.kind !== 'database' || resource === undefined) continue;
      if (entry.authentication === 'unknown') {
        unclear({
          resource,
          what: `who may reach ${entry.what}`,
          because: 'its security groups or policy could not be resolved',
        });
        continue;
      }
      const ranges = entry.guards.filter(({ kind }) => kind === 'address-range');
      const isSearch = resource.type.endsWith('::Domain');
      // A search endpoint that asks for signed requests is AWS's usual public service endpoint.
      const severity =
        entry.authentication === 'none' ? 'critical' : ranges.length > 0 || isSearch ? 'medium' : 'high';
      found({
        resource,
        severity,
        title: `${resource.name} has ${entry.what} on the internet${ranges.length > 0 ? ` for ${ranges.map(({ evidence }) => evidence.shows).join(', ')}` : ''}`,
        fix: isSearch
          ? 'Put the domain into private subnets with VPCOptions (CDK: vpc, vpcSubnets); it cannot be changed later without a new domain.'
          : 'Set PubliclyAccessible to false and put it into private subnets (CDK: publiclyAccessible: false, vpcSubnets: PRIVATE_ISOLATED); reach it through Session Manager or a VPN.',
        evidence: [entry.opens, ...entry.guards.map(({ evidence }) => evidence)],
      });
    }
    for (const { resource, what, because } of report.unclear) {
      const at = resource === undefined ? undefined : app.byId(resource.id);
      if (at !== undefined && what === 'PubliclyAccessible') unclear({ resource: at, what, because });
    }
    for (const policy of app.ofType('AWS::OpenSearchServerless::SecurityPolicy')) {
      const text = policy.properties.Policy;
      if (policy.properties.Type !== 'network' || typeof text !== 'string') continue;
      checked();
      if (!/"AllowFromPublic"\s*:\s*true/.test(text)) continue;
      found({
        resource: policy,
        severity: 'low',
        title: `The network policy ${policy.name} lets the internet reach its OpenSearch collection, where only IAM holds`,
        fix: 'Set AllowFromPublic to false and name the VPC endpoint in SourceVPCEs.',
        evidence: [{ at: `${policy.id}/Properties/Policy`, shows: 'AllowFromPublic: true' }],
      });
    }
  },
});
