/**
 * Log events handed to the functions that subscribe to a group, gzipped and in base64 as Lambda's event has them.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html#LambdaFunctionExample
 */
import { gzipSync } from 'node:zlib';
import { parseArn } from '../../../core/arn.ts';
import { reasonOf } from '../../../core/events.ts';
import { AwsError, unsupported } from '../../service.ts';
import { groupArn, type LogsContext } from './context.ts';
import { type Matcher, parseFilterPattern } from './filter-pattern.ts';
import { eventId, type Group, type KeptSubscription, type LogEvent } from './log-store.ts';

export function* destinationProblems({ env }: LogsContext, destinationArn: string): Generator<AwsError> {
  const { service, account } = parseArn(destinationArn) ?? {};
  if (service !== 'lambda')
    yield unsupported(`the destination ${destinationArn} of a subscription filter: functions can subscribe`);
  else if (account !== env.accountId)
    yield new AwsError(
      'AccessDeniedException',
      'Cross-account lambda invocation passing is not allowed. You must use DestinationPolicies to create cross account lambda triggers.',
    );
}

const matchers = new WeakMap<KeptSubscription, Matcher>();

function matcherOf(subscription: KeptSubscription): Matcher {
  const matcher = matchers.get(subscription) ?? parseFilterPattern(subscription.pattern);
  matchers.set(subscription, matcher);
  return matcher;
}

/** As the service on behalf of the group: the function's policy decides. */
export const asGroup = (context: LogsContext, name: string) =>
  context.env.asService('logs.amazonaws.com', `${groupArn(context, name)}:*`);

/** A delivery that fails is told to the host; the events are kept anyway. */
export async function deliverToSubscribers(
  context: LogsContext,
  group: Group,
  events: readonly LogEvent[],
): Promise<void> {
  const { env } = context;
  const { name } = group.record;
  for (const subscription of group.subscriptions.values()) {
    const matches = matcherOf(subscription);
    const logEvents = events
      .filter(({ message }) => matches(message))
      .map((event) => ({ id: eventId(event), timestamp: event.timestamp, message: event.message }));
    if (logEvents.length === 0) continue;
    const data = {
      messageType: 'DATA_MESSAGE',
      owner: env.accountId,
      logGroup: name,
      logStream: events[0]?.stream ?? '',
      subscriptionFilters: [subscription.name],
      logEvents,
    };
    const body = JSON.stringify({ awslogs: { data: gzipSync(JSON.stringify(data)).toString('base64') } });
    try {
      await env.deliver(subscription.destinationArn, { body }, asGroup(context, name));
    } catch (error) {
      env.host.notify({
        name: 'delivery.failed',
        data: {
          source: groupArn(context, name),
          target: subscription.destinationArn,
          reason: reasonOf(error),
          next: 'lost',
        },
      });
    }
  }
}
