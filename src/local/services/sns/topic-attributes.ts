/** The attributes of a topic. https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
import { isObject } from '../../../core/is-object.ts';
import { PolicyError, parsePolicy } from '../../../iam/index.ts';
import { type ServiceEnvironment, unsupported } from '../../service.ts';
import type { Topic } from './context.ts';
import { invalid } from './errors.ts';

type Attributes = Readonly<Record<string, string>>;

/**
 * KMS, signatures, tracing and the retries of web endpoints change nothing that a subscriber here can see: kept and
 * answered.
 */
const settable = [
  'DisplayName',
  'KmsMasterKeyId',
  'Policy',
  'SignatureVersion',
  'TracingConfig',
  'DeliveryPolicy',
];
const fifoOnly = ['ContentBasedDeduplication', 'FifoThroughputScope'];
/** AWS has them, and they would have an effect: archives and their replay, logs of deliveries. */
const refused = /^(ArchivePolicy|(Lambda|SQS|HTTP|Firehose|Application)(SuccessFeedback|FailureFeedback).*)$/;

/** @throws InvalidParameter; refused by name what is not done here */
export function checkTopicAttribute(name: string, value: string, fifo: boolean): void {
  if (refused.test(name)) throw unsupported(`the topic attribute ${name}`);
  if (!settable.includes(name) && !(fifo && fifoOnly.includes(name))) throw invalid('AttributeName');
  if (value === '') return;
  if (name === 'DeliveryPolicy' && !isObject(parse(value)))
    throw invalid('DeliveryPolicy: failed to parse JSON.');
  if (name === 'ContentBasedDeduplication' && !/^(true|false)$/i.test(value))
    throw invalid(`ContentBasedDeduplication: Invalid value [${value}]. Must be true or false.`);
  if (name === 'FifoThroughputScope' && value !== 'Topic' && value !== 'MessageGroup')
    throw invalid(`FifoThroughputScope: Invalid value [${value}]. Please use either Topic or MessageGroup`);
  if (name !== 'Policy') return;
  try {
    parsePolicy(value, 'resource');
  } catch (error) {
    if (error instanceof PolicyError) throw invalid(`Policy Error: ${error.message}`);
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** As they are kept. */
export const readTopicAttribute = (name: string, value: string): string =>
  name === 'ContentBasedDeduplication' ? value.toLowerCase() : value;

export const isFifo = ({ name }: Topic): boolean => name.endsWith('.fifo');

/** What a new topic has, as GetTopicAttributes answers it. */
export function answeredAttributes(env: ServiceEnvironment, topic: Topic): Attributes {
  return {
    DisplayName: '',
    Policy: defaultPolicy(env, topic.arn),
    EffectiveDeliveryPolicy: JSON.stringify(effectiveDelivery(topic.attributes.DeliveryPolicy)),
    ...(isFifo(topic) ? { FifoTopic: 'true', ContentBasedDeduplication: 'false' } : {}),
    ...topic.attributes,
  };
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
function effectiveDelivery(given: string | undefined): object {
  const policy = given ? parse(given) : undefined;
  const http = isObject(policy) && isObject(policy.http) ? policy.http : {};
  return {
    http: {
      defaultHealthyRetryPolicy: {
        minDelayTarget: 20,
        maxDelayTarget: 20,
        numRetries: 3,
        numMaxDelayRetries: 0,
        numNoDelayRetries: 0,
        numMinDelayRetries: 0,
        backoffFunction: 'linear',
      },
      disableSubscriptionOverrides: false,
      defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
      ...http,
    },
  };
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
