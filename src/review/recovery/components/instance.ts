/** Single EC2 instances: what is on their disk is theirs alone. */
import { flagAt, isUnresolved, listAt, textAt, valueAt } from '../../../architecture/index.ts';
import { losses, restores, steps } from '../figures.ts';
import type { ComponentModel, Way } from '../model.ts';
import { byHand, byItself, rollback } from '../ways.ts';
import { zonesOf } from '../zones.ts';

export const instance: ComponentModel = {
  types: ['AWS::EC2::Instance'],
  read: (resource, context) => {
    const off = textAt(resource.properties, 'MaintenanceOptions.AutoRecovery') === 'disabled';
    const zones = zonesOf(context.app, valueAt(resource.properties, 'SubnetId')).zones;
    const backup = context.backups.of(resource);
    const restore = context.restore(resource, restores.volume);
    const ways: Way[] = [
      off
        ? byHand(['lost-instance'], 'is started again from its image', [steps.instanceByHand])
        : byItself(['lost-instance'], 'is moved to another host with its volumes', [steps.instanceRecovers]),
      byHand(['software-fault'], 'is restarted or repaired on the machine', [rollback(context.inputs)]),
      byHand(
        ['lost-zone'],
        'is started from its image in another zone; what its disk held is gone',
        [steps.instanceByHand],
        'all-data',
        [losses.noCopy],
      ),
      byHand(['bad-deploy'], 'is put back by hand on the machine', [rollback(context.inputs)]),
    ];
    if (backup !== undefined) {
      const basis = {
        figure: `${backup.plan} backs up every ${backup.everySeconds / 3_600} h`,
        source: backup.plan,
        assumed: false,
      };
      ways.push(
        byHand(['lost-zone', 'deleted'], 'is restored from its backup', [restore], backup.everySeconds, [
          basis,
        ]),
      );
      if (backup.copiesTo.length > 0)
        ways.push(
          byHand(
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
      ways.push({
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
      ways,
      doubts: isUnresolved(protectedFlag) ? [{ for: ['deleted'], what: protectedFlag.reason }] : [],
      copies: 1,
      zones: zones.length > 0 ? zones : listAt(resource.properties, 'AvailabilityZone').map(String),
    };
  },
};

const unfeltDelete: Way = {
  for: ['deleted'],
  how: 'refuses to be terminated',
  steps: [],
  person: false,
  loses: null,
  lossBasis: [],
};
