/** Topics and subscriptions, and what SNS's operations share. */

import { parseArn } from '../../../core/arn.ts';
import { type NamedPolicy, PolicyError, parsePolicy } from '../../../iam/index.ts';
import { paging } from '../../paging.ts';
import type { AccessCheck, Call, ServiceEnvironment } from '../../service.ts';
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
}

export interface SnsContext {
  readonly env: ServiceEnvironment;
  readonly topics: Map<string, Topic>;
  readonly subscriptions: Map<string, Subscription>;
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
    putTopic(topic) {
      keptTopics.put(topic.name, topic);
      topics.set(topic.arn, topic);
    },
    deleteTopic(topic) {
      env.store.transaction(() => {
        for (const one of ofTopic(context, topic.arn)) context.deleteSubscription(one);
        keptTopics.delete(topic.name);
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

export function findTopic({ topics }: SnsContext, arn: string | undefined): Topic {
  const topic = topics.get(arn ?? '');
  if (!topic) throw notFound('Topic');
  return topic;
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
  if (call.caller.kind === 'service' && !resourcePolicy) return [];
  return [{ action: `sns:${action}`, resource: topic.arn, resourcePolicy }];
}

export const defaultPolicy = (env: ServiceEnvironment, arn: string): string =>
  JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'SNS:GetTopicAttributes',
          'SNS:SetTopicAttributes',
          'SNS:AddPermission',
          'SNS:RemovePermission',
          'SNS:DeleteTopic',
          'SNS:Subscribe',
          'SNS:ListSubscriptionsByTopic',
          'SNS:Publish',
        ],
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': env.accountId } },
      },
    ],
  });

/** KMS, signatures and tracing change nothing that a subscriber here can see: kept and answered. */
const topicAttributes = ['DisplayName', 'KmsMasterKeyId', 'Policy', 'SignatureVersion', 'TracingConfig'];

export function checkTopicAttribute(name: string, value: string): void {
  if (name === 'FifoTopic' && value === 'false') return;
  if (!topicAttributes.includes(name)) throw invalid(`AttributeName: ${name} is not supported by Slipway`);
  if (name !== 'Policy' || value === '') return;
  try {
    parsePolicy(value, 'resource');
  } catch (error) {
    if (error instanceof PolicyError) throw invalid(`Policy Error: ${error.message}`);
    throw error;
  }
}

const subscriptionAttributes = ['RawMessageDelivery', 'FilterPolicy', 'FilterPolicyScope', 'RedrivePolicy'];

export function checkSubscriptionAttribute(name: string, value: string): void {
  if (!subscriptionAttributes.includes(name))
    throw invalid(`AttributeName: ${name} is not supported by Slipway`);
  if (name === 'RawMessageDelivery' && value !== 'true' && value !== 'false')
    throw invalid(`RawMessageDelivery: must be true or false, not ${value}`);
  if (name === 'FilterPolicyScope' && value !== 'MessageAttributes' && value !== 'MessageBody')
    throw invalid(`FilterPolicyScope: must be MessageAttributes or MessageBody, not ${value}`);
  if (name === 'FilterPolicy' && value !== '') parseFilterPolicy(value);
  if (name === 'RedrivePolicy' && value !== '') deadLetterArn(value);
}

export function deadLetterArn(policy: string): string {
  const arn = (JSON.parse(policy) as { deadLetterTargetArn?: unknown }).deadLetterTargetArn;
  if (typeof arn !== 'string' || parseArn(arn)?.service !== 'sqs')
    throw invalid('RedrivePolicy: deadLetterTargetArn must be the ARN of a queue');
  return arn;
}

const filters = new WeakMap<Subscription, FilterPolicy>();

export function filterOf(subscription: Subscription): FilterPolicy | undefined {
  const { FilterPolicy } = subscription.attributes;
  if (!FilterPolicy) return undefined;
  let filter = filters.get(subscription);
  if (!filter) {
    filter = parseFilterPolicy(FilterPolicy);
    filters.set(subscription, filter);
  }
  return filter;
}

export const page = paging({ defaultLimit: 100, invalidToken: () => invalid('NextToken') });
