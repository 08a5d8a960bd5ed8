/** What the parts of this service share; built once in index.ts. */
import type { ResourceLimits, ResourceSpec } from '../../../architecture/schema/specs.ts';
import type { BroughtPackages } from '../../compute/functions/brought-packages.ts';
import type { Extras, ResourceType, ServiceEnvironment } from '../../service.ts';
import type { Records } from './records.ts';
import type { Responses } from './responses.ts';

export interface CloudFormationContext {
  readonly env: ServiceEnvironment;
  readonly records: Records;
  readonly types: TypeRegistry;
  readonly engine: Engine;
  /** URLs that functions and wait conditions answer on. */
  readonly responses: Responses;
  /** Names that are being given to resources just now, by type and name: nobody else may take them meanwhile. */
  readonly claims: Map<string, string>;
  readonly resourceType: Extras['resourceType'];
  readonly rehearse: Extras['rehearse'];
  /** What Lambda's runtimes bring along. */
  readonly packages: BroughtPackages;
  /** Of functions whose code was read, by runtime, handler and content. */
  readonly codeProblems: Map<string, Promise<readonly string[]>>;
}

export interface KnownType {
  readonly handler: ResourceType;
  /** Absent for custom resources, whose properties are their own. */
  readonly spec?: ResourceSpec;
  readonly limits?: ResourceLimits;
  readonly custom: boolean;
}

export interface TypeRegistry {
  /** Undefined when the type is not supported. */
  find(type: string): Promise<KnownType | undefined>;
}

export interface Engine {
  /** Starts what the stack's record says in `operation`; answers at once. */
  start(stackId: string): void;
  /** Resolves when the stack's operation, if any runs, has ended. */
  settled(stackId: string): Promise<void>;
  /** Ends a running deployment as failed. False when none runs. */
  cancel(stackId: string, reason: string): boolean;
  resume(): void;
  stop(): Promise<void>;
}
