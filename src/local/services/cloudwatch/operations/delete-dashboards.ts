import { AwsError, operation } from '../../../service.ts';
import { access, type CloudWatchContext, dashboardArn, tagsOf } from '../context.ts';
import { dashboardsOf } from '../dashboards.ts';

/** Deletes all or none. */
export const deleteDashboards = (context: CloudWatchContext) =>
  operation('cloudwatch', 'DeleteDashboards', {
    accepts: 'all',
    access: ({ DashboardNames = [] }, call) =>
      DashboardNames.flatMap((name) => access('DeleteDashboards', dashboardArn(context, name), call)),
    handle({ DashboardNames = [] }) {
      const dashboards = dashboardsOf(context.env);
      const absent = DashboardNames.find((name) => !dashboards.has(name));
      if (absent !== undefined)
        throw new AwsError('DashboardNotFoundError', `Dashboard ${absent} does not exist.`, 404);
      for (const name of DashboardNames) {
        dashboards.delete(name);
        tagsOf(context.env).delete(dashboardArn(context, name));
      }
      return {};
    },
  });
