/** How each language's runtime is started, with the variables that its processes find. */

import { existsSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import type { AwsHosts } from '../../service.ts';
import type { CodeRoot } from './code-store.ts';
import type { Launch } from './environment.ts';
import type { SeenPlaces } from './function-view.ts';
import { nodeRuntimeFile, pythonRuntimeFile } from './runtime-file.ts';
import type { RunnableRuntime } from './runtimes.ts';

interface LaunchOptions {
  /** As AWS names it. */
  readonly name: string;
  readonly runtime: RunnableRuntime;
  readonly root: CodeRoot;
  readonly seen: SeenPlaces;
  readonly memoryMb: number;
  /** What every runtime finds, and the function's own: they come before what a runtime presets. */
  readonly variables: Readonly<Record<string, string>>;
  readonly hosts: AwsHosts;
}

export function launchOf(options: LaunchOptions): Promise<Launch> {
  switch (options.runtime.language) {
    case 'python':
      return Promise.resolve(python(options));
    case 'provided':
      return provided(options);
    default:
      return node(options);
  }
}

async function node({
  name,
  runtime,
  root,
  seen,
  memoryMb,
  variables,
  hosts,
}: LaunchOptions): Promise<Launch> {
  const { task, opt } = seen;
  const version = /^nodejs(\d+)/.exec(name)?.[1] ?? '';
  return {
    command: runtime.interpreter?.command ?? process.execPath,
    // AWS leaves about a twelfth of the memory to what is not the heap.
    args: [
      `--max-old-space-size=${Math.max(64, Math.floor(memoryMb * 0.92))}`,
      seen.runtimeFile(await nodeRuntimeFile()),
    ],
    cwd: task,
    readsVariables: true,
    variables: {
      NODE_PATH: [
        ...(opt
          ? [join(opt, 'nodejs', `node${version}`, 'node_modules'), join(opt, 'nodejs', 'node_modules')]
          : []),
        task,
      ].join(':'),
      // The SDK's notice about this machine's Node.js would be untrue of the function's, and stand in every log.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...variables,
      ...directed(hosts),
      // One that the function brings along is its own business; AWS's file is not here.
      NODE_EXTRA_CA_CERTS: existing(variables.NODE_EXTRA_CA_CERTS, root, seen) ?? seen.authorityFile,
    },
  };
}

function python({ runtime, seen, variables, hosts }: LaunchOptions): Launch {
  return {
    command: runtime.interpreter?.command ?? 'python3',
    // Without the site module, so that no package of this machine is found that AWS would not have.
    args: ['-S', seen.runtimeFile(pythonRuntimeFile()), seen.brought ?? ''],
    cwd: seen.task,
    readsVariables: true,
    variables: {
      PYTHONIOENCODING: 'utf-8',
      ...trusting(seen),
      ...variables,
      ...directed(hosts),
      SLIPWAY_OPT: seen.opt ?? '',
    },
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html: in the bundle, else in a layer. */
async function provided({ root, seen, variables }: LaunchOptions): Promise<Launch> {
  const places = [root.task, ...(root.opt ? [root.opt] : [])];
  const command = places.map((place) => join(place, 'bootstrap')).find((file) => existsSync(file));
  // Zip archives that were made on Windows carry no permission to run it.
  if (command !== undefined) await chmod(command, 0o755);
  const inLayer = root.opt !== undefined && command?.startsWith(`${root.opt}/`);
  return {
    command: join(inLayer ? (seen.opt ?? '') : seen.task, 'bootstrap'),
    args: [],
    cwd: seen.task,
    readsVariables: false,
    variables: variables,
  };
}

/** Where AWS's host names are answered, for runtimes of ours. */
const directed = ({ pattern, httpPort, httpsPort }: AwsHosts) => ({
  SLIPWAY_AWS_HOSTS: JSON.stringify({ pattern, httpPort, httpsPort }),
});

/** What OpenSSL, requests, botocore and curl read for the authorities that they trust. */
const trusting = ({ bundleFile }: SeenPlaces) => ({
  SSL_CERT_FILE: bundleFile,
  REQUESTS_CA_BUNDLE: bundleFile,
  AWS_CA_BUNDLE: bundleFile,
  CURL_CA_BUNDLE: bundleFile,
});

/** A file of the function's own, where its process sees it. */
function existing(file: string | undefined, root: CodeRoot, seen: SeenPlaces): string | undefined {
  if (!file) return undefined;
  const real = file.startsWith(`${seen.task}/`) ? root.task + file.slice(seen.task.length) : file;
  return existsSync(real) ? file : undefined;
}
