/** What works only while a stack is deployed: custom resources, and the functions that nothing else calls. */
import type { Architecture, Resource } from '../app/model.ts';
import { oncePerApp } from '../app/once.ts';
import { factsOf } from '../types/lookup.ts';
import { computes } from './runs-as.ts';

/** The CDK's own, called by name from a resource of another template or by a notification at deployment. */
const isProvider = ({ logicalId, constructPath = '' }: Resource): boolean =>
  /CustomResourceProvider|BucketNotificationsHandler|framework-(on|is)\w+|LogRetention[a-f0-9]{8}/.test(
    `${logicalId} ${constructPath}`,
  );

/** Resources of these types say nothing about how often a function runs. */
const bystanders =
  /^AWS::(IAM::|Logs::|CloudWatch::|Lambda::(Permission|EventInvokeConfig|Version|Alias)|SSM::)/;

const runsSteps = new Set([
  'AWS::Lambda::Function',
  'AWS::Serverless::Function',
  'AWS::StepFunctions::StateMachine',
]);

function worksForDeployment(resource: Resource, seen: ReadonlySet<Resource> = new Set()): boolean {
  if (factsOf(resource.type)?.deployment === true) return true;
  if (seen.has(resource)) return true;
  if (!runsSteps.has(resource.type)) return false;
  if (isProvider(resource)) return true;
  const users = resource.usedBy
    .filter(({ to, kind }) => kind === 'value' && !bystanders.test(to.type))
    .map(({ to }) => to);
  const within = new Set([...seen, resource]);
  return users.length > 0 && users.every((user) => worksForDeployment(user, within));
}

const machinery = oncePerApp((app): ReadonlySet<Resource> => {
  const found = new Set<Resource>(app.resources.filter(({ type }) => factsOf(type)?.deployment === true));
  for (const compute of computes(app)) if (worksForDeployment(compute)) found.add(compute);
  return found;
});

export const isDeploymentMachinery = (app: Architecture, resource: Resource): boolean =>
  machinery(app).has(resource);
