/**
 * Amazon CloudWatch: metrics, metric math, alarms by the clock, dashboards. Refused: anomaly detection, metric
 * streams, Insights rules, SEARCH and SELECT, alarms with periods under a minute.
 */
import type { Timer } from '../../../core/clock.ts';
import { reportBug } from '../../../core/report-bug.ts';
import type { Service, ServiceEnvironment } from '../../service.ts';
import { Alarms } from './alarms.ts';
import type { CloudWatchContext } from './context.ts';
import { MetricStore } from './metric-store.ts';
import * as operations from './operations/index.ts';
import { alarm } from './resources/alarm.ts';
import { compositeAlarm } from './resources/composite-alarm.ts';
import { dashboard } from './resources/dashboard.ts';

const minute = 60_000;
/** ms into each minute: services publish at its start. */
const evaluateAt = 2000;

export function createCloudWatch(env: ServiceEnvironment): Service {
  const metrics = new MetricStore(env);
  const alarms = new Alarms(env, metrics);
  const context: CloudWatchContext = { env, metrics, alarms };
  let timer: Timer | undefined;
  let sweptAt = env.clock.now();
  const arm = () => {
    timer = env.clock.after(minute - ((env.clock.now() - evaluateAt) % minute), tick);
  };
  const tick = () => {
    arm();
    alarms.evaluate().catch((error: unknown) => reportBug(env.host, 'alarm evaluation', error));
    if (env.clock.now() - sweptAt < 60 * minute) return;
    sweptAt = env.clock.now();
    metrics.sweep();
    alarms.sweep();
  };
  return {
    operations: Object.values(operations).map((create) => create(context)),
    resourceTypes: [alarm, compositeAlarm, dashboard],
    start: arm,
    async stop() {
      timer?.cancel();
    },
  };
}
