import { parseArn } from '../../../core/arn.ts';
import { AwsError } from '../../service.ts';
import { type CloudWatchContext, dashboardArn } from './context.ts';
import { dashboardsOf } from './dashboards.ts';

/** Alarms and dashboards carry tags. @returns the ARN */
export function checkTaggable(context: CloudWatchContext, arn: string | undefined): string {
  const [, kind, name = ''] = /^(alarm|dashboard)[:/](.+)$/s.exec(parseArn(arn)?.resource ?? '') ?? [];
  const known =
    kind === 'alarm'
      ? context.alarms.get(name)?.arn
      : kind === 'dashboard' && dashboardsOf(context.env).has(name)
        ? dashboardArn(context, name)
        : undefined;
  if (arn === undefined || known !== arn)
    throw new AwsError('ResourceNotFoundException', `The resource ${arn} does not exist.`, 404);
  return arn;
}
