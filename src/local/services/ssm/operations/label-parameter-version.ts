import { AwsError, operation } from '../../../service.ts';
import {
  findParameter,
  keepVersion,
  notFound,
  type SsmContext,
  versionNotFound,
  versionsOf,
} from '../context.ts';

const maxLabels = 10;
const isLabel = (label: string) => /^[A-Za-z_][\w.-]{0,99}$/.test(label) && !/^(aws|ssm)/i.test(label);

/** A label moves from the version that has it. https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-labels.html */
export const labelParameterVersion = (context: SsmContext) =>
  operation('ssm', 'LabelParameterVersion', {
    accepts: 'all',
    access: ({ Name = '' }) => ({ action: 'ssm:LabelParameterVersion', resource: context.arn(Name) }),
    handle({ Name = '', ParameterVersion, Labels = [] }) {
      const latest = findParameter(context, Name)?.record;
      if (!latest) throw notFound(Name);
      const version = ParameterVersion ?? latest.version;
      const record = context.versions.get([latest.name, version]);
      if (!record) throw versionNotFound(Name, version);
      const added = Labels.filter(isLabel);
      const labels = [...new Set([...(record.labels ?? []), ...added])];
      if (labels.length > maxLabels)
        throw new AwsError(
          'ParameterVersionLabelLimitExceeded',
          `A parameter version can have a maximum of ${maxLabels} labels.`,
        );
      context.env.store.transaction(() => {
        for (const other of versionsOf(context, latest.name)) {
          const kept = other.labels?.filter((label) => !added.includes(label)) ?? [];
          if (other.version !== version && kept.length < (other.labels?.length ?? 0))
            keepVersion(context, { ...other, labels: kept });
        }
        keepVersion(context, { ...record, labels });
      });
      return { InvalidLabels: Labels.filter((label) => !isLabel(label)), ParameterVersion: version };
    },
  });
