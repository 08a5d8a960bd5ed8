import { AwsError, operation } from '../../../service.ts';
import { access, type CloudWatchContext, dashboardArn } from '../context.ts';
import { dashboardsOf } from '../dashboards.ts';

export const getDashboard = (context: CloudWatchContext) =>
  operation('cloudwatch', 'GetDashboard', {
    accepts: 'all',
    access: ({ DashboardName }, call) => access('GetDashboard', dashboardArn(context, DashboardName), call),
    handle({ DashboardName = '' }) {
      const found = dashboardsOf(context.env).get(DashboardName);
      if (!found)
        throw new AwsError('DashboardNotFoundError', `Dashboard ${DashboardName} does not exist.`, 404);
      return { DashboardName, DashboardArn: dashboardArn(context, DashboardName), DashboardBody: found.body };
    },
  });
