import { formatArn, parseArn } from '../../../../core/arn.ts';
import { retag, type Tag, tagList } from '../../../resource-tags.ts';
import { type Invoke, ignoring, resourceType } from '../../../service.ts';

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
  adopts: true,
  async find({ properties: p, invoke, uniqueName }) {
    const DashboardName = p.DashboardName ?? uniqueName(255);
    const found = invoke('cloudwatch', 'GetDashboard', { DashboardName });
    return (await ignoring(found, 'DashboardNotFoundError')) && { physicalId: DashboardName, attributes: {} };
  },
  async create({ properties: p, invoke, uniqueName, tags }) {
    const DashboardName = p.DashboardName ?? uniqueName(255);
    await put(invoke, DashboardName, p, tagList(tags));
    return { physicalId: DashboardName, attributes: {} };
  },
  async update({ properties: p, physicalId, previousAttributes, invoke, tags, previousTags, stackId }) {
    await put(invoke, physicalId, p, undefined);
    const resource = `dashboard/${physicalId}`;
    const ResourceARN = formatArn({ ...parseArn(stackId), service: 'cloudwatch', region: '', resource });
    await retag(tags, previousTags, {
      remove: (TagKeys) => invoke('cloudwatch', 'UntagResource', { ResourceARN, TagKeys }),
      set: (changed) => invoke('cloudwatch', 'TagResource', { ResourceARN, Tags: tagList(changed) }),
    });
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['DashboardNotFoundError'],
  async delete({ physicalId, invoke }) {
    await invoke('cloudwatch', 'DeleteDashboards', { DashboardNames: [physicalId] });
  },
});

const put = (invoke: Invoke, DashboardName: string, { DashboardBody }: Properties, Tags: Tag[] | undefined) =>
  invoke('cloudwatch', 'PutDashboard', { DashboardName, DashboardBody, Tags });
