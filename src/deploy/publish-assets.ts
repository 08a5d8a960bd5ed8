/** Puts a stack's assets where its template expects them: zips and files in S3, images in ECR. Idempotent. */
import { readFile, stat } from 'node:fs/promises';
import { HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Host } from '../core/events.ts';
import {
  type Asset,
  type Environment,
  type FileAsset,
  type ImageAsset,
  substitutePlaceholders,
} from '../template/index.ts';
import { zipFolder } from './zip-folder.ts';

interface ImageDestination {
  readonly repositoryName: string;
  readonly imageTag: string;
  /** Default: the stack's. */
  readonly region?: string;
}

interface PublishTarget {
  /** The client for a region; default: the stack's. */
  s3(region?: string): S3Client;
  readonly environment: Environment;
  /** Builds and pushes one image; how depends on where it runs. */
  publishImage(asset: ImageAsset, destination: ImageDestination): Promise<void>;
  readonly host: Host;
}

/** All of them, side by side; what is already there is left alone. */
export async function publishAssets(assets: readonly Asset[], target: PublishTarget): Promise<void> {
  await Promise.all(
    assets.map((asset) => (asset.kind === 'file' ? publishFile(asset, target) : publishImage(asset, target))),
  );
}

async function publishFile(asset: FileAsset, { s3: s3In, environment, host }: PublishTarget): Promise<void> {
  for (const destination of asset.destinations) {
    const s3 = s3In(regionOf(destination, environment));
    const Bucket = substitutePlaceholders(destination.bucketName, environment);
    const Key = substitutePlaceholders(destination.objectKey, environment);
    if (await exists(s3, Bucket, Key)) continue;
    const folder = (await stat(asset.path)).isDirectory();
    const Body = folder ? await zipFolder(asset.path) : await readFile(asset.path);
    await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
    host.notify({
      name: 'asset.published',
      data: { id: asset.id, name: asset.displayName ?? asset.id, bytes: Body.length },
    });
  }
}

/** Assets of a stack may be for another region than the stack's. */
const regionOf = ({ region }: { readonly region?: string }, environment: Environment): string =>
  region === undefined ? environment.region : substitutePlaceholders(region, environment);

/** Asset keys are hashes of their content, so one that is there is the right one. */
async function exists(s3: S3Client, Bucket: string, Key: string): Promise<boolean> {
  try {
    await s3.send(new HeadObjectCommand({ Bucket, Key }));
    return true;
  } catch (error) {
    if ((error as Error).name === 'NotFound') return false;
    throw error;
  }
}

async function publishImage(
  asset: ImageAsset,
  { environment, publishImage: publish, host }: PublishTarget,
): Promise<void> {
  for (const destination of asset.destinations) {
    await publish(asset, {
      repositoryName: substitutePlaceholders(destination.repositoryName, environment),
      imageTag: substitutePlaceholders(destination.imageTag, environment),
      region: regionOf(destination, environment),
    });
    host.notify({ name: 'asset.published', data: { id: asset.id, name: asset.displayName ?? asset.id } });
  }
}
