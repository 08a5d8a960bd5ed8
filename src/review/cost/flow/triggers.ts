/** What sets a function off: routes, queues, topics, rules, buckets, other functions; and functions that only deploy. */

import type { Resolved } from '../../../architecture/app/model.ts';
import { type Architecture, isMap, type Resource, textAt, valueAt } from '../../../architecture/index.ts';
import { type Amount, constant } from '../amount.ts';
import type { Flow } from '../pricers/model.ts';

export interface Trigger {
  readonly by: Resource;
  readonly amount: Amount;
}

export const isCustom = (type: string): boolean =>
  type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';

/** The functions a value names, through aliases and versions. */
export function functionsIn(value: Resolved | undefined, app: Architecture): readonly Resource[] {
  return [
    ...new Set(
      app.namedIn(value).flatMap((resource) => {
        if (isFunction(resource)) return [resource];
        if (resource.type !== 'AWS::Lambda::Alias' && resource.type !== 'AWS::Lambda::Version') return [];
        return app.namedIn(resource.properties.FunctionName).filter(isFunction);
      }),
    ),
  ];
}

const isFunction = ({ type }: Resource): boolean =>
  type === 'AWS::Lambda::Function' || type === 'AWS::Serverless::Function';

/** Resources of these types say nothing about how often the function runs. */
const bystanders =
  /^AWS::(IAM::|Logs::|CloudWatch::|Lambda::(Permission|EventInvokeConfig|Version|Alias)|SSM::)/;

/** Functions that only custom resources call, directly or through other such functions. */
export function deploymentOnly(fn: Resource, seen: ReadonlySet<Resource> = new Set()): boolean {
  const users = fn.usedBy
    .filter((link) => link.kind === 'value')
    .map((link) => link.to)
    .filter((user) => !bystanders.test(user.type) && user.type !== 'Custom::LogRetention');
  const logRetention = fn.usedBy.some(
    (link) => link.to.type === 'Custom::LogRetention' && link.path.includes('ServiceToken'),
  );
  if (users.length === 0) return logRetention || isProvider(fn);
  const within = new Set([...seen, fn]);
  return users.every(
    (user) =>
      isCustom(user.type) ||
      within.has(user) ||
      ((isFunction(user) || user.type === 'AWS::StepFunctions::StateMachine') &&
        deploymentOnly(user, within)),
  );
}

/** The CDK's own providers, called by name from a resource in another template or by a notification at deployment. */
const isProvider = ({ logicalId, constructPath = '' }: Resource): boolean =>
  /CustomResourceProvider|BucketNotificationsHandler|framework-on(Event|Timeout)|LogRetention[a-f0-9]{8}/.test(
    `${logicalId} ${constructPath}`,
  );

/** Everything that sets the function off. Empty: nothing in the template does. */
export function triggersOf(fn: Resource, flow: Flow): readonly Trigger[] {
  const { app } = flow;
  const found: Trigger[] = [];
  const add = (by: Resource, key: string) => {
    if (flow.asks(by, key)) found.push({ by, amount: flow.of(by, key) });
  };
  const calls = (value: Resolved | undefined) => functionsIn(value, app).includes(fn);
  for (const method of app.ofType('AWS::ApiGateway::Method'))
    if (calls(method.properties.Integration)) add(method, 'requests');
  for (const authorizer of app.ofType('AWS::ApiGateway::Authorizer', 'AWS::ApiGatewayV2::Authorizer'))
    if (calls(authorizer.properties.AuthorizerUri))
      for (const route of app.ofType('AWS::ApiGateway::Method', 'AWS::ApiGatewayV2::Route'))
        if (app.namedIn(route.properties.AuthorizerId).includes(authorizer)) add(route, 'requests');
  const integrations = app
    .ofType('AWS::ApiGatewayV2::Integration')
    .filter((integration) => calls(integration.properties.IntegrationUri));
  for (const route of app.ofType('AWS::ApiGatewayV2::Route'))
    if (app.namedIn(route.properties.Target).some((to) => integrations.includes(to))) add(route, 'requests');
  for (const mapping of app.ofType('AWS::Lambda::EventSourceMapping'))
    if (calls(mapping.properties.FunctionName)) add(mapping, 'batches');
  for (const subscription of app.ofType('AWS::SNS::Subscription'))
    if (calls(subscription.properties.Endpoint)) add(subscription, 'deliveries');
  for (const rule of app.ofType('AWS::Events::Rule')) if (calls(rule.properties.Targets)) add(rule, 'events');
  for (const schedule of app.ofType('AWS::Scheduler::Schedule'))
    if (calls(schedule.properties.Target)) add(schedule, 'invocations');
  for (const bucket of app.ofType('AWS::S3::Bucket'))
    if (calls(valueAt(bucket.properties, 'NotificationConfiguration.LambdaConfigurations')))
      add(bucket, 'puts');
  for (const notifications of app.ofType('Custom::S3BucketNotifications'))
    if (calls(notifications.properties.NotificationConfiguration))
      for (const bucket of app.namedIn(notifications.properties.BucketName))
        if (bucket.type === 'AWS::S3::Bucket') add(bucket, 'puts');
  for (const url of app.ofType('AWS::Lambda::Url'))
    if (calls(url.properties.TargetFunctionArn)) add(url, 'requests');
  for (const group of app.ofType('AWS::ElasticLoadBalancingV2::TargetGroup'))
    if (calls(group.properties.Targets))
      for (const balancer of balancersOf(group, app)) add(balancer, 'requests');
  for (const source of app.ofType('AWS::AppSync::DataSource'))
    if (calls(source.properties.LambdaConfig))
      for (const api of app.namedIn(source.properties.ApiId)) add(api, 'operations');
  for (const distribution of app.ofType('AWS::CloudFront::Distribution'))
    if (calls(distribution.properties.DistributionConfig) && !usesUrlOf(distribution, fn, app))
      add(distribution, 'requests');
  for (const rotation of app.ofType('AWS::SecretsManager::RotationSchedule'))
    if (calls(rotation.properties.RotationLambdaARN))
      // Four steps each time: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-lambda-functions.html
      found.push({ by: rotation, amount: constant(4 * rotationsPerMonth(rotation), 'request') });
  for (const pool of app.ofType('AWS::Cognito::UserPool'))
    if (calls(pool.properties.LambdaConfig)) add(pool, 'activeUsers');
  for (const caller of flow.callers(fn, 'lambda:InvokeFunction'))
    if (!found.some(({ by }) => by === caller) && !deploymentOnly(caller))
      found.push({ by: caller, amount: flow.workOf(caller) });
  return found;
}

function usesUrlOf(distribution: Resource, fn: Resource, app: Architecture): boolean {
  return app
    .ofType('AWS::Lambda::Url')
    .some(
      (url) =>
        functionsIn(url.properties.TargetFunctionArn, app).includes(fn) &&
        distribution.uses.some((link) => link.to === url),
    );
}

function rotationsPerMonth(rotation: Resource): number {
  const days = valueAt(rotation.properties, 'RotationRules.AutomaticallyAfterDays');
  return typeof days === 'number' && days > 0 ? 30.4 / days : 1;
}

/** Load balancers whose listeners or rules send to the target group. */
export function balancersOf(group: Resource, app: Architecture): readonly Resource[] {
  const listeners = app
    .ofType('AWS::ElasticLoadBalancingV2::Listener', 'AWS::ElasticLoadBalancingV2::ListenerRule')
    .filter((one) => app.namedIn(one.properties.DefaultActions ?? one.properties.Actions).includes(group))
    .flatMap((one) => (one.type.endsWith('ListenerRule') ? app.namedIn(one.properties.ListenerArn) : [one]));
  return [...new Set(listeners.flatMap((one) => app.namedIn(one.properties.LoadBalancerArn)))].filter(
    ({ type }) => type === 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  );
}

/** The autoscaling range of a service, table, endpoint or cluster; undefined when it is not scaled. */
export function scalingOf(
  resource: Resource,
  app: Architecture,
  dimension?: string,
):
  | { readonly min: Resolved | undefined; readonly max: Resolved | undefined; readonly by: Resource }
  | undefined {
  for (const target of app.ofType('AWS::ApplicationAutoScaling::ScalableTarget')) {
    if (!app.namedIn(target.properties.ResourceId).includes(resource)) continue;
    const scaled = textAt(target.properties, 'ScalableDimension');
    if (dimension !== undefined && scaled !== dimension) continue;
    return { min: target.properties.MinCapacity, max: target.properties.MaxCapacity, by: target };
  }
  return undefined;
}

/** Distributions in front of an API, load balancer, bucket or function URL. */
export const distributionsBefore = (resource: Resource, app: Architecture): readonly Resource[] =>
  app
    .ofType('AWS::CloudFront::Distribution')
    .filter((one) => app.namedIn(valueAt(one.properties, 'DistributionConfig.Origins')).includes(resource));

export const mapsIn = (value: Resolved | undefined) => (Array.isArray(value) ? value.filter(isMap) : []);
