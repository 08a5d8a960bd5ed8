/** Turns on automated backups of an RDS instance and keeps them after it is deleted. */
import { flagAt, numberAt } from '../../../architecture/index.ts';
import { automatedBackups } from '../components/rds-instance.ts';
import { losses, restores } from '../figures.ts';
import { manual } from '../options.ts';
import { type Change, dataSize, proposalFor } from './model.ts';

export const automatedBackupsChange: Change = {
  id: 'automated-backups',
  propose: (component, { context }) => {
    const { resource } = component;
    if (resource.type !== 'AWS::RDS::DBInstance') return undefined;
    const days = numberAt(resource.properties, 'BackupRetentionPeriod') ?? 1;
    const retained = flagAt(resource.properties, 'DeleteAutomatedBackups') === false;
    if (typeof days === 'number' && days >= 7 && retained) return undefined;
    const gb = context.dataGb(resource);
    return proposalFor(
      'automated-backups',
      component,
      {
        title: `Keep 7 days of automated backups of ${component.resource.name}, also after it is deleted`,
        how: 'BackupRetentionPeriod: 7, DeleteAutomatedBackups: false (CDK: backupRetention, deleteAutomatedBackups)',
        prices: [
          {
            priceId: 'rds.backup',
            what: 'backups beyond the size of the database',
            quantity: gb,
            basis: dataSize(gb, context, resource),
          },
        ],
      },
      [
        ...automatedBackups(resource, context),
        manual(
          ['deleted'],
          'is restored from its retained automated backups',
          [context.restore(resource, restores.rds)],
          300,
          [losses.rdsPoint],
        ),
      ],
    );
  },
};
