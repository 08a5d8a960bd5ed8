/**
 * Amazon S3: buckets, objects, versions, multipart uploads, and the configuration of buckets. Websites,
 * replication, ACLs that share, and restoring from archives are refused by name.
 */
import type { Timer } from '../../../core/clock.ts';
import type { Call, Extras, Service, ServiceEnvironment } from '../../service.ts';
import { openBodies } from '../../store/bodies.ts';
import { openBuckets } from './buckets.ts';
import type { S3Context } from './context.ts';
import { answerPreflight, corsHeaders } from './cors.ts';
import { createLifecycle } from './lifecycle.ts';
import { createNotifications } from './notifications.ts';
import { openObjects, storageClassOf } from './objects.ts';
import * as operations from './operations/index.ts';
import { readPostedForm } from './post-form.ts';
import { bucketResource } from './resources/bucket.ts';
import { bucketPolicyResource } from './resources/bucket-policy.ts';
import { createStorageMeter } from './storage-meter.ts';
import { openUploads } from './uploads.ts';

export function createS3(env: ServiceEnvironment, environmentOf: Extras['environmentOf']): Service {
  const { store, clock } = env;
  const randomId = (length: number) => env.randomId(length);
  const buckets = openBuckets(store, env.home);
  const meter = createStorageMeter(env.clock, (name) => environmentOf(buckets.find(name) ?? env.home));
  const bodies = openBodies(store, clock, randomId);
  const parts: Omit<S3Context, 'lifecycle'> = {
    env,
    bodies,
    buckets,
    objects: openObjects(store, bodies, clock, randomId, meter.changed),
    uploads: openUploads(store, bodies, () => clock.now(), randomId, meter.changed),
    meter,
    notifications: createNotifications(env, buckets, environmentOf),
    extraHeaders: new WeakMap<Call, Record<string, string>>(),
  };
  const lifecycle = createLifecycle(parts);
  const ctx: S3Context = { ...parts, lifecycle };
  let settling: Timer | undefined;
  return {
    operations: Object.values(operations).map((create) => create(ctx)),
    resourceTypes: [bucketResource(ctx), bucketPolicyResource],
    scopeOf: ({ Bucket }) => (typeof Bucket === 'string' ? buckets.find(Bucket) : undefined),
    serve: async (request) => answerPreflight(ctx.buckets, request),
    readForm: (form, bucket, call) => readPostedForm(ctx, form, bucket, call),
    answerHeaders(call, input) {
      const origin = call.http?.headers.origin;
      const extra = ctx.extraHeaders.get(call);
      if (origin === undefined && extra === undefined) return {};
      const bucket = ctx.buckets.find(typeof input.Bucket === 'string' ? input.Bucket : undefined);
      return {
        ...extra,
        ...corsHeaders(
          bucket?.cors,
          typeof origin === 'string' ? origin : undefined,
          call.http?.method ?? '',
        ),
      };
    },
    start() {
      bodies.sweep();
      countStored(ctx);
      lifecycle.start();
      ctx.notifications.start();
      meter.settle();
      settling = clock.repeat(
        () => 3_600_000,
        () => meter.settle(),
      );
    },
    async stop() {
      settling?.cancel();
      lifecycle.stop();
      ctx.notifications.stop();
      meter.settle();
    },
  };
}

/** The meter counts changes; what was stored before this start is counted once. */
function countStored(ctx: S3Context): void {
  for (const bucket of ctx.buckets.all()) {
    for (const [key, current] of ctx.objects.entries(bucket, {}))
      for (const version of [current, ...(bucket.versioning ? ctx.objects.older(bucket, key) : [])])
        if (!version.deleteMarker) ctx.meter.changed(bucket.name, storageClassOf(version), version.size);
    for (const upload of ctx.uploads.all(bucket))
      for (const part of ctx.uploads.parts(upload)) ctx.meter.changed(bucket.name, 'STANDARD', part.size);
  }
}
