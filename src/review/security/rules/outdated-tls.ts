/** Endpoints that agree to TLS older than 1.2. */
import { isUnresolved, type Resource, show, textAt } from '../../../architecture/index.ts';
import { securityRule } from './support/security-rule.ts';

interface TlsRow {
  readonly property: string;
  /** Matches a value that is too old. */
  readonly old: RegExp;
  /** The value that holds without it. */
  readonly absent: string;
  readonly fix: string;
  readonly applies?: (resource: Resource) => boolean;
}

/** With AWS's own certificate for *.cloudfront.net the version cannot be chosen. */
const hasCertificate = ({ properties }: Resource) =>
  textAt(properties, 'DistributionConfig.ViewerCertificate.AcmCertificateArn') !== undefined ||
  textAt(properties, 'DistributionConfig.ViewerCertificate.IamCertificateId') !== undefined;

const rows: Readonly<Record<string, TlsRow>> = {
  'AWS::CloudFront::Distribution': {
    property: 'DistributionConfig.ViewerCertificate.MinimumProtocolVersion',
    old: /^(SSLv3|TLSv1|TLSv1_2016|TLSv1\.1_2016)$/,
    absent: 'TLSv1',
    fix: 'Set MinimumProtocolVersion: TLSv1.2_2021 (CDK: minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021).',
    applies: hasCertificate,
  },
  'AWS::ApiGateway::DomainName': {
    property: 'SecurityPolicy',
    old: /^TLS_1_0$/,
    absent: 'TLS_1_2',
    fix: 'Set SecurityPolicy: TLS_1_2 (CDK: securityPolicy: SecurityPolicy.TLS_1_2).',
  },
  'AWS::ElasticLoadBalancingV2::Listener': {
    property: 'SslPolicy',
    old: /^ELBSecurityPolicy-(2016-08|TLS-1-0.*|TLS-1-1.*|2015.*|FS-2018-06|FS-1-1.*|TLS13-1-0.*|TLS13-1-1.*)$/,
    absent: 'ELBSecurityPolicy-2016-08',
    fix: 'Set SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06 (CDK: sslPolicy: SslPolicy.RECOMMENDED_TLS).',
    applies: ({ properties }) => ['HTTPS', 'TLS'].includes(String(textAt(properties, 'Protocol'))),
  },
  'AWS::OpenSearchService::Domain': {
    property: 'DomainEndpointOptions.TLSSecurityPolicy',
    old: /^Policy-Min-TLS-1-0/,
    absent: 'Policy-Min-TLS-1-0-2019-07',
    fix: 'Set DomainEndpointOptions.TLSSecurityPolicy: Policy-Min-TLS-1-2-PFS-2023-10 (CDK: tlsSecurityPolicy).',
  },
};

export const outdatedTls = securityRule({
  id: 'outdated-tls',
  title: 'Endpoints take TLS 1.2 and later only',
  severity: 'low',
  why: 'TLS 1.0 and 1.1 have known weaknesses and are refused by current standards (RFC 8996).',
  reference:
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html',
  check: ({ app, checked, found, unclear }) => {
    for (const resource of app.ofType(...Object.keys(rows))) {
      const row = rows[resource.type];
      if (row === undefined || row.applies?.(resource) === false) continue;
      checked();
      const value = textAt(resource.properties, row.property);
      if (isUnresolved(value)) {
        unclear({ resource, what: row.property, because: value.reason });
        continue;
      }
      if (!row.old.test(value ?? row.absent)) continue;
      found({
        resource,
        title: `${resource.name} agrees to TLS older than 1.2 (${value ?? `${row.absent}, by default`})`,
        fix: row.fix,
        evidence: [show(resource, row.property)],
      });
    }
  },
});
