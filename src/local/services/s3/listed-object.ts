/** What a listing tells about an object. */
import type { _Object } from '@aws-sdk/client-s3';
import { quoted } from './context.ts';
import { type StoredObject, storageClassOf } from './objects.ts';

export function listedObject(version: StoredObject): Omit<_Object, 'Key'> {
  return {
    LastModified: new Date(version.modified),
    ETag: quoted(version),
    Size: version.size,
    StorageClass: storageClassOf(version) as NonNullable<_Object['StorageClass']>,
    ...(version.checksum
      ? { ChecksumAlgorithm: [version.checksum.algorithm], ChecksumType: version.checksum.type }
      : {}),
  };
}
