import { resourceType } from '../../../service.ts';

interface LogGroupProperties {
  readonly LogGroupName?: string;
  readonly RetentionInDays?: number | string;
  readonly KmsKeyId?: string;
  readonly LogGroupClass?: string;
  readonly DeletionProtectionEnabled?: boolean | string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
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
      tags: { ...stackTags, ...tagsOf(p) },
      kmsKeyId: p.KmsKeyId,
      logGroupClass: p.LogGroupClass,
      deletionProtectionEnabled: String(p.DeletionProtectionEnabled) === 'true',
    });
    const { logGroups } = await invoke<{ logGroups: { logGroupName: string; arn: string }[] }>(
      'logs',
      'DescribeLogGroups',
      { logGroupNamePrefix: logGroupName },
    );
    const found = logGroups.find((group) => group.logGroupName === logGroupName);
    if (p.RetentionInDays !== undefined)
      await invoke('logs', 'PutRetentionPolicy', {
        logGroupName,
        retentionInDays: Number(p.RetentionInDays),
      });
    return { physicalId: logGroupName, attributes: { Arn: found?.arn } };
  },
  async update({ properties: p, previous, physicalId: logGroupName, previousAttributes, invoke }) {
    if (p.RetentionInDays === undefined) await invoke('logs', 'DeleteRetentionPolicy', { logGroupName });
    else
      await invoke('logs', 'PutRetentionPolicy', {
        logGroupName,
        retentionInDays: Number(p.RetentionInDays),
      });
    if (String(p.DeletionProtectionEnabled ?? false) !== String(previous.DeletionProtectionEnabled ?? false))
      await invoke('logs', 'PutLogGroupDeletionProtection', {
        logGroupIdentifier: logGroupName,
        deletionProtectionEnabled: String(p.DeletionProtectionEnabled) === 'true',
      });
    const resourceArn = String(previousAttributes.Arn).replace(/:\*$/, '');
    const tags = tagsOf(p);
    const tagKeys = Object.keys(tagsOf(previous)).filter((key) => tags[key] === undefined);
    if (tagKeys.length > 0) await invoke('logs', 'UntagResource', { resourceArn, tagKeys });
    if (Object.keys(tags).length > 0) await invoke('logs', 'TagResource', { resourceArn, tags });
    return { physicalId: logGroupName, attributes: previousAttributes };
  },
  async delete({ physicalId: logGroupName, invoke }) {
    await invoke('logs', 'DeleteLogGroup', { logGroupName }).catch((error: unknown) => {
      if ((error as Error).name !== 'ResourceNotFoundException') throw error;
    });
  },
});

const tagsOf = (p: LogGroupProperties): Record<string, string> =>
  Object.fromEntries((p.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
