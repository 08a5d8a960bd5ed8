/**
 * What a function would be refused for beside its properties: its runtime, and code that could not be loaded. The code
 * is read where it is: among the assets of the app, in S3, or in the template. Nothing of it runs.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isObject } from '../../../core/is-object.ts';
import type { Resolved, ResourceNode } from '../../../template/index.ts';
import { unpackArchives, writeFiles } from '../../compute/functions/archives.ts';
import { bundleProblems } from '../../compute/functions/imports.ts';
import { inlineFiles } from '../../compute/functions/inline-code.ts';
import { findRuntime } from '../../compute/functions/runtimes.ts';
import { ZipError, ZipTooLarge } from '../../zip-archive.ts';
import type { CloudFormationContext } from './context.ts';
import { isNativelyActed } from './custom/index.ts';
import type { LoadedTemplate } from './deployment.ts';

/** Code as it lies somewhere: a folder, or a zip archive. */
export type FoundCode = { readonly id: string } & (
  | { readonly folder: string }
  | { readonly zip: Buffer }
  | { readonly files: Readonly<Record<string, string>> }
);

/** Undefined when it is not there yet. */
export type ReadCode = (bucket: string, key: string) => Promise<FoundCode | undefined>;

/** They name a function, for its logs or permissions, and never call it. */
const onlyNames = new Set([
  'AWS::Logs::LogGroup',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
]);

/**
 * A function that cannot run here may exist only as the provider of custom resources that Slipway acts itself: nothing
 * that could call it may refer to it.
 */
export function runtimeProblems(
  { env }: Pick<CloudFormationContext, 'env'>,
  loaded: LoadedTemplate,
  node: ResourceNode,
  resolved: unknown,
): string[] {
  const runtime = (resolved as { Runtime?: unknown }).Runtime;
  const problem =
    typeof runtime === 'string' ? findRuntime(env.runsDeprecatedAs(runtime) ?? runtime) : undefined;
  if (typeof problem !== 'string') return [];
  const { natively, others } = usersOf(loaded, node);
  if (natively && others.length === 0) return [];
  const why = others.length > 0 ? ` (${others.join(', ')} use it)` : '';
  return [`Slipway does not support ${problem}${why}`];
}

/** What refers to a function and may call it, and whether it provides a custom resource that Slipway acts itself. */
function usersOf(loaded: LoadedTemplate, node: ResourceNode) {
  const others = new Set<string>();
  let natively = false;
  for (const other of loaded.graph.resources.values())
    for (const reference of other.references) {
      if (reference.to !== node.logicalId || reference.kind === 'dependsOn') continue;
      if (isNativelyActed(other.type) && reference.path.endsWith('/Properties/ServiceToken')) natively = true;
      else if (!onlyNames.has(other.type)) others.add(other.logicalId);
    }
  return { natively, others: [...others] };
}

/** @param resolve with what references will answer */
export async function codeProblems(
  context: CloudFormationContext,
  loaded: LoadedTemplate,
  node: ResourceNode,
  resolve: (node: ResourceNode) => Promise<Resolved>,
  read: ReadCode,
): Promise<readonly string[]> {
  const properties = await resolve(node);
  if (!isObject(properties)) return [];
  const { Runtime: runtime, Handler: handler } = properties;
  if (typeof runtime !== 'string' || typeof handler !== 'string') return [];
  const { natively, others } = usersOf(loaded, node);
  if (natively && others.length === 0) return [];
  const code = await foundCode(properties.Code, runtime, read);
  if (!code) return [];
  const layers: FoundCode[] = [];
  for (const layer of layersOf(loaded, node)) {
    const content = layer && (await resolve(layer));
    const found = isObject(content) ? await foundCode(content.Content, '', read) : undefined;
    // A layer that cannot be read may have whatever the code asks for.
    if (!found) return [];
    layers.push(found);
  }
  const key = [runtime, handler, code.id, ...layers.map(({ id }) => id)].join('\n');
  let known = context.codeProblems.get(key);
  if (!known) {
    known = inFolders([code, ...layers], ([task = '', ...others]) =>
      bundleProblems({ runtime, handler, task, layers: others }, context.packages),
    ).catch((error) => {
      // An archive that cannot be unpacked: Lambda refuses it when the function is made, as on AWS.
      if (error instanceof ZipError || error instanceof ZipTooLarge) return [];
      throw error;
    });
    context.codeProblems.set(key, known);
    // What could not be fetched is tried again.
    known.then(
      (problems) => problems.length > 0 && context.codeProblems.delete(key),
      () => context.codeProblems.delete(key),
    );
  }
  return known;
}

async function foundCode(code: unknown, runtime: string, read: ReadCode): Promise<FoundCode | undefined> {
  if (!isObject(code)) return undefined;
  const { ZipFile: source, S3Bucket: bucket, S3Key: key } = code;
  if (typeof source === 'string') {
    const id = createHash('sha256').update(source).digest('hex');
    return { id, files: inlineFiles(source, runtime) };
  }
  return typeof bucket === 'string' && typeof key === 'string' ? read(bucket, key) : undefined;
}

/** The template's own layers of a function; undefined for each that is none. */
function layersOf({ graph }: LoadedTemplate, { properties }: ResourceNode): (ResourceNode | undefined)[] {
  const layers = properties.Layers;
  if (layers === undefined) return [];
  if (!Array.isArray(layers)) return [undefined];
  return layers.map((layer: unknown) => {
    const id = isObject(layer) && typeof layer.Ref === 'string' ? layer.Ref : undefined;
    return id === undefined ? undefined : graph.resources.get(id);
  });
}

async function inFolders<T>(
  codes: readonly FoundCode[],
  use: (folders: readonly string[]) => Promise<T>,
): Promise<T> {
  const temporary = await mkdtemp(join(tmpdir(), 'slipway-check-'));
  try {
    const folders: string[] = [];
    for (const [index, code] of codes.entries()) {
      const folder = join(temporary, String(index));
      if ('zip' in code) await unpackArchives([code.zip], folder);
      else if ('files' in code) await writeFiles(code.files, folder);
      folders.push('folder' in code ? code.folder : folder);
    }
    return await use(folders);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
