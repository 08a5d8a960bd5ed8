import type { LogGroupClass } from '@aws-sdk/client-cloudwatch-logs';
import { required } from '../../../invoke.ts';
import { retag, type Tag } from '../../../resource-tags.ts';
import { type Invoke, resourceType } from '../../../service.ts';

interface LogGroupProperties {
  readonly LogGroupName?: string;
  readonly RetentionInDays?: number;
  readonly KmsKeyId?: string;
  readonly LogGroupClass?: LogGroupClass;
  readonly DeletionProtectionEnabled?: boolean;
  readonly Tags?: readonly Tag[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html */
export const logGroup = resourceType<LogGroupProperties>({
  type: 'AWS::Logs::LogGroup',
  mode: 'live',
  honoured: ['LogGroupName', 'RetentionInDays', 'DeletionProtectionEnabled', 'Tags'],
  kept: {
    KmsKeyId: 'kept and answered: encryption at rest shows nowhere else',
    LogGroupClass:
      'kept and answered: the classes differ in price and in features that are refused here anyway',
  },
  find: ({ properties: p, invoke, uniqueName }) => read(invoke, p.LogGroupName ?? uniqueName(512)),
  async create({ properties: p, invoke, uniqueName, tags }) {
    const logGroupName = p.LogGroupName ?? uniqueName(512);
    await invoke('logs', 'CreateLogGroup', {
      logGroupName,
      ...(Object.keys(tags).length > 0 ? { tags } : {}),
      kmsKeyId: p.KmsKeyId,
      logGroupClass: p.LogGroupClass,
      deletionProtectionEnabled: p.DeletionProtectionEnabled ?? false,
    });
    if (p.RetentionInDays !== undefined)
      await invoke('logs', 'PutRetentionPolicy', {
        logGroupName,
        retentionInDays: p.RetentionInDays,
      });
    return required(await read(invoke, logGroupName), 'logGroups[0]');
  },
  async update({
    properties: p,
    previous,
    physicalId: logGroupName,
    previousAttributes,
    invoke,
    tags,
    previousTags,
  }) {
    if (p.RetentionInDays === undefined) await invoke('logs', 'DeleteRetentionPolicy', { logGroupName });
    else
      await invoke('logs', 'PutRetentionPolicy', {
        logGroupName,
        retentionInDays: p.RetentionInDays,
      });
    if ((p.DeletionProtectionEnabled ?? false) !== (previous.DeletionProtectionEnabled ?? false))
      await invoke('logs', 'PutLogGroupDeletionProtection', {
        logGroupIdentifier: logGroupName,
        deletionProtectionEnabled: p.DeletionProtectionEnabled ?? false,
      });
    const resourceArn = String(previousAttributes.Arn).replace(/:\*$/, '');
    await retag(tags, previousTags, {
      remove: (tagKeys) => invoke('logs', 'UntagResource', { resourceArn, tagKeys }),
      set: (tags) => invoke('logs', 'TagResource', { resourceArn, tags }),
    });
    return { physicalId: logGroupName, attributes: previousAttributes };
  },
  gone: ['ResourceNotFoundException'],
  async delete({ physicalId: logGroupName, invoke }) {
    await invoke('logs', 'DeleteLogGroup', { logGroupName });
  },
});

async function read(invoke: Invoke, logGroupName: string) {
  const { logGroups } = await invoke('logs', 'DescribeLogGroups', { logGroupNamePrefix: logGroupName });
  const found = logGroups?.find((group) => group.logGroupName === logGroupName);
  return found && { physicalId: logGroupName, attributes: { Arn: found.arn } };
}
