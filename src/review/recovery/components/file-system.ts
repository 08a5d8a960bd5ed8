/** EFS file systems and single EBS volumes. */
import { textAt, valueAt } from '../../../architecture/index.ts';
import { losses, restores, severalZones, steps } from '../figures.ts';
import type { ComponentModel, RecoveryOption } from '../model.ts';
import { manual, unaffected } from '../options.ts';
import {
  isRetained,
  optionsOfBackup,
  optionsOfBackupPlans,
  retainedByPolicy,
  withoutCopy,
} from '../stored-data.ts';

/** The automatic backup of EFS, once a day: https://docs.aws.amazon.com/efs/latest/ug/automatic-backups.html */
export const efsBackup = { plan: 'the automatic backup of EFS', everySeconds: 86_400, copiesTo: [] } as const;

export const fileSystem: ComponentModel = {
  types: ['AWS::EFS::FileSystem'],
  read: (resource, context) => {
    const oneZone = textAt(resource.properties, 'AvailabilityZoneName');
    const restore = context.restore(resource, restores.volume);
    const options: RecoveryOption[] = [
      unaffected(['lost-instance'], 'is served by many hosts', severalZones.efs),
      withoutCopy(['software-fault']),
      oneZone === undefined
        ? unaffected(['lost-zone'], 'keeps every file in several zones', severalZones.efs)
        : withoutCopy(['lost-zone']),
      ...optionsOfBackupPlans(resource, context, restores.volume, ['software-fault', 'deleted', 'lost-zone']),
    ];
    if (valueAt(resource.properties, 'BackupPolicy.Status') === 'ENABLED')
      options.push(...optionsOfBackup(efsBackup, restore, ['software-fault', 'deleted', 'lost-zone']));
    if (isRetained(resource)) options.push(retainedByPolicy(resource));
    if (valueAt(resource.properties, 'ReplicationConfiguration') !== undefined)
      options.push(
        manual(['lost-region'], 'has a replica that a person makes writable', [steps.switchRegion], 900, [
          {
            ...losses.replication,
            figure: 'replicated, mostly within 15 min',
            source: 'https://docs.aws.amazon.com/efs/latest/ug/efs-replication.html',
          },
        ]),
      );
    return {
      kind: 'file-store',
      label: 'EFS file system',
      data: 'kept',
      options,
      ...(oneZone === undefined ? {} : { zones: [String(oneZone)], copies: 1 }),
    };
  },
};

export const volume: ComponentModel = {
  types: ['AWS::EC2::Volume'],
  read: (resource, context) => ({
    kind: 'file-store',
    label: 'EBS volume',
    data: 'kept',
    options: [
      unaffected(
        ['lost-instance'],
        'is copied inside its zone',
        severalZones.generic('ebs/latest/userguide/disaster-recovery-resiliency.html'),
      ),
      withoutCopy(['software-fault', 'lost-zone']),
      ...optionsOfBackupPlans(resource, context, restores.volume, ['software-fault', 'deleted', 'lost-zone']),
      ...(isRetained(resource) ? [retainedByPolicy(resource)] : []),
    ],
    copies: 1,
    zones: [String(textAt(resource.properties, 'AvailabilityZone') ?? 'one zone')],
  }),
};
