/** Limits of tags. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
import type { Tag } from '@aws-sdk/client-s3';
import { AwsError } from '../../service.ts';

export function checkTags(tags: readonly Tag[], maxTags: number): void {
  if (tags.length > maxTags)
    throw new AwsError(
      'BadRequest',
      `${maxTags === 10 ? 'Object' : 'Bucket'} tags cannot be greater than ${maxTags}`,
    );
  const seen = new Set<string>();
  for (const { Key: key = '', Value: value = '' } of tags) {
    if (key === '' || key.length > 128)
      throw new AwsError('InvalidTag', 'The TagKey you have provided is invalid', 400, { TagKey: key });
    if (value.length > 256)
      throw new AwsError('InvalidTag', 'The TagValue you have provided is invalid', 400, { TagValue: value });
    if (/^aws:/i.test(key) && maxTags === 10)
      throw new AwsError('InvalidTag', 'System tags cannot be added/updated by requester', 400, {
        TagKey: key,
      });
    if (seen.has(key))
      throw new AwsError('InvalidTag', 'Cannot provide multiple Tags with the same key', 400, {
        TagKey: key,
      });
    seen.add(key);
  }
}
