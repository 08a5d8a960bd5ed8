import type { Tag } from '@aws-sdk/client-cloudwatch';
import { type Invoke, resourceType } from '../../../service.ts';

interface Properties {
  readonly DashboardName?: string;
  readonly DashboardBody: string;
  readonly Tags?: Tag[];
}

/**
 * Kept and checked; the console draws it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-dashboard.html
 */
export const dashboard = resourceType<Properties>({
  type: 'AWS::CloudWatch::Dashboard',
  mode: 'live',
  honoured: ['DashboardName', 'DashboardBody', 'Tags'],
  async create({ properties: p, invoke, uniqueName }) {
    const DashboardName = p.DashboardName ?? uniqueName(255);
    await put(invoke, DashboardName, p);
    return { physicalId: DashboardName, attributes: {} };
  },
  async update({ properties: p, physicalId, previousAttributes, invoke }) {
    await put(invoke, physicalId, p);
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['DashboardNotFoundError'],
  async delete({ physicalId, invoke }) {
    await invoke('cloudwatch', 'DeleteDashboards', { DashboardNames: [physicalId] });
  },
});

const put = (invoke: Invoke, DashboardName: string, { DashboardBody, Tags }: Properties) =>
  invoke('cloudwatch', 'PutDashboard', { DashboardName, DashboardBody, Tags });
