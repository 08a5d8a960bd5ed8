/** How the history tells of a task: functions and activities have events of their own. */
import type { HistoryEventType } from '@aws-sdk/client-sfn';
import type { Json } from '../../../../../core/json.ts';
import type { TaskResource } from '../../integrations/resource.ts';
import type { Frame } from '../../records.ts';
import type { EventDetails, Journal } from '../journal.ts';

interface Scheduled {
  readonly parameters: Json;
  readonly region: string;
  readonly timeout: number | undefined;
  readonly heartbeat: number | undefined;
  readonly credentials: string | undefined;
}

const whole = { truncated: false };

export interface TaskTeller {
  scheduled(task: Scheduled): void;
  started(worker?: string): void;
  submitted(output: Json): void;
  succeeded(output: Json): void;
  failed(error: string | undefined, cause: string | undefined): void;
  timedOut(): void;
}

export function taskTeller(journal: Journal, frame: Frame, resource: TaskResource): TaskTeller {
  const tell = (type: HistoryEventType, details?: EventDetails) => {
    frame.previous = journal.append(type, frame.previous, details);
  };
  const limits = ({ timeout, credentials }: Scheduled) => ({
    ...(timeout === undefined ? {} : { timeoutInSeconds: timeout }),
    ...(credentials === undefined ? {} : { taskCredentials: { roleArn: credentials } }),
  });
  const why = (error: string | undefined, cause: string | undefined) => ({
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  });
  const timeout = { error: 'States.Timeout' };
  const output = (value: Json) => ({ output: JSON.stringify(value), outputDetails: whole });
  switch (resource.kind) {
    case 'function':
      return {
        scheduled: (task) =>
          tell('LambdaFunctionScheduled', {
            lambdaFunctionScheduledEventDetails: {
              resource: resource.arn,
              input: JSON.stringify(task.parameters),
              inputDetails: whole,
              ...limits(task),
            },
          }),
        started: () => tell('LambdaFunctionStarted'),
        submitted: () => {},
        succeeded: (value) =>
          tell('LambdaFunctionSucceeded', { lambdaFunctionSucceededEventDetails: output(value) }),
        failed: (error, cause) =>
          tell('LambdaFunctionFailed', { lambdaFunctionFailedEventDetails: why(error, cause) }),
        timedOut: () => tell('LambdaFunctionTimedOut', { lambdaFunctionTimedOutEventDetails: timeout }),
      };
    case 'activity':
      return {
        scheduled: (task) =>
          tell('ActivityScheduled', {
            activityScheduledEventDetails: {
              resource: resource.arn,
              input: JSON.stringify(task.parameters),
              inputDetails: whole,
              ...(task.timeout === undefined ? {} : { timeoutInSeconds: task.timeout }),
              ...(task.heartbeat === undefined ? {} : { heartbeatInSeconds: task.heartbeat }),
            },
          }),
        started: (workerName) =>
          tell('ActivityStarted', {
            activityStartedEventDetails: workerName === undefined ? {} : { workerName },
          }),
        submitted: () => {},
        succeeded: (value) => tell('ActivitySucceeded', { activitySucceededEventDetails: output(value) }),
        failed: (error, cause) => tell('ActivityFailed', { activityFailedEventDetails: why(error, cause) }),
        timedOut: () => tell('ActivityTimedOut', { activityTimedOutEventDetails: timeout }),
      };
    case 'service': {
      const named = { resourceType: resource.type, resource: resource.name };
      return {
        scheduled: (task) =>
          tell('TaskScheduled', {
            taskScheduledEventDetails: {
              ...named,
              region: task.region,
              parameters: JSON.stringify(task.parameters),
              ...(task.heartbeat === undefined ? {} : { heartbeatInSeconds: task.heartbeat }),
              ...limits(task),
            },
          }),
        started: () => tell('TaskStarted', { taskStartedEventDetails: named }),
        submitted: (value) =>
          tell('TaskSubmitted', { taskSubmittedEventDetails: { ...named, ...output(value) } }),
        succeeded: (value) =>
          tell('TaskSucceeded', { taskSucceededEventDetails: { ...named, ...output(value) } }),
        failed: (error, cause) =>
          tell('TaskFailed', { taskFailedEventDetails: { ...named, ...why(error, cause) } }),
        timedOut: () => tell('TaskTimedOut', { taskTimedOutEventDetails: { ...named, ...timeout } }),
      };
    }
  }
}
