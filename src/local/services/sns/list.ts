import type { Subscription as Shown } from '@aws-sdk/client-sns';
import type { SnsContext, Subscription } from './context.ts';

/** A subscription as lists show it. */
export const listed =
  ({ env }: SnsContext) =>
  (one: Subscription): Shown => ({
    SubscriptionArn: one.pending ? 'PendingConfirmation' : one.arn,
    Owner: env.accountId,
    Protocol: one.protocol,
    Endpoint: one.endpoint,
    TopicArn: one.topicArn,
  });
