import { operation } from '../../../service.ts';
import { access, type CloudWatchContext, dashboardArn, putTags } from '../context.ts';
import { checkBody, dashboardsOf } from '../dashboards.ts';
import { invalid } from '../errors.ts';

export const putDashboard = (context: CloudWatchContext) =>
  operation('cloudwatch', 'PutDashboard', {
    accepts: 'all',
    access: ({ DashboardName }, call) => access('PutDashboard', dashboardArn(context, DashboardName), call),
    handle({ DashboardName: name = '', DashboardBody: body = '', Tags }) {
      if (!/^[A-Za-z0-9_-]{1,255}$/.test(name))
        throw invalid(`The value ${name} for parameter DashboardName is invalid.`);
      checkBody(body);
      dashboardsOf(context.env).put(name, { name, body, modifiedAt: context.env.clock.now() });
      putTags(context.env, dashboardArn(context, name), Tags);
      return { DashboardValidationMessages: [] };
    },
  });
