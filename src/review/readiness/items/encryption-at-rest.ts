/** Is all data encrypted where it is stored? */
import { flagAt, isUnresolved } from '../../../architecture/index.ts';
import { survey } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const encryptionAtRest: Item = {
  id: 'encryption-at-rest',
  area: 'security',
  question: 'Is all data encrypted where it is stored?',
  next: 'Turn encryption on; most stores must be replaced for it, so do it before they hold data.',
  blocks: true,
  reference: practice('security', 'sec_protect_data_rest_encrypt'),
  check: ({ app }) =>
    survey({
      resources: app.ofType(...Object.keys(switches), ...always),
      what: 'stores',
      are: 'are encrypted',
      lacks: 'encryption at rest is off',
      judge: (resource) => {
        // An instance of a cluster has the cluster's storage.
        if (resource.properties.DBClusterIdentifier !== undefined) return true;
        if (always.includes(resource.type))
          return flagAt(resource.properties, 'SqsManagedSseEnabled') !== false;
        const flag = flagAt(resource.properties, switches[resource.type] ?? '');
        return isUnresolved(flag) ? flag.reason : flag === true;
      },
    }),
};

/** Encrypted unless told otherwise, which only queues can be. */
const always: readonly string[] = [
  'AWS::S3::Bucket',
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::SQS::Queue',
];

/** Not encrypted unless the property says so. */
const switches: Readonly<Record<string, string>> = {
  'AWS::RDS::DBInstance': 'StorageEncrypted',
  'AWS::RDS::DBCluster': 'StorageEncrypted',
  'AWS::DocDB::DBCluster': 'StorageEncrypted',
  'AWS::Neptune::DBCluster': 'StorageEncrypted',
  'AWS::EFS::FileSystem': 'Encrypted',
  'AWS::EC2::Volume': 'Encrypted',
  'AWS::ElastiCache::ReplicationGroup': 'AtRestEncryptionEnabled',
  'AWS::OpenSearchService::Domain': 'EncryptionAtRestOptions.Enabled',
};
