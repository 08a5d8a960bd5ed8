/**
 * AWS CloudFormation: stacks, change sets, events, exports, nested stacks and custom resources, run by a real
 * engine over the resource types of all services. Drift, imports, StackSets, hooks, macros, stack policies,
 * notifications and rollback triggers are refused by name.
 */
import type { Extras, Service, ServiceEnvironment } from '../../service.ts';
import type { CloudFormationContext } from './context.ts';
import { createEngine } from './engine/index.ts';
import { cancelUpdateStack } from './operations/cancel-update-stack.ts';
import { continueUpdateRollback } from './operations/continue-update-rollback.ts';
import { createChangeSet } from './operations/create-change-set.ts';
import { createStack } from './operations/create-stack.ts';
import { deleteChangeSet } from './operations/delete-change-set.ts';
import { deleteStackOperation } from './operations/delete-stack.ts';
import { describeChangeSet } from './operations/describe-change-set.ts';
import { describeEvents } from './operations/describe-events.ts';
import { describeStackEvents } from './operations/describe-stack-events.ts';
import { describeStackResource } from './operations/describe-stack-resource.ts';
import { describeStackResources } from './operations/describe-stack-resources.ts';
import { describeStacks } from './operations/describe-stacks.ts';
import { executeChangeSet } from './operations/execute-change-set.ts';
import { getTemplate } from './operations/get-template.ts';
import { getTemplateSummary } from './operations/get-template-summary.ts';
import { listChangeSets } from './operations/list-change-sets.ts';
import { listExports } from './operations/list-exports.ts';
import { listImports } from './operations/list-imports.ts';
import { listStackResources } from './operations/list-stack-resources.ts';
import { listStacks } from './operations/list-stacks.ts';
import { rollbackStack } from './operations/rollback-stack.ts';
import { updateStack } from './operations/update-stack.ts';
import { updateTerminationProtection } from './operations/update-termination-protection.ts';
import { validateTemplate } from './operations/validate-template.ts';
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
    resourceTypes: (namespace) => extras.resourceTypes(namespace),
  };
  return {
    operations: [
      cancelUpdateStack,
      continueUpdateRollback,
      createChangeSet,
      createStack,
      deleteChangeSet,
      deleteStackOperation,
      describeChangeSet,
      describeEvents,
      describeStackEvents,
      describeStackResource,
      describeStackResources,
      describeStacks,
      executeChangeSet,
      getTemplate,
      getTemplateSummary,
      listChangeSets,
      listExports,
      listImports,
      listStackResources,
      listStacks,
      rollbackStack,
      updateStack,
      updateTerminationProtection,
      validateTemplate,
    ].map((make) => make(context)),
    resourceTypes: [metadata, nestedStack(context), waitCondition(context), waitConditionHandle(context)],
    serve: (request) => responses.serve(request),
    start: () => engine.resume(),
    stop: () => engine.stop(),
  };
}
