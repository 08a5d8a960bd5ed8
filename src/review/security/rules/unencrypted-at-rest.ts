/** Stores that keep data without encryption. */

import { flagAt, isMap, isUnresolved, listAt, propertyOf } from '../../../architecture/index.ts';
import type { Severity } from '../../finding.ts';
import { encryptionReport } from './support/encryption.ts';
import { securityRule } from './support/security-rule.ts';

/** What passes through, rather than stays. */
const passing = new Set(['topic', 'queue', 'stream']);

const fixes: Readonly<Record<string, string>> = {
  'AWS::SQS::Queue':
    'Set SqsManagedSseEnabled: true or KmsMasterKeyId (CDK: encryption: QueueEncryption.SQS_MANAGED).',
  'AWS::Kinesis::Stream':
    'Set StreamEncryption: { EncryptionType: KMS, KeyId: alias/aws/kinesis } (CDK: encryption: StreamEncryption.MANAGED).',
  'AWS::EFS::FileSystem': 'Set Encrypted: true (CDK: encrypted: true); it takes a new file system.',
  'AWS::ElastiCache::ReplicationGroup': 'Set AtRestEncryptionEnabled: true; it takes a new group.',
};

export const unencryptedAtRest = securityRule({
  id: 'unencrypted-at-rest',
  title: 'Everything that is stored is encrypted',
  severity: 'medium',
  why: 'Snapshots, copies and disks that leave their place can be read by whoever gets them.',
  reference:
    'https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_protect_data_rest_encrypt.html',
  check: ({ app, checked, found, unclear }) => {
    for (const store of encryptionReport(app)) {
      const resource = app.byId(store.resource.id);
      if (resource === undefined) continue;
      checked();
      if (store.key === 'unknown')
        unclear({
          resource,
          what: 'whether it is encrypted',
          because: `${store.evidence.shows} (${store.evidence.at})`,
        });
      if (store.key !== 'none') continue;
      const severity: Severity = passing.has(store.kind) ? 'low' : 'medium';
      found({
        resource,
        severity,
        title: `${resource.name} keeps its data unencrypted`,
        fix:
          fixes[resource.type] ??
          `Set ${store.evidence.at.split('/').at(-1)} to true (CDK: storageEncrypted: true); an existing database is moved by a copy of its snapshot.`,
        evidence: [store.evidence],
      });
    }
    for (const resource of app.ofType(
      'AWS::EC2::Instance',
      'AWS::EC2::LaunchTemplate',
      'AWS::AutoScaling::LaunchConfiguration',
    ))
      for (const property of ['BlockDeviceMappings', 'LaunchTemplateData.BlockDeviceMappings'])
        for (const [index, mapping] of listAt(resource.properties, property).entries()) {
          if (!isMap(mapping) || mapping.Ebs === undefined) continue;
          checked();
          const flag = flagAt(mapping, 'Ebs.Encrypted');
          const at = `${property}.${index}.Ebs.Encrypted`;
          if (isUnresolved(flag)) unclear({ resource, what: at, because: flag.reason });
          if (flag === true || isUnresolved(flag)) continue;
          found({
            resource,
            about: at,
            title: `A volume of ${resource.name} is not encrypted unless the account encrypts by default`,
            fix: 'Set Ebs.Encrypted: true (CDK: BlockDeviceVolume.ebs(size, { encrypted: true })).',
            evidence: [{ at: propertyOf(resource, at), shows: `Encrypted: ${flag ?? 'absent'}` }],
          });
        }
  },
});
