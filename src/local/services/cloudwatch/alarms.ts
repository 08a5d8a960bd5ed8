/**
 * The alarms: kept, evaluated once in each minute of the clock (two seconds into it, after services have
 * published the minute that ended), and their history of 30 days.
 */
import type { HistoryItemType } from '@aws-sdk/client-cloudwatch';
import type { ServiceEnvironment } from '../../service.ts';
import type { Collection } from '../../store/store.ts';
import { actionsFor, runActions } from './actions.ts';
import type { AlarmRecord, CompositeAlarmRecord, MetricAlarmRecord } from './alarm-record.ts';
import { parseAlarmRule } from './alarm-rule.ts';
import { type Condition, decide, evaluationRange, type State } from './decide.ts';
import type { MetricStore } from './metric-store.ts';
import { answerQueries, type Query, readQueries } from './query.ts';
import { reasonData, reasonOf } from './reason.ts';

interface HistoryItem {
  readonly alarm: string;
  readonly kind: AlarmRecord['kind'];
  readonly at: number;
  readonly type: HistoryItemType;
  readonly summary: string;
  readonly data: string;
}

interface NewState {
  readonly state: State;
  readonly reason: string;
  readonly reasonData?: string;
}

const minute = 60_000;
const historyRetention = 30 * 24 * 3_600_000;

export class Alarms {
  readonly #env: ServiceEnvironment;
  readonly #metrics: MetricStore;
  readonly #kept: Collection<AlarmRecord>;
  readonly #history: Collection<HistoryItem>;
  readonly #alarms = new Map<string, AlarmRecord>();
  readonly #queries = new WeakMap<AlarmRecord, readonly Query[]>();
  #seq = 0;

  constructor(env: ServiceEnvironment, metrics: MetricStore) {
    this.#env = env;
    this.#metrics = metrics;
    this.#kept = env.store.collection('cloudwatch.alarms');
    this.#history = env.store.collection('cloudwatch.alarm-history');
    for (const alarm of this.#kept.values()) this.#alarms.set(alarm.name, alarm);
  }

  arn(name: string): string {
    return this.#env.arn('cloudwatch', `alarm:${name}`);
  }

  get(name: string): AlarmRecord | undefined {
    return this.#alarms.get(name);
  }

  /** By name. */
  all(): AlarmRecord[] {
    return [...this.#alarms.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  #store(alarm: AlarmRecord): void {
    this.#kept.put(alarm.name, alarm);
    this.#alarms.set(alarm.name, alarm);
  }

  /** Makes or changes an alarm; its state stays. */
  configure(alarm: AlarmRecord): void {
    const before = this.#alarms.get(alarm.name);
    this.#store(alarm);
    this.#record(alarm, 'ConfigurationUpdate', `Alarm "${alarm.name}" ${before ? 'updated' : 'created'}`, {
      type: before ? 'Update' : 'Create',
      version: '1.0',
    });
  }

  enableActions(alarm: AlarmRecord, actionsEnabled: boolean): void {
    this.configure({ ...alarm, actionsEnabled });
  }

  delete(alarm: AlarmRecord): void {
    this.#kept.delete(alarm.name);
    this.#alarms.delete(alarm.name);
  }

  #record(alarm: AlarmRecord, type: HistoryItemType, summary: string, data: object): void {
    const at = this.#env.clock.now();
    this.#seq = Math.max(this.#seq + 1, at * 1000);
    this.#history.put([alarm.name, this.#seq], {
      alarm: alarm.name,
      kind: alarm.kind,
      at,
      type,
      summary,
      data: JSON.stringify(data),
    });
  }

  /** The oldest first. */
  history(name: string | undefined): HistoryItem[] {
    return [...this.#history.values(name === undefined ? {} : { prefix: name })].sort((a, b) => a.at - b.at);
  }

  /** Sets a state, stores it and acts on it when it is another. */
  async change(alarm: AlarmRecord, next: NewState): Promise<void> {
    const { state: old } = alarm;
    if (old === next.state) {
      // The datapoints move on while the state stays: scaling policies read how far the threshold is crossed.
      if (alarm.reasonData !== next.reasonData || alarm.reason !== next.reason)
        this.#store({ ...alarm, ...next });
      return;
    }
    const { reasonData: _, ...rest } = alarm;
    const changed: AlarmRecord = { ...rest, ...next, stateAt: this.#env.clock.now() };
    this.#env.store.transaction(() => {
      this.#store(changed);
      this.#record(changed, 'StateUpdate', `Alarm updated from ${old} to ${next.state}`, {
        version: '1.0',
        oldState: { stateValue: old, stateReason: alarm.reason },
        newState: {
          stateValue: next.state,
          stateReason: next.reason,
          ...(next.reasonData ? { stateReasonData: JSON.parse(next.reasonData) as object } : {}),
        },
      });
    });
    const told = { alarm: alarm.name, from: old, reason: next.reason };
    this.#env.host.notify(
      next.state === 'ALARM'
        ? { name: 'alarm.raised', data: told }
        : { name: 'alarm.cleared', data: { ...told, to: next.state } },
    );
    for (const { arn, error } of await runActions(this.#env, changed, alarm))
      this.#record(
        changed,
        'Action',
        error
          ? `Failed to execute action ${arn}. Received error: "${error}"`
          : `Successfully executed action ${arn}`,
        {
          actionState: error ? 'Failed' : 'Succeeded',
          notificationResource: arn,
          ...(error ? { error } : {}),
        },
      );
    if (actionsFor(changed, changed.state).length > 0 && !changed.actionsEnabled)
      this.#record(changed, 'Action', 'Actions are disabled', { actionState: 'Disabled' });
  }

  async evaluate(): Promise<void> {
    // Metric alarms first: composite ones ask for their states.
    for (const alarm of this.all()) if (alarm.kind === 'metric') await this.#evaluateMetric(alarm);
    for (const alarm of this.all()) if (alarm.kind === 'composite') await this.#evaluateComposite(alarm);
  }

  async #evaluateMetric(alarm: MetricAlarmRecord): Promise<void> {
    const now = this.#env.clock.now();
    const condition: Condition = {
      operator: alarm.operator,
      threshold: alarm.threshold,
      periods: alarm.periods,
      datapointsToAlarm: alarm.datapointsToAlarm ?? alarm.periods,
      missing: alarm.missing ?? 'missing',
    };
    const queries = this.queriesOf(alarm);
    const watched = queries.find((query) => query.returnData);
    if (!watched) return;
    // Spans end with the minute that has ended and slide by the minute, also when a period is longer.
    const end = Math.floor(now / minute) * minute;
    const start = end - evaluationRange(alarm.periods) * watched.period;
    const { values, samples } = answerQueries(this.#metrics, queries, { start, end })(watched.id);
    const found = [...values].map(([at, value]) => ({ at, value })).sort((a, b) => b.at - a.at);
    const verdict = decide(condition, found);
    const state = verdict.state ?? alarm.state;
    if (verdict.state === undefined) return;
    await this.change(alarm, {
      state,
      reason: reasonOf(condition, verdict, state),
      reasonData: reasonData({
        now,
        statistic: watched.metric?.stat,
        unit: watched.metric?.unit,
        period: watched.period,
        threshold: alarm.threshold,
        evaluated: verdict.evaluated,
        samples,
      }),
    });
  }

  queriesOf(alarm: MetricAlarmRecord): readonly Query[] {
    let queries = this.#queries.get(alarm);
    if (!queries) {
      const { single, metrics } = alarm;
      queries = single
        ? [
            {
              id: 'm1',
              label: undefined,
              returnData: true,
              period: single.period * 1000,
              metric: {
                namespace: single.namespace,
                name: single.name,
                dimensions: single.dimensions,
                stat: single.statistic ?? single.extendedStatistic ?? '',
                unit: single.unit,
              },
            },
          ]
        : readQueries(metrics);
      this.#queries.set(alarm, queries);
    }
    return queries;
  }

  async #evaluateComposite(alarm: CompositeAlarmRecord): Promise<void> {
    const rule = parseAlarmRule(alarm.rule);
    const states = rule.children.map((name) => `${name} is ${this.get(name)?.state ?? 'unknown'}`);
    const state = rule.holds((name) => this.get(name)?.state) ? 'ALARM' : 'OK';
    await this.change(alarm, {
      state,
      reason: `The rule ${alarm.rule} is ${state === 'ALARM' ? '' : 'not '}fulfilled: ${states.join(', ')}`,
    });
  }

  sweep(): void {
    const cutoff = this.#env.clock.now() - historyRetention;
    const old = [...this.#history.entries()].filter(([, item]) => item.at < cutoff).map(([key]) => key);
    this.#env.store.transaction(() => {
      for (const key of old) this.#history.delete(key);
    });
  }
}
