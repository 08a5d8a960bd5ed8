/** Single EC2 instances. Their disks count as data without a copy. */
import { flagAt, isUnresolved, listAt, subnetIdsOf, textAt } from '../../../architecture/index.ts';
import { losses, restores, steps } from '../figures.ts';
import type { ComponentModel, RecoveryOption } from '../model.ts';
import { automatic, manual, rollback } from '../options.ts';
import { zonesOf } from '../zones.ts';

export const instance: ComponentModel = {
  types: ['AWS::EC2::Instance'],
  read: (resource, context) => {
    const off = textAt(resource.properties, 'MaintenanceOptions.AutoRecovery') === 'disabled';
    const zones = zonesOf(context.app, subnetIdsOf(resource)).zones;
    const backup = context.backups.of(resource);
    const restore = context.restore(resource, restores.volume);
    const options: RecoveryOption[] = [
      off
        ? manual(['lost-instance'], 'is started again from its image', [steps.instanceRestarted])
        : automatic(['lost-instance'], 'is moved to another host with its volumes', [steps.instanceRecovers]),
      manual(['software-fault'], 'is restarted or repaired on the machine', [rollback(context.inputs)]),
      manual(
        ['lost-zone'],
        'is started from its image in another zone; what its disk held is gone',
        [steps.instanceRestarted],
        'all-data',
        [losses.noCopy],
      ),
      manual(['bad-deploy'], 'is put back by hand on the machine', [rollback(context.inputs)]),
    ];
    if (backup !== undefined) {
      const basis = {
        figure: `${backup.plan} backs up every ${backup.everySeconds / 3_600} h`,
        source: backup.plan,
        assumed: false,
      };
      options.push(
        manual(['lost-zone', 'deleted'], 'is restored from its backup', [restore], backup.everySeconds, [
          basis,
        ]),
      );
      if (backup.copiesTo.length > 0)
        options.push(
          manual(
            ['lost-region'],
            `is restored from the copy in ${backup.copiesTo.join(', ')}`,
            [restore, steps.switchRegion],
            backup.everySeconds,
            [basis],
          ),
        );
    }
    const protectedFlag = flagAt(resource.properties, 'DisableApiTermination');
    if (protectedFlag === true)
      options.push({
        ...unfeltDelete,
        lossBasis: [
          {
            figure: 'termination protection is on',
            source: `${resource.id}/Properties/DisableApiTermination`,
            assumed: false,
          },
        ],
      });
    return {
      kind: 'compute',
      label: 'EC2 instance',
      data: 'kept',
      options,
      doubts: isUnresolved(protectedFlag) ? [{ scenarios: ['deleted'], what: protectedFlag.reason }] : [],
      copies: 1,
      zones: zones.length > 0 ? zones : listAt(resource.properties, 'AvailabilityZone').map(String),
    };
  },
};

const unfeltDelete: RecoveryOption = {
  scenarios: ['deleted'],
  how: 'refuses to be terminated',
  steps: [],
  needsPerson: false,
  loses: null,
  lossBasis: [],
};
