/** RDS instances outside a cluster. Instances of a cluster are members of the cluster's component. */
import {
  flagAt,
  isUnresolved,
  numberAt,
  type Resource,
  subnetIdsOf,
  textAt,
  valueAt,
} from '../../../architecture/index.ts';
import { losses, restores, steps } from '../figures.ts';
import type { ComponentModel, Context, Doubt, RecoveryOption } from '../model.ts';
import { automatic, doubtOf, manual } from '../options.ts';
import { optionsOfBackupPlans, protectedFromDeletion, withoutCopy } from '../stored-data.ts';
import { zonesOf } from '../zones.ts';

export const rdsInstance: ComponentModel = {
  types: ['AWS::RDS::DBInstance'],
  read: (resource, context) => {
    if (valueAt(resource.properties, 'DBClusterIdentifier') !== undefined) return undefined;
    const doubts: Doubt[] = [];
    const flag = (path: string, scenarios: Doubt['scenarios']): boolean => {
      const value = flagAt(resource.properties, path);
      if (isUnresolved(value)) doubts.push(doubtOf(scenarios, `${resource.name}/${path}`, value));
      return value === true;
    };
    const multi = flag('MultiAZ', ['lost-instance', 'lost-zone']);
    const days = numberAt(resource.properties, 'BackupRetentionPeriod') ?? 1;
    if (isUnresolved(days))
      doubts.push(
        doubtOf(['software-fault', 'lost-zone', 'deleted'], `${resource.name}/BackupRetentionPeriod`, days),
      );
    const options: RecoveryOption[] = [
      automatic(['lost-instance'], 'is put on another host with the same volume', [steps.rdsHost]),
      withoutCopy(['software-fault', 'lost-zone']),
      ...(multi ? [standby] : []),
      ...(typeof days === 'number' && days > 0 ? automatedBackups(resource, context) : []),
      ...optionsOfBackupPlans(resource, context, restores.rds, ['software-fault', 'lost-zone', 'deleted']),
    ];
    if (resource.node.deletionPolicy === 'Snapshot') options.push(finalSnapshot(resource, context));
    if (flag('DeletionProtection', ['deleted']))
      options.push(protectedFromDeletion(`${resource.id}/Properties/DeletionProtection`));
    const zone = textAt(resource.properties, 'AvailabilityZone');
    const subnets = zonesOf(context.app, subnetIdsOf(resource)).zones;
    return {
      kind: 'database',
      label: 'RDS database',
      data: 'kept',
      options,
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

export const standby: RecoveryOption = automatic(
  ['lost-instance', 'lost-zone'],
  'fails over to the standby in another zone',
  [steps.rdsFailover],
  null,
  [losses.synchronous],
);

export const automatedBackups = (resource: Resource, context: Context): RecoveryOption[] => {
  const restore = context.restore(resource, restores.rds);
  const point = manual(
    ['software-fault', 'lost-zone'],
    'is restored to a point in time into a new instance',
    [restore],
    300,
    [losses.rdsPoint],
  );
  return flagAt(resource.properties, 'DeleteAutomatedBackups') === false
    ? [
        point,
        manual(['deleted'], 'is restored from its retained automated backups', [restore], 300, [
          losses.rdsPoint,
        ]),
      ]
    : [point];
};

const finalSnapshot = (resource: Resource, context: Context): RecoveryOption =>
  manual(
    ['deleted'],
    'is restored from the final snapshot that CloudFormation takes (someone who deletes it past the stack must ask for one)',
    [context.restore(resource, restores.rds)],
    null,
    [{ figure: 'DeletionPolicy Snapshot', source: `${resource.id}/DeletionPolicy`, assumed: false }],
  );
