/** Stacks, their resources and events as the API answers them. */
import type { Stack, StackEvent, StackResource } from '@aws-sdk/client-cloudformation';
import { tagList } from '../../resource-tags.ts';
import type { CloudFormationContext } from './context.ts';
import type { Deployment, EventRecord, OperationRecord, ResourceRecord, StackRecord } from './model.ts';

export const lastOperations = (stack: StackRecord | undefined, next: OperationRecord) =>
  [{ id: next.id, kind: next.kind }, ...(stack?.lastOperations ?? [])].slice(0, 5);

const operationTypes = {
  create: 'CREATE_STACK',
  update: 'UPDATE_STACK',
  delete: 'DELETE_STACK',
  rollback: 'ROLLBACK',
  'continue-rollback': 'CONTINUE_ROLLBACK',
} as const;

export function shownParameters(
  context: CloudFormationContext,
  stackId: string,
  deployment: Deployment | undefined,
) {
  if (!deployment) return [];
  const declarations = context.records.declaredParameters(stackId, deployment);
  return Object.entries(declarations).map(([ParameterKey, declared]) => {
    const value = deployment.parameters[ParameterKey] ?? '';
    const resolved = declared.Type.startsWith('AWS::SSM::Parameter::Value')
      ? deployment.ssm[value]
      : undefined;
    return {
      ParameterKey,
      ParameterValue: declared.NoEcho ? '****' : value,
      ...(resolved === undefined ? {} : { ResolvedValue: declared.NoEcho ? '****' : resolved }),
    };
  });
}

/** AWS leaves empty lists out. */
export const unlessEmpty = <T>(list: T[]): T[] | undefined => (list.length > 0 ? list : undefined);

export function toStack(context: CloudFormationContext, stack: StackRecord): Stack {
  const deployment = stack.target ?? stack.current;
  const deleted = stack.deletedAt !== undefined;
  return {
    StackId: stack.id,
    StackName: stack.name,
    ...(stack.changeSetId && !deleted ? { ChangeSetId: stack.changeSetId } : {}),
    ...(stack.description ? { Description: stack.description } : {}),
    Parameters: unlessEmpty(shownParameters(context, stack.id, deployment)),
    CreationTime: new Date(stack.createdAt),
    ...(stack.updatedAt === undefined ? {} : { LastUpdatedTime: new Date(stack.updatedAt) }),
    ...(stack.deletedAt === undefined ? {} : { DeletionTime: new Date(stack.deletedAt) }),
    RollbackConfiguration: {},
    StackStatus: stack.status,
    ...(stack.reason ? { StackStatusReason: stack.reason } : {}),
    DisableRollback: stack.disableRollback,
    NotificationARNs: [],
    Capabilities: unlessEmpty([...(deployment?.capabilities ?? [])]),
    Outputs: unlessEmpty(
      stack.outputs.map((one) => ({
        OutputKey: one.key,
        OutputValue: one.value,
        ...(one.description ? { Description: one.description } : {}),
        ...(one.exportName ? { ExportName: one.exportName } : {}),
      })),
    ),
    ...(stack.roleArn ? { RoleARN: stack.roleArn } : {}),
    Tags: tagList(deployment?.tags ?? {}),
    ...(deleted ? {} : { EnableTerminationProtection: stack.terminationProtection }),
    ...(stack.parentId ? { ParentId: stack.parentId } : {}),
    ...(stack.rootId ? { RootId: stack.rootId } : {}),
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
    LastOperations: unlessEmpty(
      stack.lastOperations.map((one) => ({
        OperationId: one.id,
        OperationType: operationTypes[one.kind],
      })),
    ),
  };
}

export const toEvent = (stack: StackRecord, event: EventRecord): StackEvent => ({
  StackId: stack.id,
  StackName: stack.name,
  EventId: event.id,
  OperationId: event.operationId,
  ...(event.token ? { ClientRequestToken: event.token } : {}),
  LogicalResourceId: event.logicalId,
  PhysicalResourceId: event.physicalId,
  ResourceType: event.type,
  Timestamp: new Date(event.at),
  ResourceStatus: event.status as NonNullable<StackEvent['ResourceStatus']>,
  ...(event.reason ? { ResourceStatusReason: event.reason } : {}),
  ...(event.properties ? { ResourceProperties: event.properties } : {}),
});

export const toResource = (stack: StackRecord, resource: ResourceRecord): StackResource => ({
  StackId: stack.id,
  StackName: stack.name,
  LogicalResourceId: resource.logicalId,
  ...(resource.state ? { PhysicalResourceId: resource.state.physicalId } : {}),
  ResourceType: resource.type,
  Timestamp: new Date(resource.at),
  ResourceStatus: resource.status,
  ...(resource.reason ? { ResourceStatusReason: resource.reason } : {}),
  DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
});
