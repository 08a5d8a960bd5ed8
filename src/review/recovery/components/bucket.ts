/** S3 buckets. */
import { flagAt, isUnresolved, listAt, type Resource, textAt, valueAt } from '../../../architecture/index.ts';
import { losses, restores, severalZones, steps } from '../figures.ts';
import type { ComponentModel, Context, RecoveryInputs, RecoveryOption } from '../model.ts';
import { manual, rollback, unaffected } from '../options.ts';
import { isRetained, optionsOfBackupPlans, retainedText, withoutCopy } from '../stored-data.ts';

export const bucket: ComponentModel = {
  types: ['AWS::S3::Bucket'],
  read: (resource, context) => {
    const status = textAt(resource.properties, 'VersioningConfiguration.Status');
    const onlyFilled = isFilledByDeployment(resource);
    const isLogs = isForLogs(resource);
    const options: RecoveryOption[] = [
      unaffected(
        ['lost-instance', 'lost-zone'],
        'keeps every object in at least three zones',
        severalZones.s3,
      ),
      withoutCopy(['software-fault']),
      ...optionsOfBackupPlans(resource, context, restores.bucket, ['software-fault', 'deleted']),
    ];
    if (status === 'Enabled') options.push(...versioned(resource));
    if (flagAt(resource.properties, 'ObjectLockEnabled') === true) options.push(locked(resource));
    for (const region of replicatedTo(resource)) options.push(...replicatedBucket(region, resource, context));
    return {
      kind: isLogs ? 'logs' : 'object-store',
      label: isLogs ? 'bucket of logs' : onlyFilled ? 'bucket of the page' : 'bucket',
      // Objects that a deployment uploads, or logs, can be made again.
      data: onlyFilled || isLogs ? 'rebuildable' : 'kept',
      options:
        onlyFilled || isLogs
          ? options.filter((option) => option.loses !== 'all-data').concat(refilled(context.inputs))
          : options,
      doubts: isUnresolved(status)
        ? [
            {
              scenarios: ['software-fault', 'deleted'],
              what: `${resource.name}/VersioningConfiguration: ${status.reason}`,
            },
          ]
        : [],
    };
  },
};

const refilled = (inputs: RecoveryInputs): RecoveryOption =>
  manual(['software-fault'], 'is filled again by deploying the previous version', [rollback(inputs)]);

/** Custom::S3AutoDeleteObjects deletes all objects and their versions before the stack deletes the bucket. */
const emptiesItself = (resource: Resource): boolean =>
  resource.usedBy.some(({ to }) => to.type === 'Custom::S3AutoDeleteObjects');

function versioned(resource: Resource): RecoveryOption[] {
  const source = `${resource.id}/Properties/VersioningConfiguration`;
  const basis = { ...losses.versions, figure: `versioning: ${losses.versions.figure}` };
  const options = [
    manual(['software-fault'], 'keeps earlier versions, which a person copies back', [steps.undelete], null, [
      basis,
    ]),
  ];
  if (!emptiesItself(resource) || isRetained(resource))
    options.push(
      manual(
        ['deleted'],
        isRetained(resource)
          ? retainedText(resource)
          : 'cannot be deleted while objects or versions are in it, and deleted objects keep their versions',
        [steps.undelete],
        null,
        [{ figure: 'a bucket must be empty to be deleted', source, assumed: false }, basis],
      ),
    );
  return options;
}

const locked = (resource: Resource): RecoveryOption =>
  unaffected(['deleted'], 'locks its objects against deletion', {
    figure: 'object lock is on',
    source: `${resource.id}/Properties/ObjectLockEnabled`,
    assumed: false,
  });

function replicatedTo(resource: Resource): string[] {
  const rules = listAt(resource.properties, 'ReplicationConfiguration.Rules');
  const targets = rules.flatMap((rule) => {
    if (textAt(rule, 'Status') !== 'Enabled') return [];
    const target = textAt(rule, 'Destination.Bucket');
    return typeof target === 'string' ? [target] : [];
  });
  return [...new Set(targets)];
}

export const replicatedBucket = (where: string, resource: Resource, context: Context): RecoveryOption[] => [
  manual(['lost-region'], `has its objects in ${where} too`, [steps.switchRegion], 900, [losses.replication]),
  manual(['deleted'], `is filled again from ${where}`, [context.restore(resource, restores.bucket)], 900, [
    losses.replication,
  ]),
];

/** A deployment (BucketDeployment) uploads its objects, and nothing else may write to it. */
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
