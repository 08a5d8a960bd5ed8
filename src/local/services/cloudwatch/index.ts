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
import { deleteAlarms } from './operations/delete-alarms.ts';
import { deleteDashboards } from './operations/delete-dashboards.ts';
import { describeAlarmHistory } from './operations/describe-alarm-history.ts';
import { describeAlarms } from './operations/describe-alarms.ts';
import { describeAlarmsForMetric } from './operations/describe-alarms-for-metric.ts';
import { disableAlarmActions } from './operations/disable-alarm-actions.ts';
import { enableAlarmActions } from './operations/enable-alarm-actions.ts';
import { getDashboard } from './operations/get-dashboard.ts';
import { getMetricData } from './operations/get-metric-data.ts';
import { getMetricStatistics } from './operations/get-metric-statistics.ts';
import { listDashboards } from './operations/list-dashboards.ts';
import { listMetrics } from './operations/list-metrics.ts';
import { listTagsForResource } from './operations/list-tags-for-resource.ts';
import { putCompositeAlarm } from './operations/put-composite-alarm.ts';
import { putDashboard } from './operations/put-dashboard.ts';
import { putMetricAlarm } from './operations/put-metric-alarm.ts';
import { putMetricData } from './operations/put-metric-data.ts';
import { setAlarmState } from './operations/set-alarm-state.ts';
import { tagResource } from './operations/tag-resource.ts';
import { untagResource } from './operations/untag-resource.ts';
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
    operations: [
      deleteAlarms(context),
      deleteDashboards(context),
      describeAlarmHistory(context),
      describeAlarms(context),
      describeAlarmsForMetric(context),
      disableAlarmActions(context),
      enableAlarmActions(context),
      getDashboard(context),
      getMetricData(context),
      getMetricStatistics(context),
      listDashboards(context),
      listMetrics(context),
      listTagsForResource(context),
      putCompositeAlarm(context),
      putDashboard(context),
      putMetricAlarm(context),
      putMetricData(context),
      setAlarmState(context),
      tagResource(context),
      untagResource(context),
    ],
    resourceTypes: [alarm, compositeAlarm, dashboard],
    start: arm,
    async stop() {
      timer?.cancel();
    },
  };
}
