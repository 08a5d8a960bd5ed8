/** Copies backups to another region. */
import { optionsOfBackup } from '../stored-data.ts';
import { backedUpTypes } from './backup-plan.ts';
import { type Change, dataSize, proposalFor } from './model.ts';

export const backupCopy: Change = {
  id: 'backup-copy',
  propose: (component, { context }) => {
    const { resource } = component;
    const type = backedUpTypes[resource.type];
    if (type === undefined || component.data !== 'kept') return undefined;
    if ((context.backups.of(resource)?.copiesTo.length ?? 0) > 0) return undefined;
    const gb = context.dataGb(resource);
    const basis = dataSize(gb, context, resource);
    return proposalFor(
      'backup-copy',
      component,
      {
        title: `Copy hourly backups of ${component.resource.name} to another region`,
        how: 'A BackupPlanRule with CopyActions to a vault in another region, and a BackupSelection that names it',
        prices: [
          { priceId: type.priceId, what: 'backups in both regions', quantity: gb * 2, basis },
          {
            priceId: 'data-transfer.between-regions',
            what: 'what is copied in a month',
            quantity: gb,
            basis: { ...basis, figure: `${gb} GB: one full copy a month is assumed`, assumed: true },
          },
        ],
      },
      optionsOfBackup(
        { plan: 'a new plan', everySeconds: 3_600, copiesTo: ['another region'] },
        context.restore(resource, type.restore),
        ['software-fault', 'deleted'],
      ),
    );
  },
};
