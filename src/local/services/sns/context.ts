/** Topics and subscriptions, and what SNS's operations share. */

import { parseArn } from '../../../core/arn.ts';
import { type NamedPolicy, parsePolicy } from '../../../iam/index.ts';
import { paging } from '../../paging.ts';
import { tagProblem } from '../../resource-tags.ts';
import type { AccessCheck, Call, ServiceEnvironment } from '../../service.ts';
import type { Collection } from '../../store/store.ts';
import { invalid, notFound } from './errors.ts';
import { type FilterPolicy, parseFilterPolicy } from './filter-policy.ts';

export interface Topic {
  readonly name: string;
  readonly arn: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Email, SMS and web endpoints are never confirmed here. */
  readonly pending: boolean;
  /** ARN of who subscribed. */
  readonly principal: string;
}

/** Of a message that a FIFO topic took: the same again is acknowledged and not delivered. */
export interface Published {
  readonly messageId: string;
  readonly sequenceNumber: string;
  readonly until: number;
}

export interface SnsContext {
  readonly env: ServiceEnvironment;
  readonly topics: Map<string, Topic>;
  readonly subscriptions: Map<string, Subscription>;
  /** Of FIFO topics, by topic, scope and deduplication id. */
  readonly published: Collection<Published>;
  /** The latest delivery of each FIFO topic, by ARN: the next one waits for it. */
  readonly deliveries: Map<string, Promise<void>>;
  putTopic(topic: Topic): void;
  deleteTopic(topic: Topic): void;
  putSubscription(subscription: Subscription): void;
  deleteSubscription(subscription: Subscription): void;
}

export function openSns(env: ServiceEnvironment): SnsContext {
  const keptTopics = env.store.collection<Topic>('sns.topics');
  const keptSubscriptions = env.store.collection<Subscription>('sns.subscriptions');
  const topics = new Map([...keptTopics.values()].map((topic) => [topic.arn, topic]));
  const subscriptions = new Map([...keptSubscriptions.values()].map((one) => [one.arn, one]));
  const context: SnsContext = {
    env,
    topics,
    subscriptions,
    published: env.store.collection<Published>('sns.published'),
    deliveries: new Map(),
    putTopic(topic) {
      keptTopics.put(topic.name, topic);
      topics.set(topic.arn, topic);
    },
    deleteTopic(topic) {
      env.store.transaction(() => {
        for (const one of ofTopic(context, topic.arn)) context.deleteSubscription(one);
        keptTopics.delete(topic.name);
        context.published.clear(topic.name);
      });
      topics.delete(topic.arn);
    },
    putSubscription(subscription) {
      keptSubscriptions.put(subscription.arn, subscription);
      subscriptions.set(subscription.arn, subscription);
    },
    deleteSubscription(subscription) {
      keptSubscriptions.delete(subscription.arn);
      subscriptions.delete(subscription.arn);
    },
  };
  return context;
}

export const topicArn = (env: ServiceEnvironment, name: string) => env.arn('sns', name);

export const ofTopic = ({ subscriptions }: SnsContext, arn: string): Subscription[] =>
  [...subscriptions.values()].filter((one) => one.topicArn === arn);

/** @throws NotFound; InvalidParameter when it is no ARN, or one of another region */
export function findTopic({ topics, env }: SnsContext, arn = ''): Topic {
  const topic = topics.get(arn);
  if (topic) return topic;
  checkArn(arn, 'TopicArn');
  if (parseArn(arn)?.region !== env.region) throw invalid('TopicArn');
  throw notFound('Topic');
}

export function checkArn(arn: string, name: string): void {
  const elements = arn.split(':').length;
  if (elements < 6) throw invalid(`${name} Reason: An ARN must have at least 6 elements, not ${elements}`);
}

export function findSubscription({ subscriptions }: SnsContext, arn: string | undefined): Subscription {
  const subscription = subscriptions.get(arn ?? '');
  if (!subscription) throw notFound('Subscription');
  return subscription;
}

const policies = new WeakMap<Topic, NamedPolicy>();

function policyOf(topic: Topic): NamedPolicy | undefined {
  if (!topic.attributes.Policy) return undefined;
  let policy = policies.get(topic);
  if (!policy) {
    policy = {
      name: `policy of topic ${topic.name}`,
      document: parsePolicy(topic.attributes.Policy, 'resource'),
    };
    policies.set(topic, policy);
  }
  return policy;
}

/**
 * A topic without a policy of its own has AWS's default one: whoever acts for this account may use it, AWS's
 * services on its behalf included.
 */
export function onTopic(
  context: SnsContext,
  action: string,
  arn: string | undefined,
  call: Call,
): readonly AccessCheck[] {
  const topic = findTopic(context, arn);
  const resourcePolicy = policyOf(topic);
  const { kind, accountId } = call.caller;
  if (kind === 'service' && accountId === context.env.accountId && !resourcePolicy) return [];
  return [{ action: `sns:${action}`, resource: topic.arn, resourcePolicy }];
}

/** Whom a topic's policy names must be there. */
export function checkPrincipals({ env }: Pick<SnsContext, 'env'>, policy: string | undefined): void {
  const [unknown] = policy ? env.unknownPrincipals(policy) : [];
  if (unknown !== undefined) throw invalid(`Policy Error: PrincipalNotFound (${unknown})`);
}

const filters = new WeakMap<Subscription, FilterPolicy>();

export function filterOf(subscription: Subscription): FilterPolicy | undefined {
  const { FilterPolicy, FilterPolicyScope } = subscription.attributes;
  if (!FilterPolicy) return undefined;
  let filter = filters.get(subscription);
  if (!filter) {
    filter = parseFilterPolicy(
      FilterPolicy,
      FilterPolicyScope === 'MessageBody' ? 'MessageBody' : 'MessageAttributes',
    );
    filters.set(subscription, filter);
  }
  return filter;
}

export const page = paging({ defaultLimit: 100, invalidToken: () => invalid('NextToken') });

/** @throws InvalidParameter for a key that is given twice */
export function readTags(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[],
) {
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length)
    throw invalid('Duplicated keys are not allowed.');
  const map = Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
  const problem = tagProblem(map);
  if (problem) throw invalid(`Tags Reason: ${problem}`);
  return map;
}
