/** Scaling that acts earlier: a lower target or threshold, larger steps, and a shorter cooldown. Free by itself. */
import type { ScalingPolicy } from '../simulator/model.ts';
import { num } from '../simulator/quantity.ts';
import { type ChangeKind, changed, sizedChange } from './change.ts';
import { scalerOf } from './scaler.ts';

const outwards = (policy: ScalingPolicy): boolean =>
  policy.kind === 'target-tracking' || policy.steps.some(({ amount }) => num(amount) > 0);

export const scaleEarlier: ChangeKind = (candidate) => {
  const { node } = candidate;
  if (node.kind !== 'workers' || num(node.max) <= num(node.min)) return [];
  const first = (node.policies ?? []).find(outwards);
  if (first === undefined) return [];
  const from = first.kind === 'step' ? num(first.threshold) : num(first.target);
  const property = first.kind === 'step' ? 'Threshold of its alarm' : 'TargetValue of its scaling policy';
  return [
    sizedChange(candidate, 'workers', {
      id: 'scale-earlier',
      title: 'Scale out at a lower value',
      resource: scalerOf(candidate).resource,
      property,
      from: String(from),
      // In per cent of what it is.
      values: [75, 50, 25, 10],
      show: (value) => String(Number(((from * value) / 100).toPrecision(3))),
      set: (one, value) => ({
        ...one,
        policies: (one.policies ?? []).map((policy) => lowered(policy, value / 100, property)),
      }),
    }),
  ];
};

function lowered(policy: ScalingPolicy, factor: number, property: string): ScalingPolicy {
  if (!outwards(policy)) return policy;
  return policy.kind === 'step'
    ? { ...policy, threshold: changed(num(policy.threshold) * factor, property) }
    : { ...policy, target: changed(num(policy.target) * factor, property) };
}

export const scaleFaster: ChangeKind = (candidate) => {
  const { node } = candidate;
  if (node.kind !== 'workers' || num(node.max) <= num(node.min)) return [];
  const first = (node.policies ?? []).find((policy) => policy.kind === 'step' && outwards(policy));
  if (first?.kind !== 'step') return [];
  return [
    sizedChange(candidate, 'workers', {
      id: 'scale-in-larger-steps',
      title: 'Scale out in larger steps',
      resource: scalerOf(candidate).resource,
      property: 'StepAdjustments/ScalingAdjustment of its scaling policy',
      from: first.steps.map(({ amount }) => num(amount)).join(', '),
      values: [2, 4, 8],
      show: (factor) => first.steps.map(({ amount }) => Math.round(num(amount) * factor)).join(', '),
      set: (one, factor) => ({
        ...one,
        policies: (one.policies ?? []).map((policy) =>
          policy.kind !== 'step' || !outwards(policy)
            ? policy
            : {
                ...policy,
                steps: policy.steps.map((step) => ({
                  ...step,
                  amount: changed(Math.round(num(step.amount) * factor), 'ScalingAdjustment'),
                })),
              },
        ),
      }),
    }),
  ];
};
