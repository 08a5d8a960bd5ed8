/** Stored bytes by bucket and storage class, metered as byte-hours on every change and at least once an hour. */
import type { ServiceEnvironment } from '../../service.ts';

export interface StorageMeter {
  changed(bucket: string, storageClass: string, bytes: number): void;
  out(bucket: string, bytes: number): void;
  /** Meters what was stored since the last time. */
  settle(): void;
}

const hourMs = 3_600_000;

export function createStorageMeter(env: ServiceEnvironment): StorageMeter {
  const stored = new Map<string, { bytes: number; since: number }>();
  const settleOne = (resource: string, entry: { bytes: number; since: number }) => {
    const now = env.clock.now();
    const quantity = (entry.bytes * (now - entry.since)) / hourMs;
    entry.since = now;
    if (quantity > 0) env.meter({ service: 's3', usage: 'byte-hours', quantity, resource });
  };
  return {
    changed(bucket, storageClass, bytes) {
      const resource = `${bucket}/${storageClass}`;
      const entry = stored.get(resource) ?? { bytes: 0, since: env.clock.now() };
      settleOne(resource, entry);
      entry.bytes += bytes;
      stored.set(resource, entry);
    },
    out(bucket, bytes) {
      if (bytes > 0) env.meter({ service: 's3', usage: 'bytes-out', quantity: bytes, resource: bucket });
    },
    settle() {
      for (const [resource, entry] of stored) {
        settleOne(resource, entry);
        if (entry.bytes === 0) stored.delete(resource);
      }
    },
  };
}
