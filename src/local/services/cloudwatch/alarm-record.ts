/** An alarm as it is kept, and as DescribeAlarms shows it. */
import type {
  ComparisonOperator,
  CompositeAlarm,
  MetricAlarm,
  MetricDataQuery,
  StandardUnit,
  Statistic,
} from '@aws-sdk/client-cloudwatch';
import type { MissingData, State } from './decide.ts';
import type { Dimensions } from './metric-store.ts';

interface Common {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly actionsEnabled: boolean;
  readonly okActions: readonly string[];
  readonly alarmActions: readonly string[];
  readonly insufficientDataActions: readonly string[];
  readonly configuredAt: number;
  readonly state: State;
  readonly reason: string;
  readonly reasonData?: string;
  /** Of the last change of the state. */
  readonly stateAt: number;
}

export interface MetricAlarmRecord extends Common {
  readonly kind: 'metric';
  readonly operator: ComparisonOperator;
  readonly threshold: number;
  readonly periods: number;
  readonly datapointsToAlarm?: number;
  readonly missing?: MissingData;
  readonly single?: {
    readonly namespace: string;
    readonly name: string;
    readonly dimensions: Dimensions;
    readonly statistic?: Statistic;
    readonly extendedStatistic?: string;
    /** s */
    readonly period: number;
    readonly unit?: StandardUnit;
  };
  readonly metrics?: readonly MetricDataQuery[];
}

export interface CompositeAlarmRecord extends Common {
  readonly kind: 'composite';
  readonly rule: string;
}

export type AlarmRecord = MetricAlarmRecord | CompositeAlarmRecord;

const common = (alarm: AlarmRecord) => ({
  AlarmName: alarm.name,
  AlarmArn: alarm.arn,
  ...(alarm.description === undefined ? {} : { AlarmDescription: alarm.description }),
  AlarmConfigurationUpdatedTimestamp: new Date(alarm.configuredAt),
  ActionsEnabled: alarm.actionsEnabled,
  OKActions: [...alarm.okActions],
  AlarmActions: [...alarm.alarmActions],
  InsufficientDataActions: [...alarm.insufficientDataActions],
  StateValue: alarm.state,
  StateReason: alarm.reason,
  ...(alarm.reasonData === undefined ? {} : { StateReasonData: alarm.reasonData }),
  StateUpdatedTimestamp: new Date(alarm.stateAt),
  StateTransitionedTimestamp: new Date(alarm.stateAt),
});

export const sdkDimensions = (dimensions: Dimensions) => dimensions.map(([Name, Value]) => ({ Name, Value }));

export const describeMetricAlarm = (alarm: MetricAlarmRecord): MetricAlarm => ({
  ...common(alarm),
  EvaluationPeriods: alarm.periods,
  Threshold: alarm.threshold,
  ComparisonOperator: alarm.operator,
  ...(alarm.datapointsToAlarm === undefined ? {} : { DatapointsToAlarm: alarm.datapointsToAlarm }),
  ...(alarm.missing === undefined ? {} : { TreatMissingData: alarm.missing }),
  ...(alarm.metrics ? { Metrics: [...alarm.metrics] } : {}),
  ...(alarm.single
    ? {
        MetricName: alarm.single.name,
        Namespace: alarm.single.namespace,
        Dimensions: sdkDimensions(alarm.single.dimensions),
        Period: alarm.single.period,
        ...(alarm.single.statistic ? { Statistic: alarm.single.statistic } : {}),
        ...(alarm.single.extendedStatistic ? { ExtendedStatistic: alarm.single.extendedStatistic } : {}),
        ...(alarm.single.unit ? { Unit: alarm.single.unit } : {}),
      }
    : {}),
});

export const describeCompositeAlarm = (alarm: CompositeAlarmRecord): CompositeAlarm => ({
  ...common(alarm),
  AlarmRule: alarm.rule,
});
