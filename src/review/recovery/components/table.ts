/** DynamoDB tables and global tables. */
import { flagAt, isUnresolved, listAt, type Resource, textAt, valueAt } from '../../../architecture/index.ts';
import { losses, restores, severalZones } from '../figures.ts';
import type { ComponentModel, Context, Doubt, RecoveryOption } from '../model.ts';
import { automatic, doubtOf, manual, unaffected } from '../options.ts';
import { optionsOfBackupPlans, protectedFromDeletion, withoutCopy } from '../stored-data.ts';

export const table: ComponentModel = {
  types: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable', 'AWS::Serverless::SimpleTable'],
  read: (resource, context) => {
    const replicas = listAt(resource.properties, 'Replicas');
    const here =
      replicas.find((replica) => textAt(replica, 'Region') === resource.inStack.region) ??
      (replicas.length > 0 ? replicas[0] : resource.properties);
    const doubts: Doubt[] = [];
    const known = (path: string, scenarios: Doubt['scenarios']): boolean => {
      const flag = flagAt(here, path);
      if (isUnresolved(flag)) doubts.push(doubtOf(scenarios, `${resource.name}/${path}`, flag));
      return flag === true;
    };
    const point = known('PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled', [
      'software-fault',
      'deleted',
    ]);
    const options: RecoveryOption[] = [
      unaffected(['lost-instance', 'lost-zone'], 'keeps every item in three zones', severalZones.dynamodb),
      withoutCopy(['software-fault']),
      ...(point ? pointInTime(resource, context) : []),
      ...optionsOfBackupPlans(resource, context, restores.dynamodb, ['software-fault', 'deleted']),
    ];
    if (known('DeletionProtectionEnabled', ['deleted']))
      options.push(protectedFromDeletion(`${resource.id}/Properties/DeletionProtectionEnabled`));
    const elsewhere = replicas
      .map((replica) => textAt(replica, 'Region'))
      .filter((region) => typeof region === 'string' && region !== resource.inStack.region);
    if (elsewhere.length > 0) options.push(replicated(elsewhere.join(', ')));
    if (valueAt(resource.properties, 'GlobalTableWitnesses') !== undefined && elsewhere.length === 0)
      doubts.push({
        scenarios: ['lost-region'],
        what: `${resource.name}/GlobalTableWitnesses is not modelled`,
      });
    return { kind: 'database', label: 'DynamoDB table', data: 'kept', options, doubts };
  },
};

export const pointInTime = (resource: Resource, context: Context): RecoveryOption[] => {
  const restore = context.restore(resource, restores.dynamodb);
  return [
    manual(['software-fault'], 'is restored to the second before the fault', [restore], 300, [
      losses.dynamodbPoint,
    ]),
    manual(
      ['deleted'],
      'is restored from the system backup of the moment before it was deleted',
      [restore],
      null,
      [losses.dynamodbSystemBackup],
    ),
  ];
};

export const replicated = (regions: string): RecoveryOption =>
  automatic(['lost-region'], `has a replica in ${regions} that takes reads and writes`, [], 1, [
    losses.globalTable,
  ]);
