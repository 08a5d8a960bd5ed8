/** Aurora, Neptune and DocumentDB clusters: storage over three zones, instances on top. Also RDS Multi-AZ clusters. */
import { flagAt, isUnresolved, numberAt, type Resource, textAt } from '../../../architecture/index.ts';
import { losses, restores, steps } from '../figures.ts';
import type { ComponentModel, Context, Doubt, Way } from '../model.ts';
import { another } from '../serving.ts';
import { fromBackupPlans, guarded, noCopyOf } from '../stored.ts';
import { byHand, byItself, doubt } from '../ways.ts';
import { zonesOf } from '../zones.ts';

const instanceTypes = /^AWS::(RDS|DocDB|Neptune)::DBInstance$/;

export const auroraCluster: ComponentModel = {
  types: ['AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'],
  read: (resource, context) => {
    const doubts: Doubt[] = [];
    const instances = resource.usedBy.map(({ to }) => to).filter(({ type }) => instanceTypes.test(type));
    const members = [resource, ...new Set(instances)];
    const engine = textAt(resource.properties, 'Engine') ?? '';
    // A Multi-AZ DB cluster (mysql, postgres) makes its two readable standbys itself.
    const isMultiAz =
      resource.type === 'AWS::RDS::DBCluster' && (engine === 'mysql' || engine === 'postgres');
    // Aurora Serverless v1 is one instance that AWS moves.
    const copies = isMultiAz ? 3 : Math.max(1, members.length - 1);
    const days = numberAt(resource.properties, 'BackupRetentionPeriod');
    if (isUnresolved(days))
      doubts.push(doubt(['software-fault'], `${resource.name}/BackupRetentionPeriod`, days));
    const restore = context.restore(resource, restores.aurora);
    const ways: Way[] = [
      noCopyOf(['software-fault']),
      byItself(
        ['lost-instance', 'lost-zone'],
        'gets a new writer on the same storage',
        [steps.auroraRecreated],
        null,
        [losses.sixCopies],
      ),
      byHand(['software-fault'], 'is restored to a point in time into a new cluster', [restore], 300, [
        losses.auroraPoint,
      ]),
      ...(copies > 1 ? [reader] : []),
      ...fromBackupPlans(resource, context, restores.aurora, ['deleted']),
      ...deletionWays(resource, context, doubts),
    ];
    const global = globalOf(resource);
    if (global !== undefined) ways.push(globalDatabase(global.id));
    const { zones } = zonesOf(context.app, resource.properties.DBSubnetGroupName);
    return {
      kind: 'database',
      label: labelOf(resource),
      data: 'kept',
      ways,
      doubts,
      members,
      copies,
      // One writer without a reader runs in one zone, whatever the subnets are.
      ...(copies === 1
        ? { zones: zones.slice(0, 1).length > 0 ? zones.slice(0, 1) : ['one zone'] }
        : { zones }),
    };
  },
};

export const reader: Way = another(['lost-instance', 'lost-zone'], 'instance', [steps.auroraFailover]);

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

export const globalDatabase = (where: string): Way =>
  byHand(
    ['lost-region'],
    `has a replica in another region (${where}) that a person promotes`,
    [steps.promoteRegion, steps.switchRegion],
    1,
    [losses.globalDatabase],
  );

function deletionWays(resource: Resource, context: Context, doubts: Doubt[]): Way[] {
  const ways: Way[] = [];
  const flag = flagAt(resource.properties, 'DeletionProtection');
  if (isUnresolved(flag)) doubts.push(doubt(['deleted'], `${resource.name}/DeletionProtection`, flag));
  if (flag === true) ways.push(guarded(`${resource.id}/Properties/DeletionProtection`));
  if (resource.node.deletionPolicy === 'Snapshot')
    ways.push(
      byHand(
        ['deleted'],
        'is restored from the final snapshot that CloudFormation takes (someone who deletes it past the stack must ask for one)',
        [context.restore(resource, restores.aurora)],
        null,
        [{ figure: 'DeletionPolicy Snapshot', source: `${resource.id}/DeletionPolicy`, assumed: false }],
      ),
    );
  return ways;
}

/** Instances of a cluster are read with it; one whose cluster is elsewhere stands for nothing that can be told. */
export const clusterInstance: ComponentModel = {
  types: ['AWS::DocDB::DBInstance', 'AWS::Neptune::DBInstance'],
  read: () => undefined,
};
