/**
 * `slipway/local`: a local cloud inside this process, for the tests of an app.
 *
 * ```ts
 * import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
 * import { startLocalCloud } from 'slipway/local';
 *
 * await using cloud = await startLocalCloud();
 * const { outputs } = await cloud.up('cdk.out');
 * await cloud.client(SQSClient).send(
 *   new SendMessageCommand({ QueueUrl: outputs.QueueUrl, MessageBody: 'hello' }),
 * );
 * await cloud.advance({ hours: 1 });
 * ```
 */
export { type ErrorCode, SlipwayError } from '../core/errors.ts';
export type { BillReport } from '../review/cost/report.ts';
export type { DeployedStack } from './deployed-target.ts';
export type { Duration } from './duration.ts';
export type { LogLine, LogsQuery } from './read-logs.ts';
export type { CloudEvent, EventsQuery } from './recent-events.ts';
export {
  type ClientConfig,
  type Fault,
  type LocalCloud,
  type LocalCloudOptions,
  startLocalCloud,
  type UpOptions,
  type UpResult,
} from './start-local-cloud.ts';
