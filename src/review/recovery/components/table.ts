/** DynamoDB tables and global tables. */
import { flagAt, isUnresolved, listAt, type Resource, textAt, valueAt } from '../../../architecture/index.ts';
import { losses, restores, spread } from '../figures.ts';
import type { ComponentModel, Context, Doubt, Way } from '../model.ts';
import { fromBackupPlans, guarded, noCopyOf } from '../stored.ts';
import { byHand, byItself, doubt, unfelt } from '../ways.ts';

export const table: ComponentModel = {
  types: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable', 'AWS::Serverless::SimpleTable'],
  read: (resource, context) => {
    const replicas = listAt(resource.properties, 'Replicas');
    const here =
      replicas.find((replica) => textAt(replica, 'Region') === resource.inStack.region) ??
      (replicas.length > 0 ? replicas[0] : resource.properties);
    const doubts: Doubt[] = [];
    const known = (path: string, scenarios: Doubt['for']): boolean => {
      const flag = flagAt(here, path);
      if (isUnresolved(flag)) doubts.push(doubt(scenarios, `${resource.name}/${path}`, flag));
      return flag === true;
    };
    const point = known('PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled', [
      'software-fault',
      'deleted',
    ]);
    const ways: Way[] = [
      unfelt(['lost-instance', 'lost-zone'], 'keeps every item in three zones', spread.dynamodb),
      noCopyOf(['software-fault']),
      ...(point ? pointInTime(resource, context) : []),
      ...fromBackupPlans(resource, context, restores.dynamodb, ['software-fault', 'deleted']),
    ];
    if (known('DeletionProtectionEnabled', ['deleted']))
      ways.push(guarded(`${resource.id}/Properties/DeletionProtectionEnabled`));
    const elsewhere = replicas
      .map((replica) => textAt(replica, 'Region'))
      .filter((region) => typeof region === 'string' && region !== resource.inStack.region);
    if (elsewhere.length > 0) ways.push(replicated(elsewhere.join(', ')));
    if (valueAt(resource.properties, 'GlobalTableWitnesses') !== undefined && elsewhere.length === 0)
      doubts.push({ for: ['lost-region'], what: `${resource.name}/GlobalTableWitnesses is not modelled` });
    return { kind: 'database', label: 'DynamoDB table', data: 'kept', ways, doubts };
  },
};

export const pointInTime = (resource: Resource, context: Context): Way[] => {
  const restore = context.restore(resource, restores.dynamodb);
  return [
    byHand(['software-fault'], 'is restored to the second before the fault', [restore], 300, [
      losses.dynamodbPoint,
    ]),
    byHand(
      ['deleted'],
      'is restored from the system backup of the moment before it was deleted',
      [restore],
      null,
      [losses.dynamodbSystemBackup],
    ),
  ];
};

export const replicated = (regions: string): Way =>
  byItself(['lost-region'], `has a replica in ${regions} that takes reads and writes`, [], 1, [
    losses.globalTable,
  ]);
