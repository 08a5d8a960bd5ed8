/** Listeners, distributions, caches, search domains, brokers and databases that take traffic in the clear. */

import {
  flagAt,
  isUnresolved,
  listAt,
  numberAt,
  propertyOf,
  type Resource,
  show,
  textAt,
  valueAt,
} from '../../../architecture/index.ts';
import type { Rule, RuleContext } from '../../finding.ts';
import { behavioursOf, exposureReport } from '../exposure/index.ts';
import { securityRule } from './support/security-rule.ts';

function listeners({ app, checked, found }: RuleContext): void {
  const doors = new Set(exposureReport(app).entries.map(({ resource }) => resource.id));
  for (const listener of app.ofType('AWS::ElasticLoadBalancingV2::Listener')) {
    checked();
    if (textAt(listener.properties, 'Protocol') !== 'HTTP') continue;
    const actions = listAt(listener.properties, 'DefaultActions').map((one) => textAt(one, 'Type'));
    if (!actions.includes('forward')) continue;
    const balancer = app.namedIn(listener.properties.LoadBalancerArn)[0];
    const isPublic = balancer !== undefined && doors.has(balancer.id);
    found({
      resource: listener,
      severity: isPublic ? 'medium' : 'low',
      title: `${listener.name} takes ${isPublic ? 'the internet’s' : 'internal'} traffic over plain HTTP and forwards it`,
      fix: 'Set Protocol: HTTPS with a certificate (CDK: certificates, or protocol: ApplicationProtocol.HTTPS), and let port 80 redirect (CDK: redirectHTTP: true).',
      evidence: [show(listener, 'Protocol')],
    });
  }
}

function distributions({ app, checked, found }: RuleContext): void {
  for (const distribution of app.ofType('AWS::CloudFront::Distribution')) {
    for (const { value, at: path, name } of behavioursOf(distribution)) {
      checked();
      if (textAt(value, 'ViewerProtocolPolicy') !== 'allow-all') continue;
      found({
        resource: distribution,
        about: path,
        title: `${distribution.name} answers plain HTTP for ${name}`,
        fix: 'Set ViewerProtocolPolicy: redirect-to-https (CDK: viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS).',
        evidence: [show(distribution, `${path}.ViewerProtocolPolicy`)],
      });
    }
    for (const [index, origin] of listAt(distribution.properties, 'DistributionConfig.Origins').entries()) {
      const path = `CustomOriginConfig.OriginProtocolPolicy`;
      const host = textAt(origin, 'DomainName');
      // A website endpoint of S3 speaks nothing but HTTP.
      const isWebsite = typeof host === 'string' && /s3-website|WebsiteURL/.test(host);
      if (textAt(origin, path) !== 'http-only' || isWebsite) continue;
      found({
        resource: distribution,
        about: `origin ${index}`,
        severity: 'low',
        title: `${distribution.name} fetches from its origin over plain HTTP`,
        fix: 'Set OriginProtocolPolicy: https-only (CDK: protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY), with a certificate at the origin.',
        evidence: [show(distribution, `DistributionConfig.Origins.${index}.${path}`)],
      });
    }
  }
}

interface TransitRow {
  readonly property: string;
  /** What holds without the property. */
  readonly absent: boolean;
  readonly fix: string;
}

const flags: Readonly<Record<string, readonly TransitRow[]>> = {
  'AWS::ElastiCache::ReplicationGroup': [
    {
      property: 'TransitEncryptionEnabled',
      absent: false,
      fix: 'Set TransitEncryptionEnabled: true, and connect with TLS.',
    },
  ],
  'AWS::OpenSearchService::Domain': [
    {
      property: 'DomainEndpointOptions.EnforceHTTPS',
      absent: false,
      fix: 'Set DomainEndpointOptions.EnforceHTTPS: true (CDK: enforceHttps: true).',
    },
    {
      property: 'NodeToNodeEncryptionOptions.Enabled',
      absent: false,
      fix: 'Set NodeToNodeEncryptionOptions.Enabled: true (CDK: nodeToNodeEncryption: true).',
    },
  ],
  'AWS::Elasticsearch::Domain': [
    {
      property: 'DomainEndpointOptions.EnforceHTTPS',
      absent: false,
      fix: 'Set DomainEndpointOptions.EnforceHTTPS: true.',
    },
    {
      property: 'NodeToNodeEncryptionOptions.Enabled',
      absent: false,
      fix: 'Set NodeToNodeEncryptionOptions.Enabled: true.',
    },
  ],
  'AWS::RDS::DBProxy': [
    {
      property: 'RequireTLS',
      absent: false,
      fix: 'Set RequireTLS: true (CDK: requireTLS: true, its default).',
    },
  ],
};

function stores({ app, checked, found, unclear }: RuleContext): void {
  for (const resource of app.ofType(...Object.keys(flags)))
    for (const { property, absent, fix } of flags[resource.type] ?? []) {
      checked();
      const flag = flagAt(resource.properties, property);
      if (isUnresolved(flag)) unclear({ resource, what: property, because: flag.reason });
      if (isUnresolved(flag) || (flag ?? absent)) continue;
      const inVpc =
        valueAt(resource.properties, 'VPCOptions') !== undefined || /ElastiCache|DBProxy/.test(resource.type);
      found({
        resource,
        about: property,
        severity: inVpc ? 'low' : 'medium',
        title: `${resource.name} takes unencrypted connections (${property.split('.').at(-1)} is ${flag === undefined ? 'absent' : 'false'})`,
        fix,
        evidence: [show(resource, property)],
      });
    }
  for (const cluster of app.ofType('AWS::MSK::Cluster')) {
    checked();
    const property = 'EncryptionInfo.EncryptionInTransit.ClientBroker';
    const mode = textAt(cluster.properties, property);
    if (mode === 'PLAINTEXT' || mode === 'TLS_PLAINTEXT')
      found({
        resource: cluster,
        title: `${cluster.name} takes clients without TLS`,
        fix: `Set ${property} to TLS (CDK: clientBroker: ClientBrokerEncryption.TLS).`,
        evidence: [show(cluster, property)],
      });
  }
}

/**
 * The parameter that makes an engine refuse unencrypted connections, and from which version it is on by default.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html (read 2026-11).
 * Of Aurora the default has changed over versions and is not assumed.
 */
const forcing: readonly { engine: RegExp; parameter: string; on: RegExp; onSince?: number }[] = [
  { engine: /^aurora-postgresql/, parameter: 'rds.force_ssl', on: /^(1|on|true)$/i },
  { engine: /^postgres/, parameter: 'rds.force_ssl', on: /^(1|on|true)$/i, onSince: 15 },
  { engine: /mysql|mariadb/, parameter: 'require_secure_transport', on: /^(1|on|true)$/i, onSince: Infinity },
  { engine: /sqlserver/, parameter: 'rds.force_ssl', on: /^(1|on|true)$/i },
];

function databases({ app, checked, found, unclear }: RuleContext): void {
  for (const database of app.ofType('AWS::RDS::DBCluster', 'AWS::RDS::DBInstance')) {
    if (database.properties.DBClusterIdentifier !== undefined) continue;
    const engine = textAt(database.properties, 'Engine');
    const rule = forcing.find((one) => typeof engine === 'string' && one.engine.test(engine));
    if (rule === undefined) continue;
    checked();
    const groups = app
      .namedIn([
        database.properties.DBClusterParameterGroupName ?? null,
        database.properties.DBParameterGroupName ?? null,
      ])
      .filter(({ type }) => type.endsWith('ParameterGroup'));
    const value = groups.map((group) => setting(group, rule.parameter)).find((one) => one !== undefined);
    const version = numberAt({ V: majorOf(database) ?? '' }, 'V');
    if (typeof value === 'string' && rule.on.test(value)) continue;
    if (value === undefined && typeof version === 'number' && version >= (rule.onSince ?? Infinity)) continue;
    if (typeof value === 'string')
      found({
        resource: database,
        severity: 'low',
        title: `${database.name} takes unencrypted connections (${rule.parameter} is ${value})`,
        fix: `Set ${rule.parameter} to 1 in its parameter group.`,
        evidence: groups.map((group) => ({
          at: propertyOf(group, 'Parameters'),
          shows: `${rule.parameter}: ${value}`,
        })),
      });
    else
      unclear({
        resource: database,
        what: 'whether it refuses unencrypted connections',
        because: `${rule.parameter} is not set in a parameter group of the app, and the default hangs on the engine’s version`,
      });
  }
  for (const cluster of app.ofType('AWS::DocDB::DBCluster')) {
    const group = app.namedIn(cluster.properties.DBClusterParameterGroupName)[0];
    const value = group === undefined ? undefined : setting(group, 'tls');
    checked();
    if (value === 'disabled')
      found({
        resource: cluster,
        title: `${cluster.name} takes unencrypted connections (tls is disabled)`,
        fix: 'Set tls to enabled in its parameter group.',
        evidence: [{ at: propertyOf(group ?? cluster, 'Parameters'), shows: 'tls: disabled' }],
      });
  }
}

/** Names of parameters hold dots, so they are not paths. */
function setting(group: Resource, name: string): string | undefined {
  const parameters = group.properties.Parameters;
  const value =
    typeof parameters === 'object' && parameters !== null && !Array.isArray(parameters)
      ? Object.entries(parameters).find(([key]) => key === name)?.[1]
      : undefined;
  return value === undefined || isUnresolved(value) ? undefined : String(value);
}

function majorOf(database: Resource): string | undefined {
  const version = textAt(database.properties, 'EngineVersion');
  return typeof version === 'string' ? version.split('.')[0] : undefined;
}

export const unencryptedInTransit: Rule = securityRule({
  id: 'unencrypted-in-transit',
  title: 'Traffic is encrypted on its whole way',
  severity: 'medium',
  why: 'Whoever sits on the way reads passwords and data, and can change them.',
  reference:
    'https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_protect_data_transit_encrypt.html',
  check: (context) => {
    listeners(context);
    distributions(context);
    stores(context);
    databases(context);
  },
});
