/**
 * Builds an image asset and pushes it through ECR's own API, so that the repository's permissions decide.
 * A tag that already names the same image is left as it is. Refuses assets made by a command, and build options
 * that would change the image in a way the build here cannot.
 */
import type { ECRClient } from '@aws-sdk/client-ecr';
import { SlipwayError } from '../../../core/errors.ts';
import { type BuildOptions, buildImage, type ImageVerdict, judgeImage } from './build.ts';
import type { Blob, BuiltImage } from './image.ts';

interface PushImageOptions extends BuildOptions {
  readonly ecr: ECRClient;
  readonly repositoryName: string;
  readonly imageTag: string;
  /** Of the template layer's image asset: refused when set. */
  readonly executable?: readonly string[] | undefined;
  /** Of the template layer's image asset: build caches are ignored (Slipway has its own), the rest is refused. */
  readonly otherOptions?: Readonly<Record<string, unknown>> | undefined;
}

/** Options of `docker build` that cannot change what is built here. */
const harmless = new Set(['cacheFrom', 'cacheTo', 'cacheDisabled', 'dockerOutputs']);

type AssetOptions = Omit<PushImageOptions, 'ecr' | 'repositoryName' | 'imageTag'>;

/** What the asset would be refused for, and what stands in for its base images. Nothing is built. */
export function judgeAsset(options: AssetOptions): ImageVerdict {
  const problems = optionProblems(options);
  if (options.executable) return { problems, standIns: [] };
  const judged = judgeImage(options);
  return { ...judged, problems: [...problems, ...judged.problems] };
}

function optionProblems({ directory, executable, otherOptions = {} }: AssetOptions): SlipwayError[] {
  if (executable)
    return [
      new SlipwayError(
        'local.container-unsupported',
        `the image asset in ${directory} is made by a command (executable), which is not supported`,
        { fix: 'describe the image with a Dockerfile' },
      ),
    ];
  return Object.entries(otherOptions)
    .filter(([name, value]) => !harmless.has(name) && value !== undefined)
    .map(
      ([name]) =>
        new SlipwayError(
          'local.container-unsupported',
          `the image asset in ${directory} sets ${name}, which the build without a container engine cannot honour`,
        ),
    );
}

export async function pushImage(options: PushImageOptions): Promise<void> {
  const [problem] = optionProblems(options);
  if (problem) throw problem;
  const image = await buildImage(options);
  await pushBuilt(image, options);
}

/** Pushes what was built before. */
async function pushBuilt(
  image: BuiltImage,
  { ecr, repositoryName, imageTag }: Pick<PushImageOptions, 'ecr' | 'repositoryName' | 'imageTag'>,
): Promise<void> {
  // Loaded here, so that a local cloud that pushes nothing does not load the client.
  const { BatchCheckLayerAvailabilityCommand, BatchGetImageCommand, PutImageCommand } = await import(
    '@aws-sdk/client-ecr'
  );
  const tagged = await ecr.send(
    new BatchGetImageCommand({
      repositoryName,
      imageIds: [{ imageTag }],
      acceptedMediaTypes: [image.manifest.mediaType],
    }),
  );
  if (tagged.images?.some(({ imageId }) => imageId?.imageDigest === image.manifest.digest)) return;

  const blobs = new Map([image.config, ...image.layers].map((one) => [one.digest, one]));
  const { layers } = await ecr.send(
    new BatchCheckLayerAvailabilityCommand({ repositoryName, layerDigests: [...blobs.keys()] }),
  );
  for (const { layerDigest, layerAvailability } of layers ?? [])
    if (layerDigest && layerAvailability === 'AVAILABLE') blobs.delete(layerDigest);
  await Promise.all([...blobs.values()].map((one) => upload(one, ecr, repositoryName)));
  await ecr.send(
    new PutImageCommand({
      repositoryName,
      imageTag,
      imageManifest: image.manifest.data.toString('utf8'),
      imageManifestMediaType: image.manifest.mediaType,
      imageDigest: image.manifest.digest,
    }),
  );
}

async function upload(layer: Blob, ecr: ECRClient, repositoryName: string): Promise<void> {
  const { CompleteLayerUploadCommand, InitiateLayerUploadCommand, UploadLayerPartCommand } = await import(
    '@aws-sdk/client-ecr'
  );
  const { uploadId, partSize = 10 * 1024 * 1024 } = await ecr.send(
    new InitiateLayerUploadCommand({ repositoryName }),
  );
  for (let first = 0; first < layer.data.length; first += partSize) {
    const part = layer.data.subarray(first, first + partSize);
    await ecr.send(
      new UploadLayerPartCommand({
        repositoryName,
        uploadId,
        partFirstByte: first,
        partLastByte: first + part.length - 1,
        layerPartBlob: part,
      }),
    );
  }
  await ecr.send(new CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests: [layer.digest] }));
}
