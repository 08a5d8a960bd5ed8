/** What the internet can reach, door by door, and which way it goes from there to the data. */

import {
  type Architecture,
  accessOf,
  networkOf,
  oncePerApp,
  type Resource,
} from '../../../architecture/index.ts';
import type { Unclear } from '../../finding.ts';
import type { EntryPoint, ExposureReport } from '../report.ts';
import { type Door, type DoorContext, type DoorKind, unclearAbout } from './door.ts';
import { buckets } from './doors/buckets.ts';
import { databases } from './doors/databases.ts';
import { distributions } from './doors/distributions.ts';
import { functionUrls } from './doors/function-urls.ts';
import { graphqlApis } from './doors/graphql-apis.ts';
import { hosts } from './doors/hosts.ts';
import { httpApis } from './doors/http-apis.ts';
import { identityPools } from './doors/identity-pools.ts';
import { loadBalancers } from './doors/load-balancers.ts';
import { resourcePolicies } from './doors/resource-policies.ts';
import { restApis } from './doors/rest-apis.ts';
import { serverless } from './doors/serverless.ts';
import { walk } from './walk.ts';

export { behavioursOf } from './doors/distributions.ts';
export { guestRoles } from './doors/identity-pools.ts';

/** A new kind of door is a file and a line here. */
const doorKinds: readonly DoorKind[] = [
  distributions,
  restApis,
  httpApis,
  graphqlApis,
  loadBalancers,
  functionUrls,
  hosts,
  buckets,
  databases,
  resourcePolicies,
  identityPools,
  serverless,
];

const order: readonly EntryPoint['authentication'][] = ['none', 'unknown', 'some', 'who'];

function build(app: Architecture): ExposureReport {
  const doors: Door[] = [];
  const unclear: Unclear[] = [];
  const access = accessOf(app);
  const network = networkOf(app);
  const context: DoorContext = {
    app,
    access,
    network,
    door: (door) => doors.push(door),
    unclear: (resource, what, because) => unclear.push(unclearAbout(resource, what, because)),
  };
  for (const kind of doorKinds) kind(context);
  const open = new Set<Resource>(doors.map(({ resource }) => resource));
  const isPublicDoor = (resource: Resource) =>
    open.has(resource) && !/^AWS::(S3|SQS|SNS)::/.test(resource.type);
  const entries = doors.map((door) => walk(app, door, isPublicDoor));
  entries.sort((one, other) => order.indexOf(one.authentication) - order.indexOf(other.authentication));
  return { entries, unclear };
}

/** Walked once per app. */
export const exposureReport = oncePerApp(build);
