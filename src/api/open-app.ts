/** From what the user named to an app that can be reviewed: a CDK app is synthesized, an assembly or template read. */
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Architecture, readArchitecture } from '../architecture/index.ts';
import { type Host, silentHost } from '../core/events.ts';
import { existingTarget, noApp } from './existing-target.ts';

export interface OpenAppOptions {
  /** A folder with cdk.json, a cloud assembly (cdk.out), or a template file. */
  readonly target: string;
  /** For stacks that do not say. Default: us-east-1. */
  readonly region?: string;
  /** Context for an app that is synthesized. Default: none. */
  readonly context?: Readonly<Record<string, string>>;
  /** By `Name`, for each stack that declares it, or by `Stack:Name`. Default: the template's own. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Parameters that no template declares. Default: left out. */
  readonly unknownParameters?: 'refused';
  /** Default: says nothing. */
  readonly host?: Host;
}

export interface OpenedApp {
  readonly app: Architecture;
  /** The app's own folder: of `cdk.out` and of a template file, the folder that it lies in. */
  readonly folder: string;
}

/** AWS's own example account: what an app sees that asks for the account it will be deployed to. */
const exampleAccount = '123456789012';

export async function openApp(options: OpenAppOptions): Promise<OpenedApp> {
  const target = existingTarget(options.target);
  const { region, context = {}, parameters = {}, host = silentHost } = options;
  const read = (path: string, name?: string) =>
    readArchitecture(path, {
      ...(region === undefined ? {} : { region }),
      ...(name === undefined ? {} : { name }),
      parameters,
      ...(options.unknownParameters ? { unknownParameters: options.unknownParameters } : {}),
    });
  const folder = appFolderOf(target);
  if (!statSync(target).isDirectory() || existsSync(join(target, 'manifest.json')))
    return { app: await read(target), folder };
  if (!existsSync(join(target, 'cdk.json'))) throw noApp(target);
  // Not at the top: it comes with the AWS clients, and a review of a template needs none.
  const { synthesize } = await import('../deploy/synthesize.ts');
  const { dockerStandIn } = await import('./docker-stand-in.ts');
  const assembly = await synthesize({
    docker: dockerStandIn(),
    folder: target,
    accountId: exampleAccount,
    region: region ?? 'us-east-1',
    context,
    host,
  });
  return { app: await read(assembly, basename(target)), folder };
}

/** Of an app's own folder that folder; of a `cdk.out` or a template file the folder that it lies in. */
export function appFolderOf(target: string): string {
  return statSync(target).isDirectory() && basename(target) !== 'cdk.out' ? target : dirname(target);
}
