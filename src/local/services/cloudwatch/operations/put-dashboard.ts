import { operation, thrownBy } from '../../../service.ts';
import { access, type CloudWatchContext, dashboardArn, putTags } from '../context.ts';
import { checkBody, dashboardsOf } from '../dashboards.ts';
import { invalid } from '../errors.ts';

export const putDashboard = (context: CloudWatchContext) =>
  operation('cloudwatch', 'PutDashboard', {
    accepts: 'all',
    access: ({ DashboardName }, call) => access('PutDashboard', dashboardArn(context, DashboardName), call),
    *problems({ DashboardName: name = '', DashboardBody: body = '' }) {
      if (!/^[A-Za-z0-9_-]{1,255}$/.test(name))
        yield invalid(`The value ${name} for parameter DashboardName is invalid.`);
      yield* thrownBy(() => checkBody(body));
    },
    handle({ DashboardName: name = '', DashboardBody: body = '', Tags }) {
      dashboardsOf(context.env).put(name, { name, body, modifiedAt: context.env.clock.now() });
      putTags(context.env, dashboardArn(context, name), Tags);
      return { DashboardValidationMessages: [] };
    },
  });
