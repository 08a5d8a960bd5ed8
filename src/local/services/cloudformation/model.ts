/** What the CloudFormation service keeps: stacks, their resources, events, change sets and exports. Types only. */
import type { Capability, Change, ResourceStatus, StackStatus } from '@aws-sdk/client-cloudformation';
import type { Caller } from '../../../iam/index.ts';

export type Properties = Readonly<Record<string, unknown>>;

/** What is asked of a stack: the input of a create or update. */
export interface Deployment {
  /** Key of the template's text among the stack's templates. */
  readonly templateHash: string;
  /** As given, with defaults and previous values filled in; SSM types hold the parameter's name. */
  readonly parameters: Readonly<Record<string, string>>;
  /** SSM parameter name → value at the time of the operation. */
  readonly ssm: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly Capability[];
}

type OperationKind = 'create' | 'update' | 'delete' | 'rollback' | 'continue-rollback';

/** A running operation, kept so that a restart can finish or undo it. */
export interface OperationRecord {
  readonly id: string;
  readonly kind: OperationKind;
  /** ClientRequestToken of the call. */
  readonly token?: string;
  /** Who deploys when no role is given. */
  readonly caller: Caller;
  readonly disableRollback: boolean;
  readonly onFailure: 'ROLLBACK' | 'DELETE' | 'DO_NOTHING';
  /** DeleteStack's RetainResources; ContinueUpdateRollback's ResourcesToSkip. */
  readonly skip: readonly string[];
  readonly force: boolean;
  readonly retainExceptOnCreate: boolean;
  /** Resources that exist already were to be imported, which a failed creation has to explain. */
  readonly importExisting: boolean;
}

export interface OutputRecord {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

export interface StackRecord {
  readonly id: string;
  readonly name: string;
  readonly status: StackStatus;
  readonly reason?: string;
  /** ms since the epoch, as all times here */
  readonly createdAt: number;
  readonly updatedAt?: number;
  readonly deletedAt?: number;
  readonly description?: string;
  readonly roleArn?: string;
  readonly disableRollback: boolean;
  readonly terminationProtection: boolean;
  readonly changeSetId?: string;
  /** The last good deployment; absent until the first one completes. */
  readonly current?: Deployment;
  /** What the running operation deploys, or the failed one did when it was not rolled back. */
  readonly target?: Deployment;
  readonly outputs: readonly OutputRecord[];
  /** Names of the exports of other stacks that it uses. */
  readonly imports: readonly string[];
  readonly parentId?: string;
  readonly rootId?: string;
  readonly operation?: OperationRecord;
  readonly lastOperations: readonly { readonly id: string; readonly kind: OperationKind }[];
}

/** One physical resource as deployed. */
export interface ResourceVersion {
  readonly physicalId: string;
  readonly properties: Properties;
  readonly attributes: Properties;
  readonly deletionPolicy: string;
  readonly updateReplacePolicy: string;
  readonly dependsOn: readonly string[];
  readonly metadata?: unknown;
  readonly stackTags: Readonly<Record<string, string>>;
  /** The random part of its generated name. */
  readonly token: string;
}

export interface ResourceRecord {
  readonly logicalId: string;
  readonly type: string;
  readonly status: ResourceStatus;
  readonly reason?: string;
  readonly at: number;
  readonly state?: ResourceVersion;
  /** What its handler was asked to make, while it is not known whether that was made. */
  readonly making?: Omit<ResourceVersion, 'physicalId' | 'attributes'>;
  /** What the running operation, or the failed one, did to it; absent once the stack is stable. */
  readonly change?: 'created' | 'updated' | 'replaced';
  /** Before that change: the old resource of a replacement, the old properties of an update. */
  readonly previous?: ResourceVersion;
  /** Replacements that a rollback has taken out of use and the cleanup still has to delete. */
  readonly discard?: readonly ResourceVersion[];
}

export interface EventRecord {
  readonly id: string;
  readonly operationId: string;
  readonly token?: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly at: number;
  readonly status: string;
  readonly reason?: string;
  /** JSON, with NoEcho values masked. */
  readonly properties?: string;
}

export interface ChangeSetRecord {
  readonly id: string;
  readonly name: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly status: 'CREATE_COMPLETE' | 'FAILED';
  readonly reason?: string;
  readonly executionStatus:
    | 'AVAILABLE'
    | 'UNAVAILABLE'
    | 'EXECUTE_IN_PROGRESS'
    | 'EXECUTE_COMPLETE'
    | 'EXECUTE_FAILED'
    | 'OBSOLETE';
  readonly description?: string;
  readonly createdAt: number;
  readonly target: Deployment;
  readonly roleArn?: string;
  readonly onStackFailure?: 'ROLLBACK' | 'DELETE' | 'DO_NOTHING';
  readonly includeNestedStacks: boolean;
  readonly importExisting: boolean;
  readonly changes: readonly Change[];
  readonly token?: string;
}

export interface ExportRecord {
  readonly name: string;
  readonly value: string;
  readonly stackId: string;
}

export const isRunning = (status: string): boolean =>
  status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';
