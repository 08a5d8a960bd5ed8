import { paging } from '../../paging.ts';
import { type AccessCheck, AwsError, unsupported } from '../../service.ts';
import type { CloudFormationContext } from './context.ts';
import { invalid } from './errors.ts';
import type { OperationRecord, ResourceRecord, StackRecord } from './model.ts';

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

export function requireResource(
  context: CloudFormationContext,
  stack: StackRecord,
  logicalId: string,
  /** As the call names the stack. */
  asked = stack.name,
): ResourceRecord {
  const found = context.records.resource(stack.id, logicalId);
  if (!found) throw invalid(`Resource ${logicalId} does not exist for stack ${asked}`);
  return found;
}

export const page = paging({
  defaultLimit: 100,
  invalidToken: (token) => invalid(`NextToken ${token} is not one that was given out`),
});

export const alreadyExists = (name: string): AwsError =>
  new AwsError('AlreadyExistsException', `Stack [${name}] already exists`);
