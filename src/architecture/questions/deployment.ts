/** What works only while a stack is deployed: custom resources, and the functions that nothing else calls. */
import type { Architecture, Resource, ResourceRef } from '../app/model.ts';
import { oncePerApp } from '../app/once.ts';
import { factsOf } from '../types/lookup.ts';
import { computes, runningAs } from './runs-as.ts';
import { triggersOf } from './triggers.ts';

/**
 * Constructs that the CDK adds by itself: providers of custom resources, bucket deployment, log retention. By a step of
 * the construct path, or by the logical id where the template has no paths.
 */
const cdkOwnPath =
  /(^|\/)(Custom::|AWS[0-9a-f]{32}|BucketNotificationsHandler[0-9a-f]{32}|LogRetention[0-9a-f]{32}|CDKBucketDeployment|SingletonLambda|framework-(on|is)|Custom[A-Z]\w*CustomResourceProvider|@aws-cdk--|waiter-state-machine|KubectlProvider|UpdatePipeline\/SelfMutation|DynamoDBReplica)/i;
const cdkOwnId =
  /CustomResourceProvider|BucketNotificationsHandler|framework(on|is)[A-Z]\w+|LogRetention[a-f0-9]{8}/;

const isCdkOwn = ({ logicalId, constructPath }: Resource): boolean =>
  constructPath === undefined
    ? cdkOwnId.test(logicalId)
    : cdkOwnPath.test(constructPath.split('/').slice(1).join('/'));

/** Resources of these types say nothing about how often a function runs. */
const bystanders =
  /^AWS::(IAM::|Logs::|CloudWatch::|Lambda::(Permission|EventInvokeConfig|Version|Alias)|SSM::)/;

const runsSteps = new Set([
  'AWS::Lambda::Function',
  'AWS::Serverless::Function',
  'AWS::StepFunctions::StateMachine',
]);

function worksForDeployment(
  app: Architecture,
  resource: Resource,
  seen: ReadonlySet<Resource> = new Set(),
): boolean {
  if (factsOf(resource.type)?.deployment === true) return true;
  if (seen.has(resource)) return true;
  if (!runsSteps.has(resource.type)) return false;
  if (isCdkOwn(resource)) return true;
  // The custom resource that sets up notifications of a bucket names the function that they go to.
  if (triggersOf(app, resource).some(({ kind }) => kind !== 'deployment')) return false;
  const users = resource.usedBy
    .filter(({ to, kind }) => kind === 'value' && !bystanders.test(to.type))
    .map(({ to }) => to);
  const within = new Set([...seen, resource]);
  return users.length > 0 && users.every((user) => worksForDeployment(app, user, within));
}

const machinery = oncePerApp((app): ReadonlySet<string> => {
  const found = new Set<Resource>(
    app.resources.filter((resource) => factsOf(resource.type)?.deployment === true || isCdkOwn(resource)),
  );
  for (const compute of computes(app)) if (worksForDeployment(app, compute)) found.add(compute);
  for (const role of app.ofType('AWS::IAM::Role')) {
    const running = runningAs(app, role);
    if (running.length > 0 && running.every((compute) => found.has(compute))) found.add(role);
  }
  return new Set([...found].map(({ id }) => id));
});

/** A custom resource, a function or state machine that only they call, its role, or another construct of the CDK's own. */
export const isDeploymentMachinery = (app: Architecture, { id }: ResourceRef): boolean =>
  machinery(app).has(id);
