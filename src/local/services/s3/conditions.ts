/** Conditional requests. https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html */
import { AwsError } from '../../service.ts';
import { conditionNotTaken, noSuchKey, preconditionFailed } from './errors.ts';
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
 * @param prefix of the names of the conditions
 * @returns whether the answer is 304 Not Modified
 * @throws PreconditionFailed
 */
export function readConditions(
  input: ReadConditions,
  version: StoredObject,
  now: number,
  prefix = '',
): 'read' | 'not-modified' {
  if (input.IfMatch !== undefined) {
    if (!matches(input.IfMatch, version.etag)) throw preconditionFailed(`${prefix}If-Match`);
  } else if (input.IfUnmodifiedSince && version.modified > input.IfUnmodifiedSince.getTime())
    throw preconditionFailed(`${prefix}If-Unmodified-Since`);
  if (input.IfNoneMatch !== undefined)
    return matches(input.IfNoneMatch, version.etag) ? 'not-modified' : 'read';
  // RFC 7232: a date that is still to come says nothing.
  const since = input.IfModifiedSince?.getTime();
  if (since !== undefined && since <= now && version.modified <= since) return 'not-modified';
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
  if (IfMatch !== undefined && IfNoneMatch !== undefined)
    throw conditionNotTaken(
      'If-Match,If-None-Match',
      'Multiple conditional request headers present in the request',
    );
  if (IfNoneMatch !== undefined && IfNoneMatch !== '*') throw valueNotTaken('If-None-Match');
  if (IfMatch === '*') throw valueNotTaken('If-Match');
  const current = find();
  const exists = current !== undefined && !current.deleteMarker;
  if (IfNoneMatch !== undefined && exists) throw preconditionFailed('If-None-Match');
  if (IfMatch !== undefined) {
    if (!exists) throw noSuchKey(key);
    if (!matches(IfMatch, current.etag)) throw preconditionFailed('If-Match');
  }
}

const valueNotTaken = (header: string) =>
  conditionNotTaken(header, `We don't accept the provided value of ${header} header for this API`);

export const notModified = () => new AwsError('NotModified', 'Not Modified', 304);
