/**
 * Acts on alarms: each minute of the clock, after CloudWatch has evaluated them, every policy whose alarm is in
 * ALARM moves its service's desired count, within cooldowns and limits.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html#step-scaling-cooldown
 */

import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Service } from '@aws-sdk/client-ecs';
import type { Timer } from '../../../core/clock.ts';
import { reasonOf } from '../../../core/events.ts';
import { reportBug } from '../../../core/report-bug.ts';
import { AwsError } from '../../service.ts';
import { scalingAlarms } from './scaling-alarms.ts';
import { adjusted, aggregate, pickStep, tracked } from './steps.ts';
import { type PolicyRecord, parseResource, type ScalingStore, type TargetRecord } from './store.ts';

const minute = 60_000;
/** ms into each minute: CloudWatch evaluates its alarms two seconds into it. */
const actAt = 4000;
/** s; of both kinds of policies for ECS. */
const defaultCooldown = 300;

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalingActivities.html */
const retention = 42 * 24 * 60 * minute;

interface Proposal {
  readonly policy: PolicyRecord;
  readonly cause: string;
  /** s, after a scale-in and a scale-out */
  readonly cooldown: { readonly in: number; readonly out: number };
  capacity(base: number): number;
}

export interface Engine {
  start(): void;
  stop(): Promise<void>;
  settle(): Promise<void>;
  /** Brings the capacity into the target's limits. */
  keepWithin(target: TargetRecord): Promise<void>;
}

export function createEngine(context: ScalingStore): Engine {
  const { env } = context;
  // The service-linked role AWSServiceRoleForApplicationAutoScaling_ECSService, which nobody can take rights from.
  const invoke = env.asService('ecs.application-autoscaling.amazonaws.com');
  let timer: Timer | undefined;
  let working = Promise.resolve();
  let stopped = false;

  async function serviceOf(resourceId: string): Promise<Service | undefined> {
    const { cluster, service } = parseResource(resourceId);
    try {
      const { services = [] } = await invoke('ecs', 'DescribeServices', {
        cluster,
        services: [service],
      });
      const [found] = services;
      return found?.status === 'ACTIVE' ? found : undefined;
    } catch (error) {
      if (error instanceof AwsError) return undefined;
      throw error;
    }
  }

  async function move(resourceId: string, to: number, cause: string): Promise<boolean> {
    const { cluster, service } = parseResource(resourceId);
    const description = `Setting desired count to ${to}.`;
    const record = (status: 'InProgress' | 'Failed', message: string) => {
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
        capacity: to,
        ...(status === 'Failed' ? { endedAt: at } : {}),
      });
    };
    try {
      await invoke('ecs', 'UpdateService', { cluster, service, desiredCount: to });
      record(
        'InProgress',
        `Successfully set desired count to ${to}. Waiting for change to be fulfilled by ecs.`,
      );
      env.host.notify({ name: 'service.scaled', data: { cluster, service, desiredCount: to, cause } });
      return true;
    } catch (error) {
      record('Failed', `Failed to set desired count to ${to}. Reason: ${String(error)}`);
      env.host.notify({
        name: 'service.scaling.failed',
        data: { cluster, service, desiredCount: to, reason: reasonOf(error) },
      });
      return false;
    }
  }

  async function keepWithin(target: TargetRecord): Promise<void> {
    const current = (await serviceOf(target.resourceId))?.desiredCount;
    if (current === undefined) return;
    if (current < target.min && !target.suspended.out)
      await move(target.resourceId, target.min, `minimum capacity was set to ${target.min}`);
    if (current > target.max && !target.suspended.in)
      await move(target.resourceId, target.max, `maximum capacity was set to ${target.max}`);
  }

  async function act(now: number): Promise<void> {
    for (const target of [...context.targets.values()]) await keepWithin(target);
    const policies = [...context.policies.values()];
    if (policies.length > 0) {
      const watched = await scalingAlarms(context.env);
      for (const target of [...context.targets.values()]) {
        const own = policies.filter(({ resourceId }) => resourceId === target.resourceId);
        if (own.length > 0) await actOn(target, own, watched, now);
      }
    }
    await settle();
  }

  async function actOn(
    target: TargetRecord,
    policies: readonly PolicyRecord[],
    watched: readonly MetricAlarm[],
    now: number,
  ): Promise<void> {
    const { resourceId } = target;
    const running = (direction: 'in' | 'out') => {
      const last = context.last.get([resourceId, direction]);
      return last && last.until > now ? last : undefined;
    };
    const found = policies.flatMap((policy) =>
      watched
        .filter((alarm) => actionsOf(alarm).includes(policy.arn))
        .flatMap((alarm) => proposal(policy, alarm) ?? []),
    );
    if (found.length === 0) return;
    const service = await serviceOf(resourceId);
    if (!service) return;
    const current = service.desiredCount ?? 0;
    const limited = (to: number) => Math.min(target.max, Math.max(target.min, to));
    // An alarm that asks for more is heard before any that asks for less, also when there is no more to give.
    const outs = found.filter(({ capacity }) => capacity(current) > current);
    const tracking = (list: readonly Proposal[]) =>
      list.filter(({ policy }) => policy.kind.type === 'TargetTrackingScaling');
    const ins = found.filter(({ capacity }) => capacity(current) < current);
    const trackers = policies.filter(
      ({ kind }) => kind.type === 'TargetTrackingScaling' && !kind.configuration.DisableScaleIn,
    );
    // Tracking policies scale in only when all of them are ready to.
    const ready =
      tracking(ins).length === trackers.length ? ins : ins.filter((one) => !tracking(ins).includes(one));
    const direction = outs.length > 0 ? 'out' : 'in';
    // During the cooldown of a scale-out only what goes beyond it is added.
    const base = (direction === 'out' ? running('out')?.base : undefined) ?? current;
    const [first] = (direction === 'out' ? outs : ready)
      .map((one) => ({ ...one, to: limited(one.capacity(base)) }))
      .sort((a, b) => b.to - a.to);
    if (!first || (direction === 'out' ? first.to <= current : first.to >= current)) return;
    if (target.suspended[direction]) return;
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshoot-service-auto-scaling.html
    if (direction === 'in' && (running('in') || isDeploying(service))) return;
    if (!(await move(resourceId, first.to, first.cause))) return;
    context.last.put([resourceId, direction], {
      at: now,
      until: now + first.cooldown[direction] * 1000,
      base,
    });
    // A scale-out ends the cooldown of the scale-in before it.
    if (direction === 'out') context.last.delete([resourceId, 'in']);
  }

  /** Activities that ECS has fulfilled, or that something else has overtaken. */
  async function settle(): Promise<void> {
    for (const [key, activity] of [...context.activities.entries()]) {
      if (activity.status !== 'InProgress') continue;
      const service = await serviceOf(activity.resourceId);
      const endedAt = env.clock.now();
      if (service?.desiredCount !== activity.capacity)
        context.activities.put(key, { ...activity, status: 'Overridden', endedAt });
      else if (service.runningCount === activity.capacity) {
        const message = `Successfully set desired count to ${activity.capacity}. Change successfully fulfilled by ecs.`;
        context.activities.put(key, { ...activity, status: 'Successful', message, endedAt });
      }
    }
  }

  function sweep(now: number): void {
    for (const [key, { at }] of [...context.activities.entries()])
      if (at < now - retention) context.activities.delete(key);
  }

  /** Cooldowns count from when a turn was due, so that they do not jitter by what work takes. */
  const turnDueAt = (now: number) => now - ((now - actAt) % minute);
  const turn = () => {
    const due = turnDueAt(env.clock.now());
    working = working
      .then(() => (stopped ? undefined : act(due)))
      .then(() => sweep(due))
      .catch((error: unknown) => reportBug(env.host, 'scaling', error));
  };
  return {
    start() {
      const nextTurn = () => minute - ((env.clock.now() - actAt) % minute);
      timer = env.clock.repeat(nextTurn, turn);
    },
    async stop() {
      stopped = true;
      timer?.cancel();
      await working;
    },
    keepWithin,
    settle,
  };
}

const isDeploying = ({ deployments = [] }: Service) =>
  deployments.length > 1 || deployments.some(({ rolloutState }) => rolloutState === 'IN_PROGRESS');

/** An alarm repeats the actions of the state it stays in. */
function actionsOf(alarm: MetricAlarm): readonly string[] {
  if (alarm.ActionsEnabled === false) return [];
  if (alarm.StateValue === 'ALARM') return alarm.AlarmActions ?? [];
  return (alarm.StateValue === 'OK' ? alarm.OKActions : alarm.InsufficientDataActions) ?? [];
}

/** What a policy asks for; nothing where there is no value to size it by. */
function proposal(policy: PolicyRecord, alarm: MetricAlarm): Proposal | undefined {
  const values = datapoints(alarm);
  const cause = `monitor alarm ${alarm.AlarmName} in state ${alarm.StateValue} triggered policy ${policy.name}`;
  if (policy.kind.type === 'StepScaling') {
    const { configuration } = policy.kind;
    const value = aggregate(values, configuration.MetricAggregationType);
    if (value === undefined) return undefined;
    const distance = value - (alarm.Threshold ?? 0);
    const above = distance > 0 || (distance === 0 && /^Greater/.test(alarm.ComparisonOperator ?? ''));
    const adjustment = pickStep(configuration.StepAdjustments, distance, above)?.ScalingAdjustment;
    if (adjustment === undefined) return undefined;
    const cooldown = configuration.Cooldown ?? defaultCooldown;
    return {
      policy,
      cause,
      cooldown: { in: cooldown, out: cooldown },
      capacity: (base) => adjusted(configuration, adjustment, base),
    };
  }
  const { configuration, alarms } = policy.kind;
  const low = alarm.AlarmName === alarms[1];
  const value = values.at(-1);
  if (value === undefined || (low && configuration.DisableScaleIn)) return undefined;
  const { TargetValue = 1, ScaleInCooldown, ScaleOutCooldown } = configuration;
  return {
    policy,
    cause,
    cooldown: { in: ScaleInCooldown ?? defaultCooldown, out: ScaleOutCooldown ?? defaultCooldown },
    capacity: (base) => {
      const to = tracked(base, value, TargetValue);
      return low ? Math.min(base, to) : Math.max(base, to);
    },
  };
}

/** The datapoints that an alarm judged by, the oldest first. */
function datapoints({ StateReasonData = '{}' }: MetricAlarm): readonly number[] {
  const { recentDatapoints = [] } = JSON.parse(StateReasonData) as {
    readonly recentDatapoints?: readonly number[];
  };
  return recentDatapoints;
}
