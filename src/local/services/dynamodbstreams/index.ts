/**
 * The DynamoDB Streams API, which is an API of its own, over the streams that the tables write.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB_Streams.html
 */
import type { Service, ServiceEnvironment } from '../../service.ts';
import { openStreamLog } from '../../table-streams/log.ts';
import * as operations from './operations/index.ts';

export function createDynamoDbStreams(env: ServiceEnvironment): Service {
  const context = { env, log: openStreamLog(env.store, env.clock) };
  return { operations: Object.values(operations).map((create) => create(context)) };
}
