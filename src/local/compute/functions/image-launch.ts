/**
 * How a function that is a container image is started: its entry point and command in the view of its image, which is
 * read-only but for /tmp. AWS's base images start Slipway's runtime; any other image brings one that speaks the Lambda
 * Runtime API.
 * https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 * https://docs.aws.amazon.com/lambda/latest/dg/images-parms.html
 */
import { basename, dirname } from 'node:path';
import type { AwsHosts } from '../../service.ts';
import { type Bind, baseBinds } from '../images/base-files.ts';
import type { BaseImage } from '../images/base-images.ts';
import type { ImageConfig } from '../images/image.ts';
import { lambdaPlaces } from '../images/lambda-base.ts';
import { viewCommand } from '../images/view.ts';
import type { Launch } from './environment.ts';
import { nodeRuntimeFile, pythonRuntimeFile } from './runtime-file.ts';

/** What a function's ImageConfig sets over the image's own. */
export interface ImageOverride {
  readonly entryPoint?: readonly string[];
  readonly command?: readonly string[];
  readonly workingDirectory?: string;
}

interface ImageLaunchOptions {
  readonly base: BaseImage;
  readonly config: ImageConfig;
  readonly root: string;
  readonly override: ImageOverride;
  /** Packages that AWS's base image brings along: a folder of this machine. */
  readonly brought: string | undefined;
  /** Of the environment: what it finds as /tmp. */
  readonly temporary: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly hosts: AwsHosts;
}

export async function imageLaunch(options: ImageLaunchOptions): Promise<Launch> {
  const { base, config, root, override, temporary } = options;
  const entrypoint = override.entryPoint?.length ? override.entryPoint : (config.Entrypoint ?? []);
  // As container engines do: another entry point leaves the image's command out.
  const ownCommand = override.entryPoint?.length ? [] : (config.Cmd ?? []);
  const command = [...entrypoint, ...(override.command?.length ? override.command : ownCommand)];
  const lambda = base.lambda ? await lambdaParts(options) : { binds: [], variables: {} };
  const { file, args } = viewCommand({
    root,
    binds: [...baseBinds(base), { source: temporary, target: '/tmp', writable: true }, ...lambda.binds],
    folder: override.workingDirectory || config.WorkingDir || '/',
    user: { uid: 0, gid: 0 },
    readOnly: true,
    command,
  });
  return {
    command: file,
    args,
    cwd: '/',
    readsVariables: false,
    // unshare; the command is the first process of the view.
    processesAbove: 1,
    variables: { ...lambda.variables, ...options.variables },
  };
}

async function lambdaParts({ base, brought, hosts }: ImageLaunchOptions) {
  const python = base.language?.name === 'python';
  const runtime = python ? pythonRuntimeFile() : await nodeRuntimeFile();
  const binds: Bind[] = [
    { source: hosts.authorityFile, target: lambdaPlaces.authority },
    { source: hosts.bundleFile, target: lambdaPlaces.bundle },
    // With the files beside it that it imports.
    { source: dirname(runtime), target: lambdaPlaces.runtime },
  ];
  if (brought) binds.push({ source: brought, target: python ? lambdaPlaces.boto : lambdaPlaces.sdk });
  const { pattern, httpPort, httpsPort } = hosts;
  const trusted = lambdaPlaces.bundle;
  const variables: Record<string, string> = {
    SLIPWAY_RUNTIME: basename(runtime),
    SLIPWAY_AWS_HOSTS: JSON.stringify({ pattern, httpPort, httpsPort }),
    ...(python
      ? {
          SSL_CERT_FILE: trusted,
          REQUESTS_CA_BUNDLE: trusted,
          AWS_CA_BUNDLE: trusted,
          CURL_CA_BUNDLE: trusted,
        }
      : { NODE_EXTRA_CA_CERTS: lambdaPlaces.authority }),
  };
  return { binds, variables: base.language ? variables : {} };
}

/** The variables that the image sets. */
export const imageVariables = ({ Env }: ImageConfig): Record<string, string> =>
  Object.fromEntries(
    Env.map((pair) => {
      const equals = pair.indexOf('=');
      return [pair.slice(0, equals), pair.slice(equals + 1)] as const;
    }),
  );
