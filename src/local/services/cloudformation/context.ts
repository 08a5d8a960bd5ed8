/** What the parts of this service share; built once in index.ts. */
import type { ResourceType, ServiceEnvironment } from '../../service.ts';
import type { Engine } from './engine/index.ts';
import type { Records } from './records.ts';
import type { Responses } from './responses.ts';
import type { TypeRegistry } from './types.ts';

export interface CloudFormationContext {
  readonly env: ServiceEnvironment;
  readonly records: Records;
  readonly types: TypeRegistry;
  readonly engine: Engine;
  /** URLs that functions and wait conditions answer on. */
  readonly responses: Responses;
  resourceTypes(namespace: string): Promise<readonly ResourceType[] | undefined>;
}
