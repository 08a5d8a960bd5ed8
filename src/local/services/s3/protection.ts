/** What protects a stored version: its encryption, and its lock. */

/** A key of the client's own, by its MD5: the key itself is never kept. */
export interface CustomerKey {
  readonly SSECustomerAlgorithm: 'AES256';
  readonly SSECustomerKeyMD5: string;
}

/** By S3's or KMS's keys, or by the client's own. */
export type Encryption =
  | {
      readonly ServerSideEncryption: 'AES256' | 'aws:kms' | 'aws:kms:dsse';
      readonly SSEKMSKeyId?: string;
      readonly BucketKeyEnabled?: boolean;
    }
  | CustomerKey;

export type LockMode = 'GOVERNANCE' | 'COMPLIANCE';

export interface Retention {
  readonly mode: LockMode;
  /** ms since the epoch */
  readonly until: number;
}

export interface Lock {
  readonly retention?: Retention;
  readonly legalHold?: 'ON' | 'OFF';
}

/** A bucket's default for new versions. */
export interface DefaultLock {
  readonly mode: LockMode;
  readonly days?: number;
  readonly years?: number;
}
