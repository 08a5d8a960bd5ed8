/**
 * Who is told when a topic, an event bus or a bucket has something: functions and queues, as far as the template says.
 * Filters and event patterns are not evaluated: each subscriber is taken to get everything, which is noted.
 */
import { listAt, type Resource, textAt, valueAt } from '../../../architecture/index.ts';
import { type Draft, unclear } from './context.ts';
import { functionOf } from './function.ts';

export interface Trigger {
  /** Node id of a function or a queue. */
  readonly to: string;
  /** The subscription, rule or bucket that says so. */
  readonly by: Resource;
  readonly rule?: Resource;
}

/** @param source a topic, bus or bucket; undefined is the account's default event bus */
export function triggersOf(draft: Draft, source: Resource | undefined): readonly Trigger[] {
  if (source === undefined || source.type === 'AWS::Events::EventBus') return ruleTargets(draft, source);
  if (source.type === 'AWS::SNS::Topic') return subscriptions(draft, source);
  return source.type === 'AWS::S3::Bucket' ? notifications(draft, source) : [];
}

/** A function by its id, a queue only when it is modelled. */
function target(draft: Draft, value: Parameters<typeof functionOf>[1]): string | undefined {
  const handler = functionOf(draft, value);
  if (handler !== undefined)
    return draft.notModelled.some((one) => one.resource.id === handler.id) ? undefined : handler.id;
  return draft.app.namedIn(value).find(({ type, id }) => type === 'AWS::SQS::Queue' && draft.built.has(id))
    ?.id;
}

function subscriptions(draft: Draft, topic: Resource): Trigger[] {
  const own = listAt(topic.properties, 'Subscription').map((entry) => ({
    by: topic,
    value: valueAt(entry, 'Endpoint'),
  }));
  const separate = draft.app
    .ofType('AWS::SNS::Subscription')
    .filter(({ properties }) => draft.app.namedIn(properties.TopicArn).includes(topic))
    .map((by) => ({ by, value: by.properties.Endpoint }));
  return [...own, ...separate].flatMap(({ by, value }) => {
    const to = target(draft, value);
    if (to === undefined) return [];
    if (valueAt(by.properties, 'FilterPolicy') !== undefined)
      unclear(draft, by, 'FilterPolicy', 'filters are not evaluated: every message is taken to pass');
    return [{ to, by }];
  });
}

/** Rules on the bus that are not schedules. */
function ruleTargets(draft: Draft, bus: Resource | undefined): Trigger[] {
  return draft.app.ofType('AWS::Events::Rule').flatMap((rule) => {
    const name = valueAt(rule.properties, 'EventBusName');
    const [on] = draft.app.namedIn(name);
    const isDefault = name === undefined || textAt(rule.properties, 'EventBusName') === 'default';
    if (bus === undefined ? !isDefault : on !== bus) return [];
    if (valueAt(rule.properties, 'EventPattern') === undefined) return [];
    draft.notes.add(`${rule.name}: its event pattern is not evaluated; every event is taken to match.`);
    return targetsOf(draft, rule);
  });
}

export const targetsOf = (draft: Draft, rule: Resource): Trigger[] =>
  listAt(rule.properties, 'Targets').flatMap((entry) => {
    const to = target(draft, valueAt(entry, 'Arn'));
    return to === undefined ? [] : [{ to, by: rule, rule }];
  });

/** Of the bucket itself, or of the CDK's custom resource that sets them. */
function notifications(draft: Draft, bucket: Resource): Trigger[] {
  const holders = [
    { by: bucket, value: bucket.properties.NotificationConfiguration },
    ...draft.app
      .ofType('Custom::S3BucketNotifications')
      .filter(({ properties }) => draft.app.namedIn(properties.BucketName).includes(bucket))
      .map((by) => ({ by, value: by.properties.NotificationConfiguration })),
  ];
  return holders.flatMap(({ by, value }) =>
    [
      ...['LambdaConfigurations', 'LambdaFunctionConfigurations'].flatMap((list) => listAt(value, list)),
      ...['QueueConfigurations'].flatMap((list) => listAt(value, list)),
    ].flatMap((entry) => {
      const named = ['Function', 'LambdaFunctionArn', 'Queue', 'QueueArn'].map((name) =>
        valueAt(entry, name),
      );
      const to = named.map((one) => target(draft, one)).find((one) => one !== undefined);
      return to === undefined ? [] : [{ to, by }];
    }),
  );
}
