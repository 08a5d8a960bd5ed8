/** EFS: its own daily backup, and a replica in another region. */
import { valueAt } from '../../../architecture/index.ts';
import { efsBackup } from '../components/file-system.ts';
import { fact, restores, steps } from '../figures.ts';
import { manual } from '../options.ts';
import { optionsOfBackup } from '../stored-data.ts';
import { type Change, dataSize, proposalFor } from './model.ts';

export const fileSystemBackup: Change = {
  id: 'file-system-backup',
  propose: (component, { context }) => {
    const { resource } = component;
    if (
      resource.type !== 'AWS::EFS::FileSystem' ||
      valueAt(resource.properties, 'BackupPolicy.Status') === 'ENABLED'
    )
      return undefined;
    const gb = context.dataGb(resource);
    return proposalFor(
      'file-system-backup',
      component,
      {
        title: `Turn on the daily backup of ${component.resource.name}`,
        how: 'BackupPolicy: { Status: ENABLED } (CDK: enableAutomaticBackups: true)',
        prices: [
          {
            priceId: 'backup.efs.warm',
            what: 'backup storage',
            quantity: gb,
            basis: dataSize(gb, context, resource),
          },
        ],
      },
      optionsOfBackup(efsBackup, context.restore(resource, restores.volume), [
        'software-fault',
        'deleted',
        'lost-zone',
      ]),
    );
  },
};

export const fileSystemReplica: Change = {
  id: 'file-system-replica',
  propose: (component, { context }) => {
    const { resource } = component;
    if (
      resource.type !== 'AWS::EFS::FileSystem' ||
      resource.properties.ReplicationConfiguration !== undefined
    )
      return undefined;
    const gb = context.dataGb(resource);
    return proposalFor(
      'file-system-replica',
      component,
      {
        title: `Replicate ${component.resource.name} to another region`,
        how: 'ReplicationConfiguration: { Destinations: [{ Region }] } (CDK: replicationConfiguration)',
        prices: [
          {
            priceId: 'efs.standard.storage',
            what: 'the replica',
            quantity: gb,
            basis: dataSize(gb, context, resource),
          },
        ],
      },
      [
        manual(['lost-region'], 'has a replica that a person makes writable', [steps.switchRegion], 900, [
          fact('most changes within 15 min', 'efs/latest/ug/efs-replication.html'),
        ]),
      ],
    );
  },
};
