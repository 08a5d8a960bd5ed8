/** What Lambda's operations share. */
import type { CodeStore } from '../../compute/functions/code-store.ts';
import type { ServiceEnvironment } from '../../service.ts';
import type { EventQueue } from './event-queue.ts';
import type { FunctionImages } from './images.ts';
import type { Mappings } from './mappings.ts';
import type { Prepare } from './preparations.ts';
import type { LambdaRecords } from './records.ts';
import type { Runner } from './runner.ts';

export interface LambdaContext {
  readonly env: ServiceEnvironment;
  readonly records: LambdaRecords;
  readonly code: CodeStore;
  readonly images: FunctionImages;
  readonly prepare: Prepare;
  readonly runner: Runner;
  readonly events: EventQueue;
  readonly mappings: Mappings;
}
