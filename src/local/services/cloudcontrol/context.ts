/** What the operations share; built once in index.ts. */
import type { Extras, ServiceEnvironment } from '../../service.ts';
import type { Collection } from '../../store/store.ts';
import type { RequestRecord, ResourceRecord } from './model.ts';

export interface CloudControlContext {
  readonly env: ServiceEnvironment;
  /** By token. */
  readonly requests: Collection<RequestRecord>;
  /** By type and identifier. */
  readonly resources: Collection<ResourceRecord>;
  /** What is going on just now, by request token. */
  readonly running: Map<string, AbortController>;
  readonly resourceType: Extras['resourceType'];
  readonly made: Extras['made'];
}
