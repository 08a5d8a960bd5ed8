/**
 * Pulls images as a role or a service, through ECR's API: what that one may not do fails here as on AWS.
 * Only images of the local ECR can be pulled; any other registry is refused by name.
 */
import { get as httpGet } from 'node:http';
import { required } from '../../invoke.ts';
import { AwsError, type ScopedInvoke } from '../../service.ts';
import type { RootfsStore } from '../tasks/rootfs.ts';
import { type BaseImage, baseImage } from './base-images.ts';
import type { ImageConfig, ImageConfigFile, ImageManifest } from './image.ts';
import { viewsMissing } from './view.ts';

export interface PulledImage {
  readonly digest: string;
  readonly config: ImageConfig;
  /** Folder with its files, read-only. */
  readonly root: string;
  /** What this machine stands in for; undefined when the files are all there is, and paths are mapped. */
  readonly base: BaseImage | undefined;
}

const reference =
  /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.[a-z.]+\/([^:@]+)(?::([^@]+))?(?:@(sha256:[0-9a-f]{64}))?$/;

export const isLocalImage = (image: string): boolean => reference.test(image);

export class CannotPull extends Error {}

/**
 * @param accountId the task's own; a repository of another lets it in by its policy
 * @param logsIn roles ask for a token of the registry first; AWS's services do not
 */
export function createPuller(rootfs: RootfsStore, accountId: string, logsIn = true) {
  const configs = new Map<string, ImageConfig>();
  return async (image: string, asRole: ScopedInvoke): Promise<PulledImage> => {
    const [, registryId, region = '', repositoryName, tag, imageDigest] = reference.exec(image) ?? [];
    const invoke = asRole.inScope({ accountId, region });
    if (!repositoryName)
      throw new CannotPull(`pull image manifest: Slipway pulls images from the local ECR only, not ${image}`);
    try {
      if (logsIn) await invoke('ecr', 'GetAuthorizationToken', {});
      const imageId = imageDigest ? { imageDigest } : { imageTag: tag ?? 'latest' };
      const { images = [] } = await invoke('ecr', 'BatchGetImage', {
        registryId,
        repositoryName,
        imageIds: [imageId],
      });
      const [found] = images;
      if (!found) throw new CannotPull(`pull image manifest: ${image}: not found`);
      const manifest = JSON.parse(required(found.imageManifest, 'imageManifest')) as ImageManifest;
      const digest = required(found.imageId?.imageDigest, 'imageId.imageDigest');
      const download = async (layerDigest: string) => {
        const { downloadUrl } = await invoke('ecr', 'GetDownloadUrlForLayer', {
          registryId,
          repositoryName,
          layerDigest,
        });
        return get(required(downloadUrl, 'downloadUrl'));
      };
      let config = configs.get(digest);
      if (!config) {
        const file = JSON.parse((await download(manifest.config.digest)).toString()) as ImageConfigFile;
        config = { ...file.config, Env: file.config.Env ?? [], WorkingDir: file.config.WorkingDir || '/' };
        configs.set(digest, config);
      } else {
        // Permission to read layers is asked for each pull, also when the files are here already.
        await invoke('ecr', 'GetDownloadUrlForLayer', {
          registryId,
          repositoryName,
          layerDigest: manifest.config.digest,
        });
      }
      const base = baseOf(manifest);
      const layers = () => Promise.all(manifest.layers.map((layer) => download(layer.digest)));
      const root = await rootfs.unpacked(digest, layers, base);
      return { digest, config, root, base };
    } catch (error) {
      if (error instanceof AwsError)
        throw new CannotPull(`pull image manifest: ${error.message}`, { cause: error });
      throw error;
    }
  };
}

/** Images that Slipway built say what they stand on. */
function baseOf({ annotations }: ImageManifest): BaseImage | undefined {
  const name = annotations?.['org.opencontainers.image.base.name'];
  return name === undefined || viewsMissing() !== undefined ? undefined : baseImage(name);
}

/** A connection of its own: pooled ones do not survive the restart of what they lead to. */
function get(url: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    httpGet(url, { agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) resolve(Buffer.concat(chunks));
        else reject(new CannotPull(`the download of a layer answered ${response.statusCode}`));
      });
    }).on('error', reject);
  });
}
