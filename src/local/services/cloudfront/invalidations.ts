/** What an invalidation path means, and invalidations as the API shows them. */
import type { Invalidation } from '@aws-sdk/client-cloudfront';
import { AwsError } from '../../service.ts';
import type { InvalidationRecord } from './context.ts';

/**
 * A `*` is a wildcard at the end of the path only; elsewhere it is itself. Without one, query strings count.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html
 */
export function invalidationMatcher(path: string): (cached: string) => boolean {
  const wanted = decoded(path.startsWith('/') ? path : `/${path}`);
  if (wanted === undefined)
    throw new AwsError(
      'InvalidArgument',
      `Your request contains one or more invalid invalidation paths: ${path}`,
      400,
    );
  if (!wanted.endsWith('*')) return (cached) => (decoded(cached) ?? cached) === wanted;
  const prefix = wanted.slice(0, -1);
  return (cached) => (decoded(cached) ?? cached).startsWith(prefix);
}

/** Paths may be given encoded or not. */
function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** One edge location, in this process: an invalidation is done when it is made. */
export const describeInvalidation = (record: InvalidationRecord): Invalidation => ({
  Id: record.id,
  Status: 'Completed',
  CreateTime: new Date(record.createdAt),
  InvalidationBatch: {
    CallerReference: record.callerReference,
    Paths: { Quantity: record.paths.length, Items: [...record.paths] },
  },
});
