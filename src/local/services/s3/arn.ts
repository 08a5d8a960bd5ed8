import { formatArn } from '../../../core/arn.ts';

/** Names of buckets are unique in a partition, so their ARNs have neither region nor account. */
export const bucketArn = (bucket: string | undefined): string =>
  formatArn({ service: 's3', resource: bucket ?? '' });
