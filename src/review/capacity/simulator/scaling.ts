/**
 * Application Auto Scaling's decisions, one object per policy: it is given a metric value per period and answers with
 * the count that it wants. Timing of target tracking alarms: three periods above to scale out, fifteen below to scale in
 * (github.com/aws/containers-roadmap/issues/1208); scale-in only below 90 % of the target and to the largest count that any
 * policy wants (docs: target-tracking-scaling-policy-overview).
 */
import type { Metric, ScalingPolicy, StepScaling, TargetTracking } from './model.ts';
import { num } from './quantity.ts';

interface State {
  readonly running: number;
  readonly desired: number;
}

interface DesiredCount {
  readonly desired: number;
  readonly reason: string;
}

export interface Policy {
  readonly metric: Metric;
  readonly queue: string | undefined;
  readonly period: number;
  readonly delay: number;
  /** `undefined` as value: no data, as for the utilisation of no tasks. */
  readonly datapoint: (now: number, value: number | undefined, state: State) => DesiredCount | undefined;
  /** The lowest count this policy agrees to now; zero when it has no objection to scaling in. */
  readonly floor: (state: State) => number;
}

/**
 * From the end of a 60 s period until its alarm acts. AWS's benchmark of June 2026 (363 s to trigger at 60 s metrics,
 * 86 s at 20 s; github.com/aws/containers-roadmap/issues/2113) leaves about 150 s for publishing and evaluation at
 * 60 s after three periods and half a period of alignment, and about 16 s at 20 s. Both are read off that benchmark.
 */
const ecsDelay = (period: number): number => (period <= 20 ? 16 : 153);
/** Queue and load balancer metrics: no benchmark; one period, assumed. */
const otherDelay = 60;

const delayOf = (metric: Metric, period: number): number =>
  metric === 'cpu-utilisation' ? ecsDelay(period) : otherDelay;

const show = (value: number): string => String(Number(value.toPrecision(4)));

export function policyOf(policy: ScalingPolicy): Policy {
  return policy.kind === 'step' ? stepScaling(policy) : targetTracking(policy);
}

function targetTracking(policy: TargetTracking): Policy {
  const target = num(policy.target);
  const period = num(policy.alarm?.period, 60);
  const periodsOut = num(policy.alarm?.periodsToScaleOut, 3);
  const periodsIn = num(policy.alarm?.periodsToScaleIn, 15);
  const outCooldown = num(policy.scaleOutCooldown, 300);
  const inCooldown = num(policy.scaleInCooldown, 300);
  let above = 0;
  let below = 0;
  let lastOut = Number.NEGATIVE_INFINITY;
  let lastIn = Number.NEGATIVE_INFINITY;
  let base = 0;
  let current: number | undefined;
  const wanted = (from: number, value: number) => Math.ceil(from * (value / target) - 1e-9);
  return {
    metric: policy.metric,
    queue: policy.queue,
    period,
    delay: num(policy.alarm?.delay, delayOf(policy.metric, period)),
    datapoint(now, value, state) {
      current = value;
      above = value !== undefined && value > target ? above + 1 : 0;
      below = value !== undefined && value < 0.9 * target ? below + 1 : 0;
      if (value === undefined) return undefined;
      if (above >= periodsOut) {
        // Within the cooldown, what the first step added counts as done: only a larger count adds more.
        const from = now < lastOut + outCooldown ? base : Math.max(1, state.running);
        const desired = wanted(from, value);
        if (desired <= state.desired) return undefined;
        if (now >= lastOut + outCooldown) {
          lastOut = now;
          base = from;
        }
        return {
          desired,
          reason: `${policy.metric} ${show(value)} above target ${show(target)} for ${above} periods of ${period} s`,
        };
      }
      if (policy.disableScaleIn || below < periodsIn) return undefined;
      if (now < Math.max(lastIn + inCooldown, lastOut + outCooldown)) return undefined;
      const desired = wanted(state.running, value);
      if (desired >= state.desired) return undefined;
      lastIn = now;
      return {
        desired,
        reason: `${policy.metric} ${show(value)} below target ${show(target)} for ${below} periods of ${period} s`,
      };
    },
    floor(state) {
      if (policy.disableScaleIn || current === undefined) return 0;
      return below >= periodsIn ? wanted(state.running, current) : state.desired;
    },
  };
}

const compare = {
  '>=': (a: number, b: number) => a >= b,
  '>': (a: number, b: number) => a > b,
  '<=': (a: number, b: number) => a <= b,
  '<': (a: number, b: number) => a < b,
} as const;

function stepScaling(policy: StepScaling): Policy {
  const threshold = num(policy.threshold);
  const evaluated = num(policy.evaluationPeriods);
  const needed = num(policy.datapointsToAlarm, evaluated);
  const period = num(policy.period, 60);
  const cooldown = num(policy.cooldown, 300);
  const recent: boolean[] = [];
  let last = Number.NEGATIVE_INFINITY;
  return {
    metric: policy.metric,
    queue: policy.queue,
    period,
    delay: num(policy.delay, delayOf(policy.metric, period)),
    datapoint(now, value, state) {
      if (value === undefined) return undefined;
      recent.push(compare[policy.comparison](value, threshold));
      if (recent.length > evaluated) recent.shift();
      if (recent.filter(Boolean).length < needed || now < last + cooldown) return undefined;
      const difference = value - threshold;
      const step = policy.steps.find(
        ({ lower, upper }) =>
          difference >= num(lower, Number.NEGATIVE_INFINITY) &&
          difference < num(upper, Number.POSITIVE_INFINITY),
      );
      if (!step) return undefined;
      const desired = adjusted(policy.adjustment, num(step.amount), state.desired);
      if (desired === state.desired) return undefined;
      last = now;
      return { desired, reason: `${policy.metric} ${show(value)} ${policy.comparison} ${show(threshold)}` };
    },
    floor: () => 0,
  };
}

function adjusted(kind: StepScaling['adjustment'], amount: number, desired: number): number {
  if (kind === 'exact') return amount;
  if (kind === 'change') return desired + amount;
  // Per cent: rounded towards zero but at least one, as the step scaling page says.
  const change = (desired * amount) / 100;
  const whole = Math.trunc(change);
  return desired + (whole !== 0 ? whole : Math.sign(change));
}
