/** Stored bytes by bucket and storage class, metered as byte-hours on every change and at least once an hour. */
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
  bytes: number;
  since: number;
}

const hourMs = 3_600_000;

export function createStorageMeter(env: ServiceEnvironment): StorageMeter {
  const stored = new Map<string, Stored>();
  const settleOne = (entry: Stored) => {
    const now = env.clock.now();
    const quantity = (entry.bytes * (now - entry.since)) / hourMs;
    entry.since = now;
    const usage = `byte-hours:${entry.storageClass}` as const;
    if (quantity > 0) env.meter({ service: 's3', usage, quantity, resource: entry.bucket });
  };
  return {
    changed(bucket, storageClass, bytes) {
      const key = `${bucket}/${storageClass}`;
      const entry = stored.get(key) ?? { bucket, storageClass, bytes: 0, since: env.clock.now() };
      settleOne(entry);
      entry.bytes += bytes;
      stored.set(key, entry);
    },
    out(bucket, bytes) {
      if (bytes > 0) env.meter({ service: 's3', usage: 'bytes-out', quantity: bytes, resource: bucket });
    },
    settle() {
      for (const [key, entry] of stored) {
        settleOne(entry);
        if (entry.bytes === 0) stored.delete(key);
      }
    },
  };
}
