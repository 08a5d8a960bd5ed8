/**
 * How far a policy moves the capacity: pure, given the metric's distance from the threshold.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html
 */
import type {
  StepAdjustment,
  StepScalingPolicyConfiguration,
} from '@aws-sdk/client-application-auto-scaling';

/** Above the threshold a step begins at its lower bound, below it ends at its upper bound. */
export function pickStep(
  steps: readonly StepAdjustment[] | undefined,
  distance: number,
): StepAdjustment | undefined {
  return steps?.find(({ MetricIntervalLowerBound: low, MetricIntervalUpperBound: high }) => {
    const above = low !== undefined ? low >= 0 : high !== undefined && high > 0;
    return above
      ? (low === undefined || distance >= low) && (high === undefined || distance < high)
      : (low === undefined || distance > low) && (high === undefined || distance <= high);
  });
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
