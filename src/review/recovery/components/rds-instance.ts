/** RDS instances that stand alone; those of a cluster are parts of the cluster. */
import {
  flagAt,
  isUnresolved,
  numberAt,
  type Resource,
  textAt,
  valueAt,
} from '../../../architecture/index.ts';
import { losses, restores, steps } from '../figures.ts';
import type { ComponentModel, Context, Doubt, Way } from '../model.ts';
import { fromBackupPlans, guarded, noCopyOf } from '../stored.ts';
import { byHand, byItself, doubt } from '../ways.ts';
import { zonesOf } from '../zones.ts';

export const rdsInstance: ComponentModel = {
  types: ['AWS::RDS::DBInstance'],
  read: (resource, context) => {
    if (valueAt(resource.properties, 'DBClusterIdentifier') !== undefined) return undefined;
    const doubts: Doubt[] = [];
    const flag = (path: string, scenarios: Doubt['for']): boolean => {
      const value = flagAt(resource.properties, path);
      if (isUnresolved(value)) doubts.push(doubt(scenarios, `${resource.name}/${path}`, value));
      return value === true;
    };
    const multi = flag('MultiAZ', ['lost-instance', 'lost-zone']);
    const days = numberAt(resource.properties, 'BackupRetentionPeriod') ?? 1;
    if (isUnresolved(days))
      doubts.push(
        doubt(['software-fault', 'lost-zone', 'deleted'], `${resource.name}/BackupRetentionPeriod`, days),
      );
    const ways: Way[] = [
      byItself(['lost-instance'], 'is put on another host with the same volume', [steps.rdsHost]),
      noCopyOf(['software-fault', 'lost-zone']),
      ...(multi ? [standby] : []),
      ...(typeof days === 'number' && days > 0 ? automatedBackups(resource, context) : []),
      ...fromBackupPlans(resource, context, restores.rds, ['software-fault', 'lost-zone', 'deleted']),
    ];
    if (resource.node.deletionPolicy === 'Snapshot') ways.push(finalSnapshot(resource, context));
    if (flag('DeletionProtection', ['deleted']))
      ways.push(guarded(`${resource.id}/Properties/DeletionProtection`));
    const zone = textAt(resource.properties, 'AvailabilityZone');
    const subnets = zonesOf(context.app, valueAt(resource.properties, 'DBSubnetGroupName')).zones;
    return {
      kind: 'database',
      label: 'RDS database',
      data: 'kept',
      ways,
      doubts,
      copies: multi ? 2 : 1,
      zones: multi
        ? subnets.length > 1
          ? subnets.slice(0, 2)
          : ['one zone', 'another zone']
        : [typeof zone === 'string' ? zone : 'one zone'],
    };
  },
};

export const standby: Way = byItself(
  ['lost-instance', 'lost-zone'],
  'fails over to the standby in another zone',
  [steps.rdsFailover],
  null,
  [losses.synchronous],
);

export const automatedBackups = (resource: Resource, context: Context): Way[] => {
  const restore = context.restore(resource, restores.rds);
  const point = byHand(
    ['software-fault', 'lost-zone'],
    'is restored to a point in time into a new instance',
    [restore],
    300,
    [losses.rdsPoint],
  );
  return flagAt(resource.properties, 'DeleteAutomatedBackups') === false
    ? [
        point,
        byHand(['deleted'], 'is restored from its retained automated backups', [restore], 300, [
          losses.rdsPoint,
        ]),
      ]
    : [point];
};

const finalSnapshot = (resource: Resource, context: Context): Way =>
  byHand(
    ['deleted'],
    'is restored from the final snapshot that CloudFormation takes (someone who deletes it past the stack must ask for one)',
    [context.restore(resource, restores.rds)],
    null,
    [{ figure: 'DeletionPolicy Snapshot', source: `${resource.id}/DeletionPolicy`, assumed: false }],
  );
