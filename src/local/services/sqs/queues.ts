/** All queues of the account, found by name, URL or ARN. */
import { parseArn } from '../../../core/arn.ts';
import { AwsError, type ServiceEnvironment, throwFirst } from '../../service.ts';
import {
  type Attributes,
  allowsRedriveFrom,
  attributeProblems,
  defaults,
  mergeAttributes,
  readAttributes,
  readRedrivePolicy,
} from './attributes.ts';
import { invalidAttributeValue, invalidParameter, queueDoesNotExist } from './errors.ts';
import type { KeptMessage, Receipt } from './message.ts';
import { Queue, type QueueRecord, type Stores } from './queue.ts';
import { readQueueUrl } from './queue-url.ts';

export interface Queues {
  all(): Iterable<Queue>;
  /** @throws QueueDoesNotExist */
  byUrl(url: string | undefined): Queue;
  byName(name: string | undefined): Queue | undefined;
  byArn(arn: string): Queue | undefined;
  create(name: string, attributes: Partial<Attributes>, tags: Readonly<Record<string, string>>): Queue;
  setAttributes(queue: Queue, given: Partial<Attributes>): void;
  delete(queue: Queue): void;
}

/** What is wrong with a new queue by itself. */
export function* newQueueProblems(name: string, given: Partial<Attributes>): Generator<AwsError> {
  const attributes = readAttributes(given);
  const fifo = name.endsWith('.fifo');
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(fifo ? name.slice(0, -5) : name) || name.length > 80)
    yield new AwsError(
      'InvalidParameterValue',
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    );
  if (fifo && attributes.FifoQueue !== 'true')
    yield new AwsError(
      'InvalidParameterValue',
      'The queue name can only include alphanumeric characters, hyphens, or underscores; a name that ends in .fifo needs the attribute FifoQueue.',
    );
  if (!fifo && attributes.FifoQueue === 'true')
    yield new AwsError(
      'InvalidParameterValue',
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.',
    );
  yield* attributeProblems(attributes, fifo);
}

export function openQueues(env: ServiceEnvironment): Queues {
  const stores: Stores = {
    queues: env.store.collection<QueueRecord>('sqs.queues'),
    messages: env.store.collection<KeptMessage>('sqs.messages'),
    receipts: env.store.collection<Receipt>('sqs.receipts'),
  };
  const queues = new Map<string, Queue>();
  for (const record of stores.queues.values()) queues.set(record.name, new Queue(env, stores, record));

  const byArn = (arn: string): Queue | undefined => {
    const parts = parseArn(arn);
    return parts?.service === 'sqs' && parts.region === env.region && parts.account === env.accountId
      ? queues.get(parts.resource)
      : undefined;
  };

  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html */
  const checkRedrive = (name: string, fifo: boolean, attributes: Partial<Attributes>): void => {
    if (!attributes.RedrivePolicy) return;
    const wrong = (reason: string) => invalidParameter(attributes.RedrivePolicy, 'RedrivePolicy', reason);
    const policy = readRedrivePolicy({ RedrivePolicy: attributes.RedrivePolicy });
    const target = policy && byArn(policy.deadLetterTargetArn);
    if (!target) throw wrong('Dead letter target does not exist.');
    if (target.fifo !== fifo) throw wrong('Dead-letter queue must be same type of queue as the source.');
    if (!allowsRedriveFrom(target.record.attributes, env.arn('sqs', name)))
      throw wrong("The dead-letter queue's RedriveAllowPolicy does not permit this source queue.");
  };

  return {
    all: () => queues.values(),
    byArn,
    byName: (name) => queues.get(name ?? ''),
    byUrl(url) {
      const named = readQueueUrl(url ?? '');
      const here =
        (named.accountId ?? env.accountId) === env.accountId && (named.region ?? env.region) === env.region;
      const queue = here ? queues.get(named.name) : undefined;
      if (!queue) throw queueDoesNotExist();
      return queue;
    },
    create(name, given, tags) {
      const attributes = readAttributes(given);
      const fifo = name.endsWith('.fifo');
      const existing = queues.get(name);
      if (existing) {
        for (const [key, value] of Object.entries(attributes))
          if (value !== existing.record.attributes[key])
            throw new AwsError(
              'QueueNameExists',
              `A queue already exists with the same name and a different value for attribute ${key}`,
            );
        return existing;
      }
      checkRedrive(name, fifo, attributes);
      const now = env.clock.now();
      const record: QueueRecord = {
        id: env.randomId(12),
        name,
        attributes: mergeAttributes(defaults(fifo, attributes), attributes),
        tags,
        createdAt: now,
        modifiedAt: now,
      };
      stores.queues.put(name, record);
      const queue = new Queue(env, stores, record);
      queue.counts.usedAt = now;
      queues.set(name, queue);
      return queue;
    },
    setAttributes(queue, attributes) {
      const given = readAttributes(attributes);
      if (queue.fifo && given.FifoQueue !== undefined && given.FifoQueue !== 'true')
        throw invalidAttributeValue('FifoQueue', 'Reason: Modifying queue type is not supported.');
      throwFirst(attributeProblems(given, queue.fifo));
      checkRedrive(queue.record.name, queue.fifo, given);
      queue.change({
        attributes: mergeAttributes(queue.record.attributes, given),
        modifiedAt: env.clock.now(),
      });
    },
    delete(queue) {
      queue.delete();
      queues.delete(queue.record.name);
    },
  };
}
