/** S3 buckets. */
import { flagAt, isUnresolved, listAt, type Resource, textAt, valueAt } from '../../../architecture/index.ts';
import { losses, restores, spread, steps } from '../figures.ts';
import type { ComponentModel, Context, RecoveryInputs, Way } from '../model.ts';
import { fromBackupPlans, keepByPolicyText, keeps, noCopyOf } from '../stored.ts';
import { byHand, rollback, unfelt } from '../ways.ts';

export const bucket: ComponentModel = {
  types: ['AWS::S3::Bucket'],
  read: (resource, context) => {
    const status = textAt(resource.properties, 'VersioningConfiguration.Status');
    const onlyFilled = isFilledByDeployment(resource);
    const isLogs = isForLogs(resource);
    const ways: Way[] = [
      unfelt(['lost-instance', 'lost-zone'], 'keeps every object in at least three zones', spread.s3),
      noCopyOf(['software-fault']),
      ...fromBackupPlans(resource, context, restores.bucket, ['software-fault', 'deleted']),
    ];
    if (status === 'Enabled') ways.push(...versioned(resource));
    if (flagAt(resource.properties, 'ObjectLockEnabled') === true) ways.push(locked(resource));
    for (const region of replicatedTo(resource)) ways.push(...replicatedBucket(region, resource, context));
    return {
      kind: isLogs ? 'logs' : 'object-store',
      label: isLogs ? 'bucket of logs' : onlyFilled ? 'bucket of the page' : 'bucket',
      // What a deployment puts there, another deployment puts there again.
      data: onlyFilled || isLogs ? 'rebuildable' : 'kept',
      ways:
        onlyFilled || isLogs
          ? ways.filter((way) => way.loses !== 'all-data').concat(refilled(context.inputs))
          : ways,
      doubts: isUnresolved(status)
        ? [
            {
              for: ['software-fault', 'deleted'],
              what: `${resource.name}/VersioningConfiguration: ${status.reason}`,
            },
          ]
        : [],
    };
  },
};

const refilled = (inputs: RecoveryInputs): Way =>
  byHand(['software-fault'], 'is filled again by deploying the previous version', [rollback(inputs)]);

/** Custom::S3AutoDeleteObjects empties the bucket, versions and all, before the stack deletes it. */
const emptiesItself = (resource: Resource): boolean =>
  resource.usedBy.some(({ to }) => to.type === 'Custom::S3AutoDeleteObjects');

export function versioned(resource: Resource): Way[] {
  const source = `${resource.id}/Properties/VersioningConfiguration`;
  const basis = { ...losses.versions, figure: `versioning: ${losses.versions.figure}` };
  const ways = [
    byHand(['software-fault'], 'keeps earlier versions, which a person copies back', [steps.undelete], null, [
      basis,
    ]),
  ];
  if (!emptiesItself(resource) || keeps(resource))
    ways.push(
      byHand(
        ['deleted'],
        keeps(resource)
          ? keepByPolicyText(resource)
          : 'cannot be deleted while objects or versions are in it, and deleted objects keep their versions',
        [steps.undelete],
        null,
        [{ figure: 'a bucket must be empty to be deleted', source, assumed: false }, basis],
      ),
    );
  return ways;
}

const locked = (resource: Resource): Way =>
  unfelt(['deleted'], 'locks its objects against deletion', {
    figure: 'object lock is on',
    source: `${resource.id}/Properties/ObjectLockEnabled`,
    assumed: false,
  });

export function replicatedTo(resource: Resource): string[] {
  const rules = listAt(resource.properties, 'ReplicationConfiguration.Rules');
  const targets = rules.flatMap((rule) => {
    if (textAt(rule, 'Status') !== 'Enabled') return [];
    const target = textAt(rule, 'Destination.Bucket');
    return typeof target === 'string' ? [target] : [];
  });
  return [...new Set(targets)];
}

export const replicatedBucket = (where: string, resource: Resource, context: Context): Way[] => [
  byHand(['lost-region'], `has its objects in ${where} too`, [steps.switchRegion], 900, [losses.replication]),
  byHand(['deleted'], `is filled again from ${where}`, [context.restore(resource, restores.bucket)], 900, [
    losses.replication,
  ]),
];

/** Its objects come from a deployment (BucketDeployment), not from users. */
const isFilledByDeployment = (resource: Resource): boolean =>
  resource.usedBy.some(({ to }) => to.type === 'Custom::CDKBucketDeployment') &&
  !resource.usedBy.some(
    ({ to }) =>
      to.type === 'AWS::IAM::Policy' &&
      !/CustomCDKBucketDeployment/.test(to.logicalId) &&
      listAt(to.properties, 'PolicyDocument.Statement').some(
        (statement) =>
          listAt(statement, 'Action').some(
            (action) => typeof action === 'string' && /s3:(Put|\*)/.test(action),
          ) && JSON.stringify(valueAt(statement, 'Resource') ?? '').includes(resource.logicalId),
      ),
  );

const isForLogs = (resource: Resource): boolean =>
  resource.usedBy.length > 0 &&
  resource.usedBy.some(({ path }) =>
    /\/(Logging|LoggingConfiguration|LoadBalancerAttributes|AccessLogSetting)/.test(path),
  );
