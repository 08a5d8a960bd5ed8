/**
 * Functions that are container images: the image is pulled when the function is made or its code changes, in the name of
 * Lambda, which the repository's policy has to let in.
 * https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BroughtPackages } from '../../compute/functions/brought-packages.ts';
import type { ImageOverride } from '../../compute/functions/image-launch.ts';
import { importsOf, supply } from '../../compute/functions/imports.ts';
import type { RunnableRuntime } from '../../compute/functions/runtimes.ts';
import { type BaseImage, standIn } from '../../compute/images/base-images.ts';
import { CannotPull, createPuller, type PulledImage } from '../../compute/images/pull.ts';
import { viewsMissing } from '../../compute/images/view.ts';
import { createRootfsStore } from '../../compute/tasks/rootfs.ts';
import { AwsError, type Call, type ServiceEnvironment, unsupported } from '../../service.ts';
import { invalidParameter } from './errors.ts';
import { functionArn } from './names.ts';
import type { FunctionImage, FunctionRecord } from './records.ts';

export interface RunnableImage extends PulledImage {
  readonly base: BaseImage;
  /** A folder with what AWS's base image brings along. */
  readonly brought: string | undefined;
}

export interface FunctionImages {
  /** @throws AwsError as Lambda does, when there is no such image or it may not be pulled */
  resolve(uri: string, name: string, caller: Call['caller']): Promise<FunctionImage>;
  /** The image of a function, ready to run. */
  prepare(record: FunctionRecord): Promise<RunnableImage>;
}

/** AWS shows the image's digest as the code's, and no size. */
export const imageCode = ({ resolvedUri }: FunctionImage) => ({
  sha256: resolvedUri.slice(resolvedUri.indexOf('@sha256:') + 8),
  size: 0,
  unpackedSize: 0,
});

/** Why no image function can run on this machine. */
export function imageProblem(): AwsError | undefined {
  const missing = viewsMissing();
  return missing === undefined ? undefined : unsupported(`functions from container images here: ${missing}`);
}

export function createFunctionImages(
  env: ServiceEnvironment,
  packages: BroughtPackages,
  folder: string,
): FunctionImages {
  const pull = createPuller(createRootfsStore(folder), env.accountId, false);
  const ready = new Map<string, Promise<RunnableImage>>();
  const pulled = (uri: string, name: string) =>
    pull(uri, env.asService('lambda.amazonaws.com', functionArn(env, name)));

  async function resolve(uri: string, name: string, caller: Call['caller']): Promise<FunctionImage> {
    const { digest, base, root } = await pulled(uri, name).catch(async (error: unknown) => {
      if (!isDenied(error)) throw asLambda(error, uri);
      await letIn(uri, caller);
      return pulled(uri, name).catch((again: unknown) => {
        throw asLambda(again, uri);
      });
    });
    if (existsSync(join(root, 'opt/extensions')))
      throw unsupported(`extensions of functions (/opt/extensions of the image ${uri})`);
    if (!base)
      throw unsupported(`the image ${uri}, which Slipway has not built: it does not tell its base image`);
    return { uri, resolvedUri: `${uri.replace(/(:[^:/@]+)?(@sha256:[0-9a-f]+)?$/, '')}@${digest}` };
  }

  /** Where the policy lets Lambda not in, it is added in the name of who makes the function. */
  async function letIn(uri: string, caller: Call['caller']): Promise<void> {
    const repositoryName = /^[^/]+\/([^:@]+)/.exec(uri)?.[1] ?? '';
    const invoke = env.as(caller, 'lambda.amazonaws.com');
    try {
      const { policyText } = await invoke('ecr', 'GetRepositoryPolicy', { repositoryName }).catch(
        (error: unknown) => {
          if (error instanceof AwsError && error.code === 'RepositoryPolicyNotFoundException')
            return { policyText: undefined };
          throw error;
        },
      );
      const policy = JSON.parse(policyText ?? '{"Version":"2008-10-17","Statement":[]}') as {
        Statement: unknown;
      };
      const statements: unknown[] = Array.isArray(policy.Statement) ? policy.Statement : [policy.Statement];
      const { accountId, region } = env;
      const added = {
        Sid: 'LambdaECRImageRetrievalPolicy',
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Condition: {
          StringLike: { 'aws:sourceArn': `arn:aws:lambda:${region}:${accountId}:function:*` },
        },
      };
      await invoke('ecr', 'SetRepositoryPolicy', {
        repositoryName,
        policyText: JSON.stringify({ ...policy, Statement: [...statements, added] }),
      });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw denied();
    }
  }

  async function prepare(record: FunctionRecord, uri: string): Promise<RunnableImage> {
    const image = await pulled(uri, record.name).catch((error: unknown) => {
      throw asLambda(error, uri);
    });
    if (!image.base) throw unsupported(`the image ${uri}`);
    const brought = image.base.lambda
      ? await broughtTo(image, image.base, record.imageConfig, packages)
      : undefined;
    return { ...image, base: image.base, brought };
  }

  return {
    resolve,
    prepare(record) {
      const { image } = record;
      if (!image) throw new Error(`the function ${record.name} has no image`);
      const key = `${image.resolvedUri} ${JSON.stringify(record.imageConfig)}`;
      let work = ready.get(key);
      if (!work) {
        work = prepare(record, image.resolvedUri);
        work.catch(() => ready.delete(key));
        ready.set(key, work);
      }
      return work;
    },
  };
}

const denied = () =>
  new AwsError(
    'AccessDeniedException',
    'Lambda does not have permission to access the ECR image. Check the ECR permissions.',
    403,
  );

const causeOf = (error: unknown) =>
  error instanceof CannotPull && error.cause instanceof AwsError ? error.cause : undefined;

const isDenied = (error: unknown) => /AccessDenied/.test(causeOf(error)?.code ?? '');

/** Lambda takes images of ECR alone; here they are of the local one. */
export const notValid = (uri: string) =>
  invalidParameter(`Source image ${uri} is not valid. Provide a valid source image.`);

function asLambda(error: unknown, uri: string): unknown {
  if (isDenied(error)) return denied();
  if (!(error instanceof CannotPull)) return error;
  return /not found|NotFound/.test(`${error.message} ${causeOf(error)?.code}`)
    ? invalidParameter(`Source image ${uri} does not exist. Provide a valid source image.`)
    : notValid(uri);
}

/** What AWS's base image has and the code asks for: the SDK, or boto3 when the image has none of its own. */
async function broughtTo(
  image: PulledImage,
  base: BaseImage,
  override: ImageOverride | undefined,
  packages: BroughtPackages,
): Promise<string | undefined> {
  const { language } = base;
  const interpreter = standIn(base)?.interpreter;
  if (!language || language.name === 'go' || !interpreter) return undefined;
  const runtime: RunnableRuntime = { language: language.name, interpreter };
  const { version } = interpreter;
  if (
    language.name === 'python' &&
    existsSync(join(image.root, `var/lang/lib/python${version}/site-packages/boto3`))
  )
    return undefined;
  const handler = (override?.command?.length ? override.command : (image.config.Cmd ?? []))[0] ?? '';
  const name = language.name === 'python' ? `python${version}` : `nodejs${version}.x`;
  const imports = await importsOf(
    { runtime: name, handler, task: join(image.root, 'var/task'), layers: [] },
    runtime,
  );
  const { supplied } = await supply(runtime, imports, packages);
  return supplied.brought ?? supplied.sdk?.folders[0];
}
