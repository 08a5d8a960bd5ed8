/**
 * A container's health check. Until it first succeeds it is repeated every quarter second within its start period
 * (or first interval), so that a service is steady soon after it is ready; then at its interval, on the clock.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html
 */
import type { HealthCheck } from '@aws-sdk/client-ecs';
import type { Clock } from '../../../../core/clock.ts';

interface HealthOptions {
  readonly check: HealthCheck;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  run(seconds: number): Promise<{ readonly healthy: boolean; readonly output: string }>;
  changed(health: 'HEALTHY' | 'UNHEALTHY', output: string): void;
  /** A check failed before any other has succeeded; told again when it says something else. */
  failing(output: string): void;
}

const quickMs = 250;
type Health = 'UNKNOWN' | 'HEALTHY' | 'UNHEALTHY';

export async function watchHealth(options: HealthOptions): Promise<void> {
  const { check, clock, signal, run, changed, failing } = options;
  const interval = (check.interval ?? 30) * 1000;
  const retries = check.retries ?? 3;
  const eager = clock.now() + Math.max((check.startPeriod ?? 0) * 1000, interval);
  let health: Health = 'UNKNOWN';
  let failures = 0;
  let said: string | undefined;
  while (!signal.aborted) {
    const early = health === 'UNKNOWN' && clock.now() < eager;
    await clock.sleep(early ? quickMs : interval, signal);
    if (signal.aborted) return;
    const { healthy, output } = await run(check.timeout ?? 5);
    if (signal.aborted) return;
    if (healthy) failures = 0;
    else if (!early) failures++;
    if (!healthy && health === 'UNKNOWN' && output !== said) {
      said = output;
      failing(output);
    }
    const now: Health = healthy ? 'HEALTHY' : failures >= retries ? 'UNHEALTHY' : health;
    if (now !== health && now !== 'UNKNOWN') changed(now, output);
    health = now;
  }
}
