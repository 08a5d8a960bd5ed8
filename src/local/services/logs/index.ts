/**
 * Amazon CloudWatch Logs: groups, streams, events, metric filters, embedded metrics, subscription filters of functions.
 * Refused: Insights queries, live tail, other subscribers, data protection, deliveries.
 */
import type { Timer } from '../../../core/clock.ts';
import type { Service, ServiceEnvironment } from '../../service.ts';
import { groupArn, type LogsContext } from './context.ts';
import { LogStore } from './log-store.ts';
import * as operations from './operations/index.ts';
import { logGroup } from './resources/log-group.ts';
import { logStream } from './resources/log-stream.ts';
import { metricFilter } from './resources/metric-filter.ts';
import { resourcePolicy } from './resources/resource-policy.ts';
import { subscriptionFilter } from './resources/subscription-filter.ts';

const hour = 3_600_000;
const minute = 60_000;

export function createLogs(env: ServiceEnvironment): Service {
  const context: LogsContext = { env, logs: new LogStore(env) };
  let timer: Timer | undefined;
  let since = env.clock.now();
  const meterStorage = () => {
    const hours = (env.clock.now() - since) / hour;
    since = env.clock.now();
    for (const group of context.logs.groups.values()) {
      const bytes = [...group.streams.values()].reduce((sum, stream) => sum + stream.bytes, 0);
      if (bytes > 0 && hours > 0)
        env.meter({
          service: 'logs',
          usage: 'byte-hours',
          quantity: bytes * hours,
          resource: groupArn(context, group.record.name),
        });
    }
  };
  // The first after a minute, so that a short run has a figure; then twice as long each time, up to an hour.
  let wait = minute / 2;
  const nextWait = () => {
    wait = Math.min(hour, wait * 2);
    return wait;
  };
  const settle = () => {
    for (const group of context.logs.groups.values()) {
      const { retentionInDays } = group.record;
      if (retentionInDays) context.logs.expire(group, env.clock.now() - retentionInDays * 24 * hour);
    }
    meterStorage();
  };
  return {
    operations: Object.values(operations).map((create) => create(context)),
    resourceTypes: [logGroup, logStream, metricFilter, resourcePolicy, subscriptionFilter],
    start() {
      since = env.clock.now();
      timer = env.clock.repeat(nextWait, settle);
    },
    async stop() {
      timer?.cancel();
      meterStorage();
    },
  };
}
