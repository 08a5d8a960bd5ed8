import { AwsError } from '../../service.ts';
import { type CloudWatchContext, dashboardArn } from './context.ts';
import { dashboardsOf } from './dashboards.ts';

/** Alarms and dashboards carry tags. @returns the ARN */
export function checkTaggable(context: CloudWatchContext, arn: string | undefined): string {
  const alarm = arn?.split(':alarm:')[1];
  if (arn !== undefined && alarm !== undefined && context.alarms.get(alarm)?.arn === arn) return arn;
  const dashboard = arn?.split(':dashboard/')[1];
  if (
    arn !== undefined &&
    dashboard !== undefined &&
    dashboardArn(context, dashboard) === arn &&
    dashboardsOf(context.env).has(dashboard)
  )
    return arn;
  throw new AwsError('ResourceNotFoundException', `The resource ${arn} does not exist.`, 404);
}
