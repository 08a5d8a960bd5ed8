/** Backs a store up every hour with AWS Backup, when no plan does already. */
import { restores } from '../figures.ts';
import type { RestoreFigure } from '../model.ts';
import { optionsOfBackup } from '../stored-data.ts';
import { type Change, dataSize, proposalFor } from './model.ts';

interface BackedUpType {
  readonly restore: RestoreFigure;
  readonly priceId: string;
  readonly zones?: true;
}

/** Types that AWS Backup knows: https://docs.aws.amazon.com/aws-backup/latest/devguide/whatisbackup.html */
export const backedUpTypes: Readonly<Record<string, BackedUpType>> = {
  'AWS::DynamoDB::Table': { restore: restores.dynamodb, priceId: 'backup.dynamodb.warm' },
  'AWS::RDS::DBInstance': { restore: restores.rds, priceId: 'backup.rds', zones: true },
  'AWS::RDS::DBCluster': { restore: restores.aurora, priceId: 'aurora.backup' },
  'AWS::DocDB::DBCluster': { restore: restores.aurora, priceId: 'backup.documentdb' },
  'AWS::Neptune::DBCluster': { restore: restores.aurora, priceId: 'backup.neptune' },
  'AWS::EFS::FileSystem': { restore: restores.volume, priceId: 'backup.efs.warm', zones: true },
  'AWS::EC2::Volume': { restore: restores.volume, priceId: 'backup.ebs', zones: true },
  'AWS::EC2::Instance': { restore: restores.volume, priceId: 'backup.ebs', zones: true },
  'AWS::S3::Bucket': { restore: restores.bucket, priceId: 'backup.s3.warm' },
};

export const backupPlan: Change = {
  id: 'backup-plan',
  propose: (component, { context }) => {
    const { resource } = component;
    const type = backedUpTypes[resource.type];
    if (type === undefined || component.data !== 'kept') return undefined;
    const existing = context.backups.of(resource);
    if (existing !== undefined && existing.everySeconds <= 3_600) return undefined;
    const gb = context.dataGb(resource);
    return proposalFor(
      'backup-plan',
      component,
      {
        title: `Back up ${component.resource.name} every hour with AWS Backup`,
        how: "AWS::Backup::BackupPlan with ScheduleExpression 'cron(0 * * * ? *)' and a BackupSelection that names it",
        prices: [
          {
            priceId: type.priceId,
            what: 'backup storage',
            quantity: gb,
            basis: dataSize(gb, context, resource),
          },
        ],
      },
      optionsOfBackup(
        { plan: 'a new plan', everySeconds: 3_600, copiesTo: [] },
        context.restore(resource, type.restore),
        ['software-fault', 'deleted', ...(type.zones ? (['lost-zone'] as const) : [])],
      ),
    );
  },
};
