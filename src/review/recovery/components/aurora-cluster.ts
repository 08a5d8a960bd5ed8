/** Aurora, Neptune and DocumentDB clusters: storage over three zones, instances on top. Also RDS Multi-AZ clusters. */
import {
  flagAt,
  isUnresolved,
  numberAt,
  partsOf,
  type Resource,
  subnetIdsOf,
  textAt,
} from '../../../architecture/index.ts';
import { losses, restores, steps } from '../figures.ts';
import type { ComponentModel, Context, Doubt, RecoveryOption } from '../model.ts';
import { automatic, doubtOf, manual } from '../options.ts';
import { anotherCopy } from '../running-copies.ts';
import { optionsOfBackupPlans, protectedFromDeletion, withoutCopy } from '../stored-data.ts';
import { zonesOf } from '../zones.ts';

export const auroraCluster: ComponentModel = {
  types: ['AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'],
  read: (resource, context) => {
    const doubts: Doubt[] = [];
    const members = [resource, ...partsOf(context.app, resource)];
    const engine = textAt(resource.properties, 'Engine') ?? '';
    // A Multi-AZ DB cluster (mysql, postgres) comes with two readable standbys.
    const isMultiAz =
      resource.type === 'AWS::RDS::DBCluster' && (engine === 'mysql' || engine === 'postgres');
    // Aurora Serverless v1 has one instance, which AWS replaces.
    const copies = isMultiAz ? 3 : Math.max(1, members.length - 1);
    const days = numberAt(resource.properties, 'BackupRetentionPeriod');
    if (isUnresolved(days))
      doubts.push(doubtOf(['software-fault'], `${resource.name}/BackupRetentionPeriod`, days));
    const restore = context.restore(resource, restores.aurora);
    const options: RecoveryOption[] = [
      withoutCopy(['software-fault']),
      automatic(
        ['lost-instance', 'lost-zone'],
        'gets a new writer on the same storage',
        [steps.auroraRecreated],
        null,
        [losses.sixCopies],
      ),
      manual(['software-fault'], 'is restored to a point in time into a new cluster', [restore], 300, [
        losses.auroraPoint,
      ]),
      ...(copies > 1 ? [reader] : []),
      ...optionsOfBackupPlans(resource, context, restores.aurora, ['deleted']),
      ...deletionOptions(resource, context, doubts),
    ];
    const global = globalOf(resource);
    if (global !== undefined) options.push(globalDatabase(global.id));
    const { zones } = zonesOf(context.app, subnetIdsOf(resource));
    return {
      kind: 'database',
      label: labelOf(resource),
      data: 'kept',
      options,
      doubts,
      members,
      copies,
      // A writer without a reader runs in one zone, however many zones the subnets are in.
      ...(copies === 1
        ? { zones: zones.slice(0, 1).length > 0 ? zones.slice(0, 1) : ['one zone'] }
        : { zones }),
    };
  },
};

export const reader: RecoveryOption = anotherCopy(['lost-instance', 'lost-zone'], 'instance', [
  steps.auroraFailover,
]);

const labelOf = ({ type }: Resource): string =>
  type.includes('DocDB')
    ? 'DocumentDB cluster'
    : type.includes('Neptune')
      ? 'Neptune cluster'
      : 'Aurora cluster';

/** A cluster of another region in the same global cluster. */
function globalOf(resource: Resource): Resource | undefined {
  const global = [...resource.uses, ...resource.usedBy]
    .map(({ to }) => to)
    .find(({ type }) => type === 'AWS::RDS::GlobalCluster' || type === 'AWS::DocDB::GlobalCluster');
  const others = [...(global?.usedBy ?? []), ...(global?.uses ?? [])]
    .map(({ to }) => to)
    .filter((to) => to.type === resource.type && to.inStack.region !== resource.inStack.region);
  return others[0];
}

export const globalDatabase = (where: string): RecoveryOption =>
  manual(
    ['lost-region'],
    `has a replica in another region (${where}) that a person promotes`,
    [steps.promoteRegion, steps.switchRegion],
    1,
    [losses.globalDatabase],
  );

function deletionOptions(resource: Resource, context: Context, doubts: Doubt[]): RecoveryOption[] {
  const options: RecoveryOption[] = [];
  const flag = flagAt(resource.properties, 'DeletionProtection');
  if (isUnresolved(flag)) doubts.push(doubtOf(['deleted'], `${resource.name}/DeletionProtection`, flag));
  if (flag === true) options.push(protectedFromDeletion(`${resource.id}/Properties/DeletionProtection`));
  if (resource.node.deletionPolicy === 'Snapshot')
    options.push(
      manual(
        ['deleted'],
        'is restored from the final snapshot that CloudFormation takes (someone who deletes it past the stack must ask for one)',
        [context.restore(resource, restores.aurora)],
        null,
        [{ figure: 'DeletionPolicy Snapshot', source: `${resource.id}/DeletionPolicy`, assumed: false }],
      ),
    );
  return options;
}

/** Instances are members of their cluster's component; when the cluster is not in the template there is no component. */
export const clusterInstance: ComponentModel = {
  types: ['AWS::DocDB::DBInstance', 'AWS::Neptune::DBInstance'],
  read: () => undefined,
};
