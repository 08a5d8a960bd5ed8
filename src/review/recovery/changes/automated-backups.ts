/** Automated backups of an RDS instance that keeps none, kept after deletion. */
import { flagAt, numberAt } from '../../../architecture/index.ts';
import { automatedBackups } from '../components/rds-instance.ts';
import { losses, restores } from '../figures.ts';
import { byHand } from '../ways.ts';
import { type Change, one, size } from './model.ts';

export const automatedBackupsChange: Change = {
  id: 'automated-backups',
  propose: (component, { context }) => {
    const { resource } = component;
    if (resource.type !== 'AWS::RDS::DBInstance') return undefined;
    const days = numberAt(resource.properties, 'BackupRetentionPeriod') ?? 1;
    const retained = flagAt(resource.properties, 'DeleteAutomatedBackups') === false;
    if (typeof days === 'number' && days >= 7 && retained) return undefined;
    const gb = context.dataGb(resource);
    return one(
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
            basis: size(gb, context, resource),
          },
        ],
      },
      [
        ...automatedBackups(resource, context),
        byHand(
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
