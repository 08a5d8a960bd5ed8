/**
 * Application Auto Scaling of a service or an endpoint variant: bounds, target tracking, step scaling with its alarms,
 * scheduled actions. What is not understood is left out of the simulation and listed: the count then does not move by it.
 */
import {
  flagAt,
  isUnresolved,
  listAt,
  numberAt,
  type Resource,
  scalingOf,
  textAt,
  triggersOf,
  valueAt,
} from '../../../architecture/index.ts';
import type { NodeId, ScalingPolicy, Sourced, StepScaling } from '../simulator/model.ts';
import { metricOf, ofPredefined } from './alarm-metric.ts';
import { type Draft, propertyOf, quantity, stated, unclear } from './context.ts';
import { scalingCooldown } from './defaults.ts';

interface Bounds {
  readonly min: Sourced;
  readonly max: Sourced;
  readonly policies: readonly ScalingPolicy[];
}

export function boundsOf(draft: Draft, scaled: Resource, queue: NodeId | undefined): Bounds | undefined {
  const { bounds, policies: all } = scalingOf(draft.app, scaled);
  const [target] = bounds;
  if (target === undefined) return undefined;
  const fallback = stated(1, 'not given');
  const policies = all.flatMap((policy) => policyOf(draft, policy, queue));
  if (listAt(target.properties, 'ScheduledActions').length > 0)
    unclear(
      draft,
      target,
      'ScheduledActions',
      'scheduled actions are not modelled; the bounds are used as stated',
    );
  return {
    min: quantity(draft, target, 'MinCapacity', fallback),
    max: quantity(draft, target, 'MaxCapacity', fallback),
    policies,
  };
}

function policyOf(draft: Draft, policy: Resource, queue: NodeId | undefined): ScalingPolicy[] {
  const tracking = valueAt(policy.properties, 'TargetTrackingScalingPolicyConfiguration');
  if (tracking !== undefined) return targetTracking(draft, policy, queue);
  if (valueAt(policy.properties, 'StepScalingPolicyConfiguration') !== undefined)
    return stepScaling(draft, policy, 'StepScalingPolicyConfiguration', queue);
  unclear(draft, policy, 'PolicyType', 'only target tracking and step scaling are modelled; it is left out');
  return [];
}

export function targetTracking(
  draft: Draft,
  policy: Resource,
  queue: NodeId | undefined,
  root = 'TargetTrackingScalingPolicyConfiguration',
): ScalingPolicy[] {
  const config = valueAt(policy.properties, root);
  const target = quantity(draft, policy, `${root}.TargetValue`, undefined);
  const name = textAt(config, 'PredefinedMetricSpecification.PredefinedMetricType');
  const answer =
    typeof name === 'string'
      ? ofPredefined(name)
      : isUnresolved(name)
        ? { because: name.reason }
        : metricOf(draft, valueAt(config, 'CustomizedMetricSpecification'));
  if ('because' in answer || target === undefined) {
    const because = 'because' in answer ? answer.because : 'its target value is not known';
    unclear(draft, policy, 'its metric', `${because}; the policy is left out, so nothing scales by it`);
    return [];
  }
  if (answer.note !== undefined) draft.notes.add(`${policy.name}: ${answer.note}.`);
  const of = answer.queue?.id ?? queue;
  return [
    {
      kind: 'target-tracking',
      metric: answer.metric,
      target,
      ...queueFor(draft, answer.metric, of),
      scaleOutCooldown: quantity(draft, policy, `${root}.ScaleOutCooldown`, scalingCooldown),
      scaleInCooldown: quantity(draft, policy, `${root}.ScaleInCooldown`, scalingCooldown),
      disableScaleIn: flagAt(config, 'DisableScaleIn') === true,
    },
  ];
}

const queueFor = (draft: Draft, metric: string, queue: NodeId | undefined) =>
  (metric === 'queue-depth' || metric === 'backlog-per-task') && queue !== undefined && draft.built.has(queue)
    ? { queue }
    : {};

const comparisons: Readonly<Record<string, StepScaling['comparison']>> = {
  GreaterThanOrEqualToThreshold: '>=',
  GreaterThanThreshold: '>',
  LessThanOrEqualToThreshold: '<=',
  LessThanThreshold: '<',
};
const adjustments: Readonly<Record<string, StepScaling['adjustment']>> = {
  ChangeInCapacity: 'change',
  ExactCapacity: 'exact',
  PercentChangeInCapacity: 'percent',
};

const alarmsOf = (draft: Draft, policy: Resource): readonly Resource[] =>
  triggersOf(draft.app, policy)
    .filter(({ wires }) => wires[0]?.property === 'AlarmActions')
    .map(({ from }) => from);

export function stepScaling(
  draft: Draft,
  policy: Resource,
  root: string,
  queue: NodeId | undefined,
): ScalingPolicy[] {
  const path = (name: string) => (root === '' ? name : `${root}.${name}`);
  const config = root === '' ? policy.properties : valueAt(policy.properties, root);
  const adjustment = adjustments[String(textAt(config, 'AdjustmentType'))];
  const alarms = alarmsOf(draft, policy);
  if (alarms.length === 0)
    unclear(draft, policy, 'its alarm', 'no alarm of this app triggers it; it is left out');
  return alarms.flatMap((alarm): ScalingPolicy[] => {
    const answer = metricOf(draft, alarm.properties);
    const comparison = comparisons[String(textAt(alarm.properties, 'ComparisonOperator'))];
    const threshold = quantity(draft, alarm, 'Threshold', undefined);
    const steps = listAt(config, 'StepAdjustments').flatMap((_, index) =>
      stepOf(draft, policy, path(`StepAdjustments.${index}`)),
    );
    const because =
      'because' in answer
        ? answer.because
        : comparison === undefined || threshold === undefined
          ? 'its comparison or threshold is not known'
          : adjustment === undefined || steps.length === 0
            ? 'its steps are not known'
            : undefined;
    if (
      because !== undefined ||
      'because' in answer ||
      comparison === undefined ||
      threshold === undefined ||
      adjustment === undefined
    ) {
      unclear(draft, alarm, 'its metric', `${because}; the policy is left out, so nothing scales by it`);
      return [];
    }
    if (answer.note !== undefined) draft.notes.add(`${alarm.name}: ${answer.note}.`);
    const evaluation = quantity(draft, alarm, 'EvaluationPeriods', stated(1, 'one at least'));
    const of = answer.queue?.id ?? queue;
    return [
      {
        kind: 'step',
        metric: answer.metric,
        ...queueFor(draft, answer.metric, of),
        comparison,
        threshold,
        period: periodOf(draft, alarm),
        evaluationPeriods: evaluation,
        datapointsToAlarm: quantity(draft, alarm, 'DatapointsToAlarm', evaluation),
        adjustment,
        steps,
        cooldown: quantity(draft, policy, path('Cooldown'), scalingCooldown),
      },
    ];
  });
}

function periodOf(draft: Draft, alarm: Resource) {
  const own = quantity(draft, alarm, 'Period', undefined);
  if (own !== undefined) return own;
  const index = listAt(alarm.properties, 'Metrics').findIndex(
    (entry) => numberAt(entry, 'MetricStat.Period') !== undefined,
  );
  return quantity(
    draft,
    alarm,
    `Metrics.${index}.MetricStat.Period`,
    stated(60, `${propertyOf(alarm, 'Period')} is not given`),
  );
}

function stepOf(draft: Draft, policy: Resource, path: string): StepScaling['steps'][number][] {
  const amount = quantity(draft, policy, `${path}.ScalingAdjustment`, undefined);
  if (amount === undefined) return [];
  const lower = quantity(draft, policy, `${path}.MetricIntervalLowerBound`, undefined);
  const upper = quantity(draft, policy, `${path}.MetricIntervalUpperBound`, undefined);
  return [{ amount, ...(lower === undefined ? {} : { lower }), ...(upper === undefined ? {} : { upper }) }];
}
