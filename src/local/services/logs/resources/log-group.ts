import type { LogGroupClass } from '@aws-sdk/client-cloudwatch-logs';
import { retag, type Tag, tagMap } from '../../../resource-tags.ts';
import { resourceType } from '../../../service.ts';

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
  async create({ properties: p, invoke, uniqueName, stackTags }) {
    const logGroupName = p.LogGroupName ?? uniqueName(512);
    await invoke('logs', 'CreateLogGroup', {
      logGroupName,
      tags: tagMap(p.Tags, stackTags),
      kmsKeyId: p.KmsKeyId,
      logGroupClass: p.LogGroupClass,
      deletionProtectionEnabled: p.DeletionProtectionEnabled ?? false,
    });
    const { logGroups = [] } = await invoke('logs', 'DescribeLogGroups', {
      logGroupNamePrefix: logGroupName,
    });
    const found = logGroups.find((group) => group.logGroupName === logGroupName);
    if (p.RetentionInDays !== undefined)
      await invoke('logs', 'PutRetentionPolicy', {
        logGroupName,
        retentionInDays: p.RetentionInDays,
      });
    return { physicalId: logGroupName, attributes: { Arn: found?.arn } };
  },
  async update({ properties: p, previous, physicalId: logGroupName, previousAttributes, invoke }) {
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
    await retag(p.Tags, previous.Tags, {
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
