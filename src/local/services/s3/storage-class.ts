/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html */
import { AwsError, unsupported } from '../../service.ts';

const storageClasses = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'GLACIER_IR',
  'DEEP_ARCHIVE',
] as const;

export type StorageClass = (typeof storageClasses)[number];

export const isStorageClass = <T extends string>(name: T | undefined): name is T & StorageClass =>
  storageClasses.some((one) => one === name);

/** Archived objects cannot be read until restored, and restoring is not supported. */
export const isArchived = (name: StorageClass | undefined): boolean =>
  name === 'GLACIER' || name === 'DEEP_ARCHIVE';

/** @returns undefined for STANDARD */
export function readStorageClass(name: string | undefined): StorageClass | undefined {
  if (name === undefined || name === 'STANDARD') return undefined;
  if (!isStorageClass(name))
    throw new AwsError('InvalidStorageClass', 'The storage class you specified is not valid', 400, {
      StorageClassRequested: name,
    });
  if (isArchived(name))
    throw unsupported(`writing to the storage class ${name} (a lifecycle rule may move there)`);
  return name;
}
