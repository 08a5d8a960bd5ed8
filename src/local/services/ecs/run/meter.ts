import type { UsageOf } from '../../../../core/usage.ts';
import type { ServiceEnvironment } from '../../../service.ts';
import type { TaskDefinitionRecord, TaskRecord } from '../records.ts';

const minute = 60_000;

/** From the start of the pull to the end, at least a minute; recorded each minute and when it stops. */
export function meterTask(
  env: ServiceEnvironment,
  definition: TaskDefinitionRecord,
  resource: string,
  task: () => TaskRecord,
  publicAddress: boolean,
  signal: AbortSignal,
): void {
  const architecture = definition.runtimePlatform?.cpuArchitecture === 'ARM64' ? 'arm64' : 'x86_64';
  let from = task().pullStartedAt ?? env.clock.now();
  const record = (seconds: number) => {
    if (seconds <= 0) return;
    const add = (usage: UsageOf<'ecs'>, rate: number) =>
      env.meter({ service: 'ecs', usage, quantity: rate * seconds, resource });
    add(`vcpu-seconds:${architecture}`, definition.cpu / 1024);
    add(`gb-seconds:${architecture}`, definition.memory / 1024);
    // By the second, at least a minute, as the task itself: https://aws.amazon.com/vpc/pricing/
    if (publicAddress) add('public-ipv4-seconds', 1);
    // 20 GB of ephemeral storage are included.
    if (definition.ephemeralGib > 20) add('ephemeral-gb-seconds', definition.ephemeralGib - 20);
  };
  const take = (least: number) => {
    const now = env.clock.now();
    record(Math.max(least, (now - from) / 1000));
    from = Math.max(now, from);
  };
  let first = true;
  const timer = env.clock.repeat(
    () => minute,
    () => {
      take(0);
      first = false;
    },
  );
  const end = () => {
    timer.cancel();
    take(first ? 60 : 0);
  };
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
}
