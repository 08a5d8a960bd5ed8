/** Conditional requests. https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html */
import { AwsError } from '../../service.ts';
import { noSuchKey, preconditionFailed } from './errors.ts';
import type { StoredObject, Version } from './objects.ts';

export interface ReadConditions {
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

/** @throws PreconditionFailed, or NoSuchKey when If-Match finds nothing */
export function writeConditions(
  input: Pick<ReadConditions, 'IfMatch' | 'IfNoneMatch'>,
  key: string,
  current: Version | undefined,
): void {
  const exists = current !== undefined && !current.deleteMarker;
  if (input.IfNoneMatch !== undefined) {
    if (input.IfNoneMatch !== '*')
      throw new AwsError(
        'NotImplemented',
        'A header you provided implies functionality that is not implemented (If-None-Match takes * only)',
        501,
      );
    if (exists) throw preconditionFailed('If-None-Match');
  }
  if (input.IfMatch !== undefined) {
    if (!exists) throw noSuchKey(key);
    if (!matches(input.IfMatch, current.etag)) throw preconditionFailed('If-Match');
  }
}

export const notModified = () => new AwsError('NotModified', 'Not Modified', 304);
