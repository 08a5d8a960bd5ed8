/** Alarms and event rules on the resources of an app: after how many seconds they fire, and whether a person is notified. */
import {
  type Architecture,
  listAt,
  numberAt,
  type Resource,
  textAt,
  textsIn,
} from '../../architecture/index.ts';
import type { Noticed } from './report.ts';

interface ResourceAlarm extends Noticed {
  readonly resources: readonly string[];
}

/** Alarms and AWS event rules that notify somebody, each with the ids of the resources that it is about. */
export function readAlarms(app: Architecture): readonly ResourceAlarm[] {
  const alarms = app.ofType('AWS::CloudWatch::Alarm').flatMap((alarm) => {
    const tells = whoIsTold(app, listAt(alarm.properties, 'AlarmActions'));
    if (tells === undefined) return [];
    return [
      {
        alarm: alarm.id,
        afterSeconds: secondsUntilAlarm(alarm),
        tells,
        resources: resourcesOfAlarm(app, alarm),
      },
    ];
  });
  const rules = app.ofType('AWS::Events::Rule').flatMap((rule) => {
    const sources = listAt(rule.properties, 'EventPattern.source');
    const isAws = sources.some((source) => typeof source === 'string' && source.startsWith('aws.'));
    const topics = listAt(rule.properties, 'Targets').flatMap((target) => listAt(target, 'Arn'));
    const tells = whoIsTold(
      app,
      topics.filter((topic) => typeof topic === 'string' && app.named(topic)?.type === 'AWS::SNS::Topic'),
    );
    if (!isAws || tells === undefined) return [];
    const resources = app.namedIn(rule.properties.EventPattern).map(({ id }) => id);
    return [{ alarm: rule.id, afterSeconds: 60, tells, resources }];
  });
  return [...alarms, ...rules];
}

/** Period × evaluation periods: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html */
function secondsUntilAlarm(alarm: Resource): number {
  const periods = [
    numberAt(alarm.properties, 'Period'),
    ...listAt(alarm.properties, 'Metrics').map((metric) => numberAt(metric, 'MetricStat.Period')),
  ].filter((period) => typeof period === 'number');
  const evaluations = numberAt(alarm.properties, 'EvaluationPeriods');
  return Math.max(60, ...periods) * (typeof evaluations === 'number' ? evaluations : 1);
}

/** undefined: the actions only scale, reboot and the like. */
function whoIsTold(app: Architecture, actions: readonly unknown[]): Noticed['tells'] | undefined {
  let tells: Noticed['tells'] | undefined;
  for (const action of actions) {
    // An action that cannot be resolved or is not in the template counts as a person: another stack's topic, an incident plan.
    if (typeof action !== 'string') return 'person';
    const target = app.named(action);
    if (target === undefined && /:(autoscaling|automate|swf|ecs|lambda):/.test(action)) continue;
    if (target === undefined) return 'person';
    if (target.type !== 'AWS::SNS::Topic') continue;
    if (isSubscribed(target)) return 'person';
    tells = 'topic without subscribers';
  }
  return tells;
}

export const isSubscribed = (topic: Resource): boolean =>
  listAt(topic.properties, 'Subscription').length > 0 ||
  topic.usedBy.some(({ to, path }) => to.type === 'AWS::SNS::Subscription' && path.includes('TopicArn'));

function resourcesOfAlarm(app: Architecture, alarm: Resource): string[] {
  const found = new Set<string>();
  const add = (resource: Resource) => {
    found.add(resource.id);
    // A metric of a rule or filter counts as one of the resources that the rule or filter names.
    if (resource.type === 'AWS::Events::Rule' || resource.type === 'AWS::Logs::MetricFilter')
      for (const { to } of resource.uses) found.add(to.id);
  };
  const dimensions = ['Dimensions', 'Metrics'].map((key) => alarm.properties[key]);
  for (const value of dimensions) for (const resource of app.namedIn(value)) add(resource);
  const texts = new Set([...dimensions.flatMap((value) => [...textsIn(value)].map(({ text }) => text))]);
  for (const api of app.ofType('AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api')) {
    const name = textAt(api.properties, 'Name');
    if (typeof name === 'string' && texts.has(name)) found.add(api.id);
  }
  for (const namespace of namespacesOf(alarm)) {
    for (const filter of app.ofType('AWS::Logs::MetricFilter'))
      if ([...textsIn(filter.properties)].some(({ text }) => text === namespace)) add(filter);
    // A custom namespace: the functions and tasks that have it in their environment send the metric.
    for (const sender of app.ofType('AWS::Lambda::Function', 'AWS::ECS::TaskDefinition'))
      if ([...textsIn(sender.properties)].some(({ text }) => text === namespace)) found.add(sender.id);
  }
  return [...found];
}

function namespacesOf(alarm: Resource): string[] {
  return [
    textAt(alarm.properties, 'Namespace'),
    ...listAt(alarm.properties, 'Metrics').map((metric) => textAt(metric, 'MetricStat.Metric.Namespace')),
  ].filter((name): name is string => typeof name === 'string' && !name.startsWith('AWS/'));
}

/** The first alarm that notifies a person; when none does, the first that reaches a topic. */
export function soonestAlarm(alarms: readonly Noticed[]): Noticed | null {
  const sorted = [...alarms].sort(
    (a, b) => Number(b.tells === 'person') - Number(a.tells === 'person') || a.afterSeconds - b.afterSeconds,
  );
  const [best] = sorted;
  return best === undefined
    ? null
    : { alarm: best.alarm, afterSeconds: best.afterSeconds, tells: best.tells };
}
