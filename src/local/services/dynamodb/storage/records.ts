/** What is kept of a table. */
import type { StreamViewType } from '@aws-sdk/client-dynamodb';
import type { PolicyDocument } from '../../../../iam/index.ts';
import type { ScalarType } from '../values/types.ts';

export interface Keys {
  readonly hash: string;
  readonly range?: string;
}

export interface Throughput {
  readonly read: number;
  readonly write: number;
}

export interface IndexRecord {
  readonly name: string;
  readonly kind: 'global' | 'local';
  /** Where its entries lie in the store. */
  readonly slot: string;
  readonly keys: Keys;
  readonly projection: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
  readonly included: readonly string[];
  readonly throughput?: Throughput;
  readonly onDemand?: OnDemand;
  readonly warm?: Warm;
}

interface OnDemand {
  readonly MaxReadRequestUnits?: number | undefined;
  readonly MaxWriteRequestUnits?: number | undefined;
}

export interface Warm {
  readonly ReadUnitsPerSecond?: number | undefined;
  readonly WriteUnitsPerSecond?: number | undefined;
}

export interface TableRecord {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  /** Where its items lie in the store. */
  readonly slot: string;
  readonly createdAt: number;
  readonly keys: Keys;
  readonly attributes: Readonly<Record<string, ScalarType>>;
  readonly billingMode: 'PROVISIONED' | 'PAY_PER_REQUEST';
  readonly payPerRequestSince?: number;
  readonly throughput: Throughput;
  readonly onDemand?: OnDemand;
  readonly warm?: Warm;
  readonly indexes: readonly IndexRecord[];
  readonly ttl?: { readonly attribute: string; readonly enabled: boolean };
  readonly recovery?: { readonly days: number; readonly since: number };
  readonly stream?:
    | { readonly arn: string; readonly label: string; readonly view: StreamViewType }
    | undefined;
  readonly deletionProtection: boolean;
  readonly tableClass: string;
  readonly encryption?: { readonly type: string; readonly key?: string };
  readonly tags: Readonly<Record<string, string>>;
  readonly policy?: { readonly document: PolicyDocument; readonly text: string; readonly revision: string };
}
