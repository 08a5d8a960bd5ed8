/**
 * AWS CloudFormation: stacks, change sets, events, exports, nested stacks and custom resources, run by a real
 * engine over the resource types of all services. Drift, imports, StackSets, hooks, macros, stack policies,
 * notifications and rollback triggers are refused by name.
 */
import { createBroughtPackages } from '../../compute/functions/brought-packages.ts';
import type { Extras, Service, ServiceEnvironment } from '../../service.ts';
import { checkStacks } from './check.ts';
import type { CloudFormationContext } from './context.ts';
import { createEngine } from './engine/index.ts';
import * as operations from './operations/index.ts';
import { openRecords } from './records.ts';
import { metadata } from './resources/metadata.ts';
import { nestedStack } from './resources/stack.ts';
import { waitCondition, waitConditionHandle } from './resources/wait-condition.ts';
import { createResponses } from './responses.ts';
import { createTypeRegistry } from './types.ts';

export function createCloudFormation(env: ServiceEnvironment, extras: Extras): Service {
  const engine = createEngine(() => context);
  const types = createTypeRegistry(() => context);
  const responses = createResponses(env);
  const context: CloudFormationContext = {
    env,
    records: openRecords(env),
    types,
    engine,
    responses,
    claims: new Map(),
    resourceType: extras.resourceType,
    rehearse: extras.rehearse,
    packages: createBroughtPackages(process.cwd(), (what) =>
      env.host.notify({ name: 'packages.fetching', data: { what } }),
    ),
    codeProblems: new Map(),
  };
  return {
    operations: Object.values(operations).map((create) => create(context)),
    resourceTypes: [metadata, nestedStack(context), waitCondition(context), waitConditionHandle(context)],
    check: (stacks, caller, toCome) => checkStacks(context, stacks, caller, toCome),
    made: (type) => context.records.ofType(type),
    serve: (request) => responses.serve(request),
    serves: (address) => responses.serves(address),
    start: () => engine.resume(),
    stop: () => engine.stop(),
  };
}
