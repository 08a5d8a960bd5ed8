/**
 * The CDK's own custom resources, acted by Slipway instead of by the functions the CDK ships for them (in Python,
 * or bundled for AWS): same properties, same effect, and the same permissions, because they act under the role of
 * the function that stands in the template.
 */
import type { Invoke } from '../../../service.ts';

export interface NativeRequest {
  readonly stackId: string;
  readonly logicalId: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Absent on create. */
  readonly physicalId?: string;
  readonly previous?: Readonly<Record<string, unknown>>;
  /** As the role of the provider function. */
  readonly invoke: Invoke;
  /** The same, in another region. */
  inRegion(region: string): Invoke;
  readonly newId: () => string;
  progress(text: string): void;
}

interface NativeResult {
  readonly physicalId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface NativeCustomResource {
  readonly type: string;
  readonly mode: 'live' | 'inert';
  /** Why it may be inert. */
  readonly because?: string;
  createOrUpdate(request: NativeRequest): Promise<NativeResult>;
  delete(request: NativeRequest): Promise<void>;
}
