import { type Invoke, resourceType } from '../../../service.ts';

interface SubscriptionFilterProperties {
  readonly LogGroupName: string;
  readonly FilterName?: string;
  readonly FilterPattern: string;
  readonly DestinationArn: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-subscriptionfilter.html */
export const subscriptionFilter = resourceType<SubscriptionFilterProperties>({
  type: 'AWS::Logs::SubscriptionFilter',
  mode: 'live',
  honoured: ['LogGroupName', 'FilterName', 'FilterPattern', 'DestinationArn'],
  adopts: true,
  async find({ properties: p, invoke, uniqueName }) {
    const filterName = p.FilterName ?? uniqueName(512);
    const { subscriptionFilters } = await invoke('logs', 'DescribeSubscriptionFilters', {
      logGroupName: p.LogGroupName,
      filterNamePrefix: filterName,
    });
    const found = subscriptionFilters?.some((filter) => filter.filterName === filterName);
    return found ? { physicalId: filterName, attributes: {} } : undefined;
  },
  async create({ properties: p, invoke, uniqueName }) {
    const filterName = p.FilterName ?? uniqueName(512);
    await put(invoke, filterName, p);
    return { physicalId: filterName, attributes: {} };
  },
  async update({ properties: p, physicalId, previousAttributes, invoke }) {
    await put(invoke, physicalId, p);
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['ResourceNotFoundException'],
  async delete({ properties: p, physicalId: filterName, invoke }) {
    await invoke('logs', 'DeleteSubscriptionFilter', { logGroupName: p.LogGroupName, filterName });
  },
});

const put = (invoke: Invoke, filterName: string, p: SubscriptionFilterProperties) =>
  invoke('logs', 'PutSubscriptionFilter', {
    logGroupName: p.LogGroupName,
    filterName,
    filterPattern: p.FilterPattern,
    destinationArn: p.DestinationArn,
  });
