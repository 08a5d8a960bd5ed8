import { operation } from '../../../service.ts';
import { type CloudWatchContext, dashboardArn, onNothing, page } from '../context.ts';
import { dashboardsOf } from '../dashboards.ts';

const pageSize = 1000;

export const listDashboards = (context: CloudWatchContext) =>
  operation('cloudwatch', 'ListDashboards', {
    accepts: 'all',
    access: onNothing('ListDashboards'),
    handle({ DashboardNamePrefix = '', NextToken }) {
      const found = [...dashboardsOf(context.env).values()].filter(({ name }) =>
        name.startsWith(DashboardNamePrefix),
      );
      const { items, next } = page(found, NextToken, pageSize);
      return {
        DashboardEntries: items.map(({ name, body, modifiedAt }) => ({
          DashboardName: name,
          DashboardArn: dashboardArn(context, name),
          LastModified: new Date(modifiedAt),
          Size: Buffer.byteLength(body),
        })),
        NextToken: next,
      };
    },
  });
