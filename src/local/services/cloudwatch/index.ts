/**
 * Amazon CloudWatch: metrics, metric math, alarms by the clock, dashboards. Refused: anomaly detection, metric
 * streams, Insights rules, SEARCH and SELECT, alarms with periods under a minute.
 */
import type { Timer } from '../../../core/clock.ts';
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
  let timers: readonly Timer[] = [];
  return {
    operations: Object.values(operations).map((create) => create(context)),
    resourceTypes: [alarm, compositeAlarm, dashboard],
    start() {
      const { clock } = env;
      const nextMinute = () => minute - ((clock.now() - evaluateAt) % minute);
      timers = [
        clock.repeat(nextMinute, () => alarms.evaluate()),
        clock.repeat(
          () => 60 * minute,
          () => {
            metrics.sweep();
            alarms.sweep();
          },
        ),
      ];
    },
    async stop() {
      for (const timer of timers) timer.cancel();
    },
  };
}
