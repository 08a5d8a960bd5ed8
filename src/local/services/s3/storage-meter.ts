/** Stored bytes by bucket and storage class, metered as byte-hours on every change and at least once an hour. */
import type { Clock } from '../../../core/clock.ts';
import type { ServiceEnvironment } from '../../service.ts';
import type { StorageClass } from './storage-class.ts';

export interface StorageMeter {
  changed(bucket: string, storageClass: StorageClass, bytes: number): void;
  out(bucket: string, bytes: number): void;
  /** Meters what was stored since the last time. */
  settle(): void;
}

interface Stored {
  readonly bucket: string;
  readonly storageClass: StorageClass;
  readonly env: Pick<ServiceEnvironment, 'meter'>;
  bytes: number;
  since: number;
}

const hourMs = 3_600_000;

/** @param environmentOf of the bucket's account and region, by its name */
export function createStorageMeter(
  clock: Clock,
  environmentOf: (bucket: string) => Pick<ServiceEnvironment, 'meter'>,
): StorageMeter {
  const stored = new Map<string, Stored>();
  const settleOne = (entry: Stored) => {
    const now = clock.now();
    const quantity = (entry.bytes * (now - entry.since)) / hourMs;
    entry.since = now;
    const usage = `byte-hours:${entry.storageClass}` as const;
    if (quantity > 0) entry.env.meter({ service: 's3', usage, quantity, resource: entry.bucket });
  };
  return {
    changed(bucket, storageClass, bytes) {
      const key = `${bucket}/${storageClass}`;
      const entry = stored.get(key) ?? {
        bucket,
        storageClass,
        env: environmentOf(bucket),
        bytes: 0,
        since: clock.now(),
      };
      settleOne(entry);
      entry.bytes += bytes;
      stored.set(key, entry);
    },
    out(bucket, bytes) {
      if (bytes > 0)
        environmentOf(bucket).meter({ service: 's3', usage: 'bytes-out', quantity: bytes, resource: bucket });
    },
    settle() {
      for (const [key, entry] of stored) {
        settleOne(entry);
        if (entry.bytes === 0) stored.delete(key);
      }
    },
  };
}
