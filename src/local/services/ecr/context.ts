/** Repositories, images and layers as kept: records in the store, layers as plain files named by their digest. */

import { createReadStream, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArn } from '../../../core/arn.ts';
import type { Caller, NamedPolicy } from '../../../iam/index.ts';
import { parsePolicy } from '../../../iam/index.ts';
import type { AccessCheck, ServiceEnvironment } from '../../service.ts';
import type { Collection } from '../../store/store.ts';
import { invalidParameter, repositoryNotFound } from './errors.ts';

export interface RepositoryRecord {
  readonly name: string;
  /** ms since the epoch */
  readonly createdAt: number;
  readonly tagMutability: 'MUTABLE' | 'IMMUTABLE';
  readonly scanOnPush: boolean;
  readonly encryptionType: 'AES256';
  readonly policyText?: string;
  readonly lifecyclePolicyText?: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ImageRecord {
  readonly digest: string;
  readonly manifest: string;
  readonly mediaType: string;
  readonly artifactMediaType?: string;
  readonly size: number;
  /** ms since the epoch */
  readonly pushedAt: number;
  readonly pulledAt?: number;
  readonly tags: readonly string[];
  /** Digests of the layers and of the configuration. */
  readonly blobs: readonly string[];
}

interface UploadRecord {
  readonly repositoryName: string;
  readonly id: string;
  readonly received: number;
  readonly createdAt: number;
}

interface TokenRecord {
  readonly caller: Caller;
  /** ms since the epoch, on the wall clock */
  readonly expiresAt: number;
}

export interface EcrContext {
  readonly env: ServiceEnvironment;
  readonly repositories: Collection<RepositoryRecord>;
  /** By repository and digest. */
  readonly images: Collection<ImageRecord>;
  /** Size by repository and digest: a repository has a layer only when it was pushed there. */
  readonly layers: Collection<number>;
  readonly uploads: Collection<UploadRecord>;
  /** What `docker login` was given, and who it stands for. */
  readonly tokens: Collection<TokenRecord>;
  /** Which layer a download URL is for; URLs last an hour and do not survive a restart. */
  readonly downloads: Map<string, { readonly digest: string; readonly expiresAt: number }>;
  arn(name: string): string;
  layerFile(digest: string): string;
  uploadFile(id: string): string;
  /** The permission check of an operation on one repository. */
  check(action: string, repositoryName: string | undefined, registryId?: string): AccessCheck;
  repository(name: string | undefined): RepositoryRecord;
}

export function createEcrContext(env: ServiceEnvironment): EcrContext {
  const directory = join(env.store.directory, 'ecr');
  for (const folder of ['layers', 'uploads']) mkdirSync(join(directory, folder), { recursive: true });
  const repositories = env.store.collection<RepositoryRecord>('ecr/repositories');
  const arn = (name: string) => env.arn('ecr', `repository/${name}`);
  const repository = (name = '') => {
    const found = repositories.get(name);
    if (!found) throw repositoryNotFound(name, env.accountId);
    return found;
  };
  return {
    env,
    repositories,
    images: env.store.collection('ecr/images'),
    layers: env.store.collection('ecr/layers'),
    uploads: env.store.collection('ecr/uploads'),
    tokens: env.store.collection('ecr/tokens'),
    downloads: new Map(),
    arn,
    layerFile: (digest) => join(directory, 'layers', digest.replace(':', '-')),
    uploadFile: (id) => join(directory, 'uploads', id),
    check(action, repositoryName = '', registryId) {
      if (registryId !== undefined && registryId !== env.accountId)
        throw repositoryNotFound(repositoryName, registryId);
      const policy = repositoryPolicy(repositories.get(repositoryName));
      return {
        action: `ecr:${action}`,
        resource: arn(repositoryName),
        ...(policy ? { resourcePolicy: policy } : {}),
      };
    },
    repository,
  };
}

function repositoryPolicy(record: RepositoryRecord | undefined): NamedPolicy | undefined {
  return record?.policyText
    ? { name: `policy of the repository ${record.name}`, document: parseRepositoryPolicy(record.policyText) }
    : undefined;
}

/** Statements of a repository policy name no Resource: it is the repository. */
export function parseRepositoryPolicy(text: string) {
  try {
    const given = JSON.parse(text) as { readonly Statement?: unknown };
    const statements = [given.Statement ?? []].flat() as object[];
    return parsePolicy(
      { ...given, Statement: statements.map((statement) => ({ Resource: '*', ...statement })) },
      'resource',
    );
  } catch (error) {
    throw invalidRepositoryPolicy(error instanceof Error ? error.message : String(error));
  }
}

export const invalidRepositoryPolicy = (reason: string) =>
  invalidParameter(
    `Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided' (${reason})`,
  );

export const uri = ({ env }: EcrContext, name: string) =>
  `${env.accountId}.dkr.ecr.${env.region}.amazonaws.com/${name}`;

/** Finds an image by digest, or by tag. */
export function findImage(
  context: EcrContext,
  repositoryName: string,
  id: { readonly imageDigest?: string | undefined; readonly imageTag?: string | undefined },
): ImageRecord | undefined {
  if (id.imageDigest) {
    const found = context.images.get([repositoryName, id.imageDigest]);
    return found && (id.imageTag === undefined || found.tags.includes(id.imageTag)) ? found : undefined;
  }
  for (const image of context.images.values({ prefix: [repositoryName] }))
    if (id.imageTag !== undefined && image.tags.includes(id.imageTag)) return image;
  return undefined;
}

/** Forgets the layers that no image of the repository has any more, and the files no repository has. */
export function forgetLayers(context: EcrContext, repositoryName: string): void {
  const used = new Set(
    [...context.images.values({ prefix: [repositoryName] })].flatMap(({ blobs }) => blobs),
  );
  const gone: string[] = [];
  for (const [[, digest]] of [...context.layers.entries({ prefix: [repositoryName] })])
    if (!used.has(String(digest))) {
      context.layers.delete([repositoryName, String(digest)]);
      gone.push(String(digest));
    }
  const elsewhere = new Set([...context.layers.entries()].map(([[, digest]]) => String(digest)));
  for (const digest of gone) if (!elsewhere.has(digest)) removeFile(context.layerFile(digest));
}

export const openLayer = (context: EcrContext, digest: string) =>
  existsSync(context.layerFile(digest)) ? createReadStream(context.layerFile(digest)) : undefined;

export const removeFile = (file: string) => rmSync(file, { force: true });

export const repositoryOfArn = (arn: string | undefined): string =>
  parseArn(arn)?.resource.replace(/^repository\//, '') ?? '';
