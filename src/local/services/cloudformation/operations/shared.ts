/** What the operations have in common: permissions, how records look on the wire, pages. */

import type { Stack, StackEvent, StackResource, Tag } from '@aws-sdk/client-cloudformation';
import { parseTemplate } from '../../../../template/index.ts';
import { paging } from '../../../paging.ts';
import { type AccessCheck, AwsError, unsupported } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { invalid } from '../errors.ts';
import {
  type Deployment,
  type EventRecord,
  isRunning,
  type OperationRecord,
  type ResourceRecord,
  type StackRecord,
} from '../model.ts';

/** Access to a stack by name or id; one that does not exist is asked for by its name. */
export function stackAccess(
  { env, records }: CloudFormationContext,
  action: string,
  nameOrId: string | undefined,
): AccessCheck {
  const id = nameOrId === undefined ? undefined : (records.findStack(nameOrId)?.id ?? nameOrId);
  const resource = id?.startsWith('arn:') ? id : env.arn('cloudformation', `stack/${id ?? '*'}/*`);
  return { action: `cloudformation:${action}`, resource };
}

/** Handing a role to CloudFormation needs iam:PassRole. */
export const passRole = (roleArn: string | undefined): AccessCheck[] =>
  roleArn
    ? [
        {
          action: 'iam:PassRole',
          resource: roleArn,
          context: { 'iam:PassedToService': 'cloudformation.amazonaws.com' },
        },
      ]
    : [];

export const newStackId = ({ env, records }: CloudFormationContext, name: string, id: string): string => {
  if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name))
    throw invalid(
      `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
    );
  if (records.stacks.has(id)) throw new Error('the id of a new stack is taken');
  return env.arn('cloudformation', `stack/${name}/${id}`);
};

interface Unhonoured {
  readonly NotificationARNs?: readonly string[] | undefined;
  readonly RollbackConfiguration?:
    | { RollbackTriggers?: unknown[] | undefined; MonitoringTimeInMinutes?: number | undefined }
    | undefined;
  readonly DeploymentConfig?:
    | { Mode?: string | undefined; DisableRollback?: boolean | undefined }
    | undefined;
}

/** Members that the cdk CLI always sends; only their defaults do what they say here. */
export function refuseUnhonoured(input: Unhonoured): void {
  if (input.NotificationARNs && input.NotificationARNs.length > 0)
    throw unsupported('NotificationARNs of a stack');
  const { RollbackTriggers = [], MonitoringTimeInMinutes = 0 } = input.RollbackConfiguration ?? {};
  if (RollbackTriggers.length > 0 || MonitoringTimeInMinutes > 0)
    throw unsupported('RollbackConfiguration of a stack');
  const { Mode = 'STANDARD', DisableRollback } = input.DeploymentConfig ?? {};
  if (Mode !== 'STANDARD') throw unsupported(`the deployment mode ${Mode}`);
  if (DisableRollback !== undefined) throw unsupported('DeploymentConfig.DisableRollback');
}

export const tagList = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export function refuseWhileRunning(stack: StackRecord, verb: string): void {
  if (isRunning(stack.status))
    throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be ${verb}.`);
}

export function operationRecord(
  given: Pick<OperationRecord, 'id' | 'kind' | 'caller'> & Partial<OperationRecord>,
): OperationRecord {
  return {
    disableRollback: false,
    onFailure: 'ROLLBACK',
    skip: [],
    force: false,
    retainExceptOnCreate: false,
    importExisting: false,
    ...given,
  };
}

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
  const template = parseTemplate(context.records.template(stackId, deployment.templateHash));
  return Object.entries(template.Parameters).map(([ParameterKey, declared]) => {
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

export function toStack(context: CloudFormationContext, stack: StackRecord): Stack {
  const deployment = stack.target ?? stack.current;
  return {
    StackId: stack.id,
    StackName: stack.name,
    ...(stack.changeSetId ? { ChangeSetId: stack.changeSetId } : {}),
    ...(stack.description ? { Description: stack.description } : {}),
    Parameters: shownParameters(context, stack.id, deployment),
    CreationTime: new Date(stack.createdAt),
    ...(stack.updatedAt === undefined ? {} : { LastUpdatedTime: new Date(stack.updatedAt) }),
    ...(stack.deletedAt === undefined ? {} : { DeletionTime: new Date(stack.deletedAt) }),
    RollbackConfiguration: {},
    StackStatus: stack.status,
    ...(stack.reason ? { StackStatusReason: stack.reason } : {}),
    DisableRollback: stack.disableRollback,
    NotificationARNs: [],
    Capabilities: [...(deployment?.capabilities ?? [])],
    Outputs: stack.outputs.map((one) => ({
      OutputKey: one.key,
      OutputValue: one.value,
      ...(one.description ? { Description: one.description } : {}),
      ...(one.exportName ? { ExportName: one.exportName } : {}),
    })),
    ...(stack.roleArn ? { RoleARN: stack.roleArn } : {}),
    Tags: tagList(deployment?.tags ?? {}),
    EnableTerminationProtection: stack.terminationProtection,
    ...(stack.parentId ? { ParentId: stack.parentId } : {}),
    ...(stack.rootId ? { RootId: stack.rootId } : {}),
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
    LastOperations: stack.lastOperations.map((one) => ({
      OperationId: one.id,
      OperationType: operationTypes[one.kind],
    })),
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

export function requireResource(
  context: CloudFormationContext,
  stack: StackRecord,
  logicalId: string,
): ResourceRecord {
  const found = context.records.resource(stack.id, logicalId);
  if (!found) throw invalid(`Resource ${logicalId} does not exist for stack ${stack.name}`);
  return found;
}

export const page = paging({
  defaultLimit: 100,
  invalidToken: (token) => invalid(`NextToken ${token} is not one that was given out`),
});

export const alreadyExists = (name: string): AwsError =>
  new AwsError('AlreadyExistsException', `Stack [${name}] already exists`);
