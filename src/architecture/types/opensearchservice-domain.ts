import { defineType } from './facts.ts';

export const opensearchserviceDomain = defineType({
  type: 'AWS::OpenSearchService::Domain',
  called: 'OpenSearch',
  name: 'DomainName',
  drawn: { category: 'data' },
  store: {
    kind: 'search',
    read: ['es:ESHttpGet'],
    write: ['es:ESHttpPost', 'es:ESHttpPut', 'es:ESHttpDelete'],
    admin: ['es:UpdateDomainConfig', 'es:DeleteDomain'],
    parts: {
      'es:ESHttpGet': '/{any}',
      'es:ESHttpPost': '/{any}',
      'es:ESHttpPut': '/{any}',
      'es:ESHttpDelete': '/{any}',
    },
  },
  policies: [{ document: 'AccessPolicies' }],
  encryption: {
    switch: 'EncryptionAtRestOptions.Enabled',
    on: 'aws-managed',
    absent: 'none',
    key: 'EncryptionAtRestOptions.KmsKeyId',
  },
  network: { subnets: ['VPCOptions.SubnetIds'], groups: ['VPCOptions.SecurityGroupIds'] },
});
