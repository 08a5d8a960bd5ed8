/** What came of one app. */
import type { Kind } from './apps.ts';

export interface FunctionCall {
  readonly name: string;
  readonly runtime: string;
  /** Absent when it answered. */
  readonly errorType?: string;
  readonly message?: string;
  /** It could not be loaded: a module, a handler or its runtime is not there. */
  readonly cannotLoad: boolean;
}

export interface EndpointCall {
  readonly url: string;
  /** An HTTP status, or why there is none. */
  readonly answer: string;
}

export interface Tried {
  /** What one named refusal stands for: the type that is not here, or a property of one that is. */
  readonly blockers: readonly string[];
  readonly result: 'works' | 'refused' | 'failed' | 'wrong' | 'as on AWS' | 'not synthesized';
  /** Why it is not `works`, as Slipway says it. */
  readonly why?: string;
  readonly live?: number;
  readonly kept?: number;
  readonly functions?: readonly FunctionCall[];
  readonly endpoints?: readonly EndpointCall[];
  readonly seconds?: number;
}

export interface AppRow extends Tried {
  readonly repository: string;
  readonly name: string;
  readonly kind: Kind;
}
