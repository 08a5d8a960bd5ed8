/** Dashboards: kept as given; that the body is a dashboard's JSON is checked. */
import { AwsError, type ServiceEnvironment } from '../../service.ts';

interface KeptDashboard {
  readonly name: string;
  readonly body: string;
  readonly modifiedAt: number;
}

export const dashboardsOf = (env: ServiceEnvironment) =>
  env.store.collection<KeptDashboard>('cloudwatch.dashboards');

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
export function checkBody(body: string): void {
  const wrong = (DataPath: string, Message: string) =>
    new AwsError('DashboardInvalidInputError', `The dashboard body is invalid: ${DataPath} ${Message}`, 400, {
      dashboardValidationMessages: [{ DataPath, Message }],
    });
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw wrong('/', `is not JSON: ${(error as Error).message}`);
  }
  const widgets = (value as { widgets?: unknown } | null)?.widgets;
  if (!Array.isArray(widgets)) throw wrong('/widgets', 'must be a list');
  for (const [i, widget] of widgets.entries()) {
    const { type, properties } = (widget ?? {}) as { type?: unknown; properties?: unknown };
    if (typeof type !== 'string') throw wrong(`/widgets/${i}/type`, 'must be a string');
    if (typeof properties !== 'object' || properties === null)
      throw wrong(`/widgets/${i}/properties`, 'must be an object');
  }
}
