/**
 * Acts on alarms: each minute of the clock, after CloudWatch has evaluated them, every policy whose alarm is in
 * ALARM moves its service's desired count, within cooldowns and limits.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html#step-scaling-cooldown
 */
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Timer } from '../../../core/clock.ts';
import { AwsError } from '../../service.ts';
import { type PolicyRecord, parseResource, type ScalingContext, type TargetRecord } from './context.ts';
import { adjusted, pickStep, tracked } from './steps.ts';

const minute = 60_000;
/** ms into each minute: CloudWatch evaluates its alarms two seconds into it. */
const actAt = 4000;
/** Of target tracking policies for ECS. */
const defaultCooldown = 300;

export interface Engine {
  start(): void;
  stop(): void;
  /** Brings the capacity into the target's limits. */
  keepWithin(target: TargetRecord): Promise<void>;
}

export function createEngine(context: ScalingContext): Engine {
  const { env } = context;
  // The service-linked role AWSServiceRoleForApplicationAutoScaling_ECSService, which nobody can take rights from.
  const invoke = env.asService('ecs.application-autoscaling.amazonaws.com');
  let timer: Timer | undefined;
  let working = Promise.resolve();

  async function capacityOf(resourceId: string): Promise<number | undefined> {
    const { cluster, service } = parseResource(resourceId);
    try {
      const { services } = await invoke<{ services: { status: string; desiredCount: number }[] }>(
        'ecs',
        'DescribeServices',
        { cluster, services: [service] },
      );
      const [found] = services;
      return found?.status === 'ACTIVE' ? found.desiredCount : undefined;
    } catch (error) {
      if (error instanceof AwsError) return undefined;
      throw error;
    }
  }

  async function move(resourceId: string, to: number, cause: string): Promise<boolean> {
    const { cluster, service } = parseResource(resourceId);
    const description = `Setting desired count to ${to}.`;
    const record = (status: 'Successful' | 'Failed', message: string) => {
      const at = env.clock.now();
      const id = env.randomId(32);
      context.activities.put([resourceId, at, id], {
        id,
        resourceId,
        at,
        description,
        cause,
        status,
        message,
      });
    };
    try {
      await invoke('ecs', 'UpdateService', { cluster, service, desiredCount: to });
      record('Successful', `Successfully set desired count to ${to}. Change successfully fulfilled by ecs.`);
      env.host.notify({ name: 'service.scaled', data: { cluster, service, desiredCount: to, cause } });
      return true;
    } catch (error) {
      record('Failed', `Failed to set desired count to ${to}. Reason: ${String(error)}`);
      return false;
    }
  }

  async function keepWithin(target: TargetRecord): Promise<void> {
    const current = await capacityOf(target.resourceId);
    if (current === undefined) return;
    if (current < target.min && !target.suspended.out)
      await move(target.resourceId, target.min, `minimum capacity was set to ${target.min}`);
    if (current > target.max && !target.suspended.in)
      await move(target.resourceId, target.max, `maximum capacity was set to ${target.max}`);
  }

  async function alarms(): Promise<MetricAlarm[]> {
    const all: MetricAlarm[] = [];
    let NextToken: string | undefined;
    do {
      const answer = await invoke<{ MetricAlarms?: MetricAlarm[]; NextToken?: string }>(
        'cloudwatch',
        'DescribeAlarms',
        { StateValue: 'ALARM', ...(NextToken ? { NextToken } : {}) },
      );
      all.push(...(answer.MetricAlarms ?? []));
      ({ NextToken } = answer);
    } while (NextToken);
    return all;
  }

  async function act(): Promise<void> {
    const policies = [...context.policies.values()];
    for (const target of [...context.targets.values()]) await keepWithin(target);
    if (policies.length === 0) return;
    const ringing = await alarms();
    const wanted: { policy: PolicyRecord; alarm: MetricAlarm; to: number; base: number; cooldown: number }[] =
      [];
    for (const policy of policies)
      for (const alarm of ringing) {
        if (alarm.ActionsEnabled === false || !alarm.AlarmActions?.includes(policy.arn)) continue;
        const current = await capacityOf(policy.resourceId);
        const decided = current === undefined ? undefined : decide(policy, alarm, current);
        if (decided) wanted.push({ policy, alarm, ...decided });
      }
    // With several policies the largest capacity wins, so that none takes away what another needs.
    for (const resourceId of new Set(wanted.map(({ policy }) => policy.resourceId))) {
      const [first] = wanted
        .filter(({ policy }) => policy.resourceId === resourceId)
        .sort((a, b) => b.to - a.to);
      if (!first) continue;
      const cause = `monitor alarm ${first.alarm.AlarmName} in state ALARM triggered policy ${first.policy.name}`;
      if (!(await move(resourceId, first.to, cause))) continue;
      const direction = first.to > first.base ? 'out' : 'in';
      const at = env.clock.now();
      context.last.put([resourceId, direction], {
        at,
        until: at + first.cooldown * 1000,
        base: first.base,
      });
      // A scale-out ends the cooldown of the scale-in before it.
      if (direction === 'out') context.last.delete([resourceId, 'in']);
    }
  }

  function decide(policy: PolicyRecord, alarm: MetricAlarm, current: number) {
    const target = context.targets.get(policy.resourceId);
    const value = latestValue(alarm);
    if (!target || value === undefined) return undefined;
    const now = env.clock.now();
    const running = (direction: 'in' | 'out') => {
      const last = context.last.get([policy.resourceId, direction]);
      return last && last.until > now ? last : undefined;
    };
    // During the cooldown of a scale-out only what goes beyond it is added.
    const base = running('out')?.base ?? current;
    let to: number;
    let cooldown: number;
    if (policy.kind.type === 'StepScaling') {
      const { configuration } = policy.kind;
      const step = pickStep(configuration.StepAdjustments, value - (alarm.Threshold ?? 0));
      if (step?.ScalingAdjustment === undefined) return undefined;
      const out = configuration.AdjustmentType === 'ExactCapacity' || step.ScalingAdjustment > 0;
      to = adjusted(configuration, step.ScalingAdjustment, out ? Math.min(base, current) : current);
      cooldown = configuration.Cooldown ?? 0;
      // A step that leads out never leads in, whatever the cooldown's base was.
      if (configuration.AdjustmentType !== 'ExactCapacity' && out) to = Math.max(to, current);
    } else {
      const { configuration, alarms: own } = policy.kind;
      const low = alarm.AlarmName === own[1];
      if (low && configuration.DisableScaleIn) return undefined;
      const proposed = tracked(current, value, configuration.TargetValue ?? 1);
      to = low ? Math.min(current, proposed) : Math.max(current, proposed);
      cooldown = (low ? configuration.ScaleInCooldown : configuration.ScaleOutCooldown) ?? defaultCooldown;
      if (!low && running('out') && to <= current) return undefined;
    }
    to = Math.min(target.max, Math.max(target.min, to));
    if (to === current) return undefined;
    if (to < current && (running('in') || target.suspended.in)) return undefined;
    if (to > current && target.suspended.out) return undefined;
    return { to, base: to > current ? Math.min(base, current) : current, cooldown };
  }

  const arm = () => {
    timer = env.clock.after(minute - ((env.clock.now() - actAt) % minute), () => {
      working = working
        .then(act)
        .catch((error: unknown) =>
          env.host.notify({ name: 'slipway.failed', data: { what: 'scaling', error: String(error) } }),
        );
      arm();
    });
  };
  return { start: arm, stop: () => timer?.cancel(), keepWithin };
}

/** The newest datapoint an alarm was evaluated with. */
function latestValue({ StateReasonData }: MetricAlarm): number | undefined {
  if (!StateReasonData) return undefined;
  const data = JSON.parse(StateReasonData) as {
    readonly recentDatapoints?: readonly number[];
    readonly evaluatedDatapoints?: readonly { readonly timestamp?: string; readonly value?: number }[];
  };
  const evaluated = [...(data.evaluatedDatapoints ?? [])]
    .filter(({ value }) => value !== undefined)
    .sort((a, b) => (b.timestamp ?? '').localeCompare(a.timestamp ?? ''));
  return evaluated[0]?.value ?? data.recentDatapoints?.at(-1);
}
