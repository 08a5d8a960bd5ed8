/** Conditional requests. https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html */
import { AwsError } from '../../service.ts';
import { noSuchKey, preconditionFailed } from './errors.ts';
import type { StoredObject, Version } from './objects.ts';

interface ReadConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

const matches = (condition: string, etag: string) =>
  condition.split(',').some((part) => {
    const wanted = part.trim().replace(/^W\//, '').replace(/^"|"$/g, '');
    return wanted === '*' || wanted === etag;
  });

/**
 * In RFC 7232's order: If-Match wins over If-Unmodified-Since, If-None-Match over If-Modified-Since.
 * @returns whether the answer is 304 Not Modified
 * @throws PreconditionFailed
 */
export function readConditions(input: ReadConditions, version: StoredObject): 'read' | 'not-modified' {
  if (input.IfMatch !== undefined) {
    if (!matches(input.IfMatch, version.etag)) throw preconditionFailed('If-Match');
  } else if (input.IfUnmodifiedSince && version.modified > input.IfUnmodifiedSince.getTime())
    throw preconditionFailed('If-Unmodified-Since');
  if (input.IfNoneMatch !== undefined)
    return matches(input.IfNoneMatch, version.etag) ? 'not-modified' : 'read';
  if (input.IfModifiedSince && version.modified <= input.IfModifiedSince.getTime()) return 'not-modified';
  return 'read';
}

/**
 * @param find reads the current version; only called when there is a condition
 * @throws PreconditionFailed, or NoSuchKey when If-Match finds nothing
 */
export function writeConditions(
  { IfMatch, IfNoneMatch }: Pick<ReadConditions, 'IfMatch' | 'IfNoneMatch'>,
  key: string,
  find: () => Version | undefined,
): void {
  if (IfMatch === undefined && IfNoneMatch === undefined) return;
  const current = find();
  const exists = current !== undefined && !current.deleteMarker;
  if (IfNoneMatch !== undefined) {
    if (IfNoneMatch !== '*')
      throw new AwsError(
        'NotImplemented',
        'A header you provided implies functionality that is not implemented (If-None-Match takes * only)',
        501,
      );
    if (exists) throw preconditionFailed('If-None-Match');
  }
  if (IfMatch !== undefined) {
    if (!exists) throw noSuchKey(key);
    if (!matches(IfMatch, current.etag)) throw preconditionFailed('If-Match');
  }
}

export const notModified = () => new AwsError('NotModified', 'Not Modified', 304);
