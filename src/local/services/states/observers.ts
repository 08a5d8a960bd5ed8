/** What others learn of executions: metrics, usage, events on the default bus. */
import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import type { Timer } from '../../../core/clock.ts';
import { reportBug } from '../../../core/report-bug.ts';
import type { ServiceEnvironment } from '../../service.ts';
import { executionArn, machineArn } from './engine/engine.ts';
import type { EventRecord, ExecutionRecord, ExecutionStatus } from './records.ts';

const minute = 60_000;

const metricOf: Partial<Record<ExecutionStatus, string>> = {
  RUNNING: 'ExecutionsStarted',
  SUCCEEDED: 'ExecutionsSucceeded',
  FAILED: 'ExecutionsFailed',
  ABORTED: 'ExecutionsAborted',
  TIMED_OUT: 'ExecutionsTimedOut',
};

export interface Observers {
  changed(execution: ExecutionRecord): void;
  observe(execution: ExecutionRecord, event: EventRecord): void;
  start(): void;
  stop(): void;
}

export function createObservers(env: ServiceEnvironment): Observers {
  const bus = env.arn('events', 'event-bus/default');
  const service = env.asService('states.amazonaws.com');
  let data: MetricDatum[] = [];
  let timer: Timer | undefined;

  /** https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html */
  function count(execution: ExecutionRecord): void {
    const Dimensions = [{ Name: 'StateMachineArn', Value: machineArn({ env }, execution.machine) }];
    const Timestamp = new Date(env.clock.now());
    const name = metricOf[execution.status];
    if (name) data.push({ MetricName: name, Value: 1, Unit: 'Count', Timestamp, Dimensions });
    if (execution.stopped !== undefined)
      data.push({
        MetricName: 'ExecutionTime',
        Value: execution.stopped - execution.started,
        Unit: 'Milliseconds',
        Timestamp,
        Dimensions,
      });
  }

  function send(): void {
    const all = data;
    data = [];
    for (let i = 0; i < all.length; i += 1000)
      service('cloudwatch', 'PutMetricData', {
        Namespace: 'AWS/States',
        MetricData: all.slice(i, i + 1000),
      }).catch((error: unknown) => reportBug(env.host, 'Step Functions metrics', error));
  }

  /** https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html: of standard executions. */
  function announce(execution: ExecutionRecord): void {
    const { name, status, started, stopped, input, output, error, cause } = execution;
    const arn = executionArn({ env }, execution);
    const included = { included: true };
    const detail = {
      executionArn: arn,
      stateMachineArn: machineArn({ env }, execution.machine),
      name,
      status,
      startDate: started,
      stopDate: stopped ?? null,
      input,
      output: output ?? null,
      inputDetails: included,
      outputDetails: output === undefined ? null : included,
      error: error ?? null,
      cause: cause ?? null,
    };
    env
      .deliver(
        bus,
        {
          body: JSON.stringify(detail),
          event: {
            source: 'aws.states',
            detailType: 'Step Functions Execution Status Change',
            resources: [arn],
          },
        },
        service,
      )
      .catch((failed: unknown) => reportBug(env.host, 'Step Functions event', failed));
  }

  return {
    changed(execution) {
      if (execution.mapRun === undefined) count(execution);
      const resource = machineArn({ env }, execution.machine);
      if (execution.type === 'STANDARD') {
        if (execution.mapRun === undefined) announce(execution);
      } else if (execution.stopped !== undefined) {
        // Billed by 100 ms and 64 MB: https://aws.amazon.com/step-functions/pricing/
        const seconds = Math.max(1, Math.ceil((execution.stopped - execution.started) / 100)) / 10;
        env.meter({ service: 'states', usage: 'express-requests', quantity: 1, resource });
        env.meter({
          service: 'states',
          usage: 'express-gb-seconds',
          quantity: (seconds * 64) / 1024,
          resource,
        });
      }
    },
    observe({ type, machine }, event) {
      if (type === 'STANDARD' && event.type?.endsWith('StateEntered'))
        env.meter({
          service: 'states',
          usage: 'transitions',
          quantity: 1,
          resource: machineArn({ env }, machine),
        });
    },
    start() {
      timer = env.clock.repeat(() => minute - (env.clock.now() % minute), send);
    },
    stop() {
      timer?.cancel();
    },
  };
}
