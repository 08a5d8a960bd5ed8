/** EFS file systems and single EBS volumes. */
import { textAt, valueAt } from '../../../architecture/index.ts';
import { losses, restores, spread, steps } from '../figures.ts';
import type { ComponentModel, Way } from '../model.ts';
import { fromBackupPlans, keeps, keptByPolicy, noCopyOf, planWays } from '../stored.ts';
import { byHand, unfelt } from '../ways.ts';

/** The automatic backup of EFS, once a day: https://docs.aws.amazon.com/efs/latest/ug/automatic-backups.html */
export const efsBackup = { plan: 'the automatic backup of EFS', everySeconds: 86_400, copiesTo: [] } as const;

export const fileSystem: ComponentModel = {
  types: ['AWS::EFS::FileSystem'],
  read: (resource, context) => {
    const oneZone = textAt(resource.properties, 'AvailabilityZoneName');
    const restore = context.restore(resource, restores.volume);
    const ways: Way[] = [
      unfelt(['lost-instance'], 'is served by many hosts', spread.efs),
      noCopyOf(['software-fault']),
      oneZone === undefined
        ? unfelt(['lost-zone'], 'keeps every file in several zones', spread.efs)
        : noCopyOf(['lost-zone']),
      ...fromBackupPlans(resource, context, restores.volume, ['software-fault', 'deleted', 'lost-zone']),
    ];
    if (valueAt(resource.properties, 'BackupPolicy.Status') === 'ENABLED')
      ways.push(...planWays(efsBackup, restore, ['software-fault', 'deleted', 'lost-zone']));
    if (keeps(resource)) ways.push(keptByPolicy(resource));
    if (valueAt(resource.properties, 'ReplicationConfiguration') !== undefined)
      ways.push(
        byHand(['lost-region'], 'has a replica that a person makes writable', [steps.switchRegion], 900, [
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
      ways,
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
    ways: [
      unfelt(
        ['lost-instance'],
        'is copied inside its zone',
        spread.generic('ebs/latest/userguide/disaster-recovery-resiliency.html'),
      ),
      noCopyOf(['software-fault', 'lost-zone']),
      ...fromBackupPlans(resource, context, restores.volume, ['software-fault', 'deleted', 'lost-zone']),
      ...(keeps(resource) ? [keptByPolicy(resource)] : []),
    ],
    copies: 1,
    zones: [String(textAt(resource.properties, 'AvailabilityZone') ?? 'one zone')],
  }),
};
