/** Limits of tags. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
import type { Tag } from '@aws-sdk/client-s3';
import { AwsError } from '../../service.ts';
import { malformedXml } from './errors.ts';

const letters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

export function checkTags(tags: readonly Tag[], maxTags: number): void {
  if (tags.length > maxTags)
    throw new AwsError(
      'BadRequest',
      `${maxTags === 10 ? 'Object' : 'Bucket'} tags cannot be greater than ${maxTags}`,
    );
  const seen = new Set<string>();
  for (const { Key: key, Value: value } of tags) {
    if (key === undefined || value === undefined) throw malformedXml();
    if (key === '' || key.length > 128 || !letters.test(key))
      throw new AwsError('InvalidTag', 'The TagKey you have provided is invalid', 400, { TagKey: key });
    if (value.length > 256 || !letters.test(value))
      throw new AwsError('InvalidTag', 'The TagValue you have provided is invalid', 400, {
        TagKey: key,
        TagValue: value,
      });
    if (maxTags === 10 && key.startsWith('aws:'))
      throw new AwsError('InvalidTag', 'Your TagKey cannot be prefixed with aws:', 400, { TagKey: key });
    if (seen.has(key))
      throw new AwsError('InvalidTag', 'Cannot provide multiple Tags with the same key', 400, {
        TagKey: key,
      });
    seen.add(key);
  }
}
