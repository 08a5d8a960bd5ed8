import type { StandardUnit } from '@aws-sdk/client-cloudwatch-logs';
import { type Invoke, resourceType } from '../../../service.ts';

interface MetricFilterProperties {
  readonly LogGroupName: string;
  readonly FilterName?: string;
  readonly FilterPattern: string;
  readonly MetricTransformations: readonly {
    readonly MetricName: string;
    readonly MetricNamespace: string;
    readonly MetricValue: string;
    readonly DefaultValue?: number;
    readonly Unit?: StandardUnit;
    readonly Dimensions?: readonly { readonly Key: string; readonly Value: string }[];
  }[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-metricfilter.html */
export const metricFilter = resourceType<MetricFilterProperties>({
  type: 'AWS::Logs::MetricFilter',
  mode: 'live',
  honoured: ['LogGroupName', 'FilterName', 'FilterPattern', 'MetricTransformations'],
  adopts: true,
  async find({ properties: p, invoke, uniqueName }) {
    const filterName = p.FilterName ?? uniqueName(512);
    const { metricFilters } = await invoke('logs', 'DescribeMetricFilters', {
      logGroupName: p.LogGroupName,
      filterNamePrefix: filterName,
    });
    const found = metricFilters?.some((filter) => filter.filterName === filterName);
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
    await invoke('logs', 'DeleteMetricFilter', { logGroupName: p.LogGroupName, filterName });
  },
});

const put = (invoke: Invoke, filterName: string, p: MetricFilterProperties) =>
  invoke('logs', 'PutMetricFilter', {
    logGroupName: p.LogGroupName,
    filterName,
    filterPattern: p.FilterPattern,
    metricTransformations: p.MetricTransformations.map((to) => ({
      metricName: to.MetricName,
      metricNamespace: to.MetricNamespace,
      metricValue: to.MetricValue,
      ...(to.DefaultValue === undefined ? {} : { defaultValue: to.DefaultValue }),
      ...(to.Unit ? { unit: to.Unit } : {}),
      ...(to.Dimensions
        ? { dimensions: Object.fromEntries(to.Dimensions.map(({ Key, Value }) => [Key, Value])) }
        : {}),
    })),
  });
