/**
 * How far a policy moves the capacity: pure, given the metric's distance from the threshold.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html
 */
import type {
  StepAdjustment,
  StepScalingPolicyConfiguration,
} from '@aws-sdk/client-application-auto-scaling';

const aggregations: Readonly<Record<string, (values: readonly number[]) => number>> = {
  Average: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  Maximum: (values) => Math.max(...values),
  Minimum: (values) => Math.min(...values),
};

export const aggregationTypes = Object.keys(aggregations);

/** One value for the datapoints that an alarm judged by. */
export const aggregate = (values: readonly number[], type = 'Average'): number | undefined =>
  values.length === 0 ? undefined : aggregations[type]?.(values);

/**
 * Above the threshold lower bounds are inclusive and upper ones exclusive, below it the other way round.
 * @param above which side a distance of 0 is on: the alarm's comparison says
 */
export function pickStep(
  steps: readonly StepAdjustment[] | undefined,
  distance: number,
  above = distance >= 0,
): StepAdjustment | undefined {
  return steps?.find(({ MetricIntervalLowerBound: low, MetricIntervalUpperBound: high }) =>
    above
      ? (low === undefined || distance >= low) && (high === undefined || distance < high)
      : (low === undefined || distance > low) && (high === undefined || distance <= high),
  );
}

/** @param base the capacity the adjustment starts from */
export function adjusted(
  { AdjustmentType, MinAdjustmentMagnitude = 1 }: StepScalingPolicyConfiguration,
  adjustment: number,
  base: number,
): number {
  switch (AdjustmentType) {
    case 'ExactCapacity':
      return adjustment;
    case 'PercentChangeInCapacity': {
      const exact = (base * adjustment) / 100;
      // Rounded away from nothing, towards nothing beyond one.
      const rounded = Math.abs(exact) < 1 ? Math.sign(exact) : Math.trunc(exact);
      return (
        base +
        Math.sign(adjustment) * Math.max(Math.abs(rounded), adjustment === 0 ? 0 : MinAdjustmentMagnitude)
      );
    }
    default:
      return base + adjustment;
  }
}

/** Capacity in proportion to the metric. */
export const tracked = (current: number, value: number, target: number): number =>
  Math.ceil((current * value) / target - 1e-9);
