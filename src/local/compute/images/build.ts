/**
 * Builds an image from a Dockerfile without a container engine. COPY and ADD lay out files; RUN runs in a view of the
 * image's root, over this machine's own interpreters and commands, and what it changed becomes a layer, kept by what
 * went into it.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { SlipwayError } from '../../../core/errors.ts';
import { baseStamp, writeBase } from './base-files.ts';
import { type BaseImage, placedHere } from './base-images.ts';
import { problem } from './dockerfile.ts';
import {
  applyDelta,
  copied,
  type Delta,
  type FileTree,
  isPattern,
  sourcePaths,
  toEntries,
} from './file-tree.ts';
import {
  type Blob,
  type BuiltImage,
  blob,
  descriptor,
  digestOf,
  type ImageConfigFile,
  type ImageManifest,
  mediaTypes,
} from './image.ts';
import { createLayerCache, type LayerCache } from './layer-cache.ts';
import { type ImagePlan, type BuildOptions as PlanOptions, planImage } from './plan.ts';
import type { CopySource, CopyStep, Mount, RunStep, StagePlan } from './planning.ts';
import { changes, snapshot, writeDelta } from './root-folder.ts';
import { runStep } from './run-step.ts';
import { writeTar } from './tar.ts';
import { uvFiles, yarnFiles } from './tool-files.ts';

export interface BuildOptions extends PlanOptions {
  /** Told what a build does: a step that begins, or what one prints. */
  readonly tell?: ((what: BuildProgress) => void) | undefined;
  /** Default: in the user's cache folder. */
  readonly cache?: LayerCache | undefined;
}

export interface BuildProgress {
  readonly kind: 'step' | 'cached' | 'output';
  readonly text: string;
}

export interface ImageVerdict {
  /** What a build would be refused for, every instruction by itself. */
  readonly problems: readonly SlipwayError[];
  /** Interpreters of other versions than the base images', said to the user. */
  readonly standIns: readonly string[];
}

/** Judges a build. Nothing is written. */
export function judgeImage(options: PlanOptions): ImageVerdict {
  const problems: SlipwayError[] = [];
  try {
    const { standIns } = planImage(options, (problem) => problems.push(problem));
    return { problems, standIns };
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error;
    return { problems: [...problems, error], standIns: [] };
  }
}

export async function buildImage(options: BuildOptions): Promise<BuiltImage> {
  const plan = planImage(options);
  const tell = options.tell ?? (() => {});
  const builder = createBuilder(plan, options.cache ?? createLayerCache(), tell);
  try {
    return assemble(plan, await builder.build(plan.target));
  } finally {
    await builder.dispose();
  }
}

interface Layer {
  readonly blob: Blob;
  readonly diffId: string;
}

/** A stage while it is built. */
interface Built {
  /** Of the image's own files; the base's are not among them. */
  readonly files: FileTree;
  readonly layers: readonly Layer[];
  readonly deltas: readonly Delta[];
  /** Names everything that the files come from. */
  readonly key: string;
}

function createBuilder(plan: ImagePlan, cache: LayerCache, tell: (what: BuildProgress) => void) {
  const done = new Map<StagePlan, Promise<Built>>();
  const folders: string[] = [];
  const workFolder = () => {
    const folder = cache.workFolder();
    folders.push(folder);
    return folder;
  };

  function build(stage: StagePlan): Promise<Built> {
    let work = done.get(stage);
    if (!work) {
      work = buildStage(stage);
      done.set(stage, work);
    }
    return work;
  }

  const stageAt = (index: number): StagePlan => {
    const found = plan.stages.get(index);
    if (!found) throw problem(plan.file, 1, `there is no stage ${index}`);
    return found;
  };

  async function buildStage(stage: StagePlan): Promise<Built> {
    const parent = typeof stage.from === 'number' ? await build(stageAt(stage.from)) : undefined;
    const files: FileTree = new Map(parent?.files);
    const layers: Layer[] = [...(parent?.layers ?? [])];
    const deltas: Delta[] = [...(parent?.deltas ?? [])];
    let key = parent?.key ?? digestOf(Buffer.from(baseStamp(stage.base)));
    let pending: FileTree = new Map();
    const root = createRoot(stage.base, workFolder);
    for (const delta of deltas) root.add(delta);

    const add = (added: FileTree) => {
      for (const [path, file] of added) {
        files.set(path, file);
        pending.set(path, file);
      }
    };
    /** Files that were copied since the last RUN become a layer. */
    const seal = () => {
      if (pending.size === 0) return;
      const delta = { added: pending, removed: [] };
      pending = new Map();
      const tar = writeTar(toEntries(delta));
      const diffId = digestOf(tar);
      layers.push({ blob: blob(mediaTypes.layer, gzipSync(tar, { level: 6 })), diffId });
      deltas.push(delta);
      root.add(delta);
      key = digestOf(Buffer.from(`${key} ${diffId}`));
    };

    if (stage.base.uv && !parent)
      for (const [name, file] of await uvFiles('latest')) add(new Map([[`usr/local/bin/${name}`, file]]));
    const { language, lambda } = stage.base;
    if (
      plan.usesYarn &&
      !parent &&
      language?.name === 'nodejs' &&
      language.prefix === '/usr/local' &&
      !lambda
    )
      add(await yarnFiles());
    for (const step of stage.steps)
      switch (step.kind) {
        case 'folder':
          if (files.get(step.path)?.kind !== 'directory')
            add(new Map([[step.path, { kind: 'directory', mode: 0o755 }]]));
          break;
        case 'copy':
          for (const added of await copiedFiles(step, files, stage.base)) add(added);
          break;
        case 'run': {
          seal();
          const mounts = await Promise.all(step.mounts.map((mount) => mountKey(mount)));
          const stepKey = keyOf(key, step, mounts);
          let layer = cache.find(stepKey);
          tell({ kind: layer ? 'cached' : 'step', text: step.shown });
          if (!layer) {
            const delta = await run(step, stage.base, root);
            layer = cache.keep(stepKey, delta);
            // What is on disk is this layer already.
          } else root.add(layer.delta);
          applyDelta(files, layer.delta);
          deltas.push(layer.delta);
          layers.push({ blob: layer.blob, diffId: layer.diffId });
          key = stepKey;
        }
      }
    seal();
    return { files, layers, deltas, key };
  }

  async function sourceFiles(
    source: CopySource,
  ): Promise<{ readonly files: FileTree; readonly key: string }> {
    switch (source.kind) {
      case 'context':
        return { files: source.files, key: 'context' };
      case 'stage':
        return build(stageAt(source.index));
      case 'uv':
        return { files: await uvFiles(source.version), key: `uv ${source.version}` };
    }
  }

  async function copiedFiles(step: CopyStep, tree: FileTree, base: BaseImage): Promise<FileTree[]> {
    const { files } = await sourceFiles(step.source);
    const found: FileTree[] = [];
    const paths = step.paths.flatMap((path) => {
      if (step.source.kind === 'context') return [path];
      const { source } = step;
      const from = source.kind === 'stage' ? placedHere(path, stageAt(source.index).base) : path;
      const there = sourcePaths(files, from);
      if (there.length === 0 && !isPattern(path))
        throw problem(plan.file, step.line, `${path} is not in the image it is copied from`);
      return there;
    });
    const destination = { ...step.destination, path: placedHere(step.destination.path, base) };
    if (paths.length > 0) found.push(copied(tree, files, paths, destination));
    const { mode: _, ...unpacked } = destination;
    for (const archive of step.archives)
      found.push(copied(tree, archive, [''], { ...unpacked, folder: true, mode: undefined }));
    return found;
  }

  async function mountKey(mount: Mount): Promise<string> {
    if (mount.kind !== 'bind') return '';
    const { files, key } = await sourceFiles(mount.source);
    if (mount.source.kind !== 'context') return key;
    return digestOf(writeTar(toEntries({ added: below(files, mount.path).files, removed: [] })));
  }

  async function run(step: RunStep, base: BaseImage, root: Root): Promise<Delta> {
    const folder = root.folder();
    const mounts = [];
    for (const mount of step.mounts) mounts.push(await mountSource(mount, folder));
    const ownMounts = new Set(mounts.map(({ target }) => target.slice(1)));
    for (const target of ownMounts)
      if (!existsSync(join(folder, target))) mkdirSync(join(folder, target), { recursive: true });
    const before = snapshot(folder, ownMounts);
    try {
      await runStep({
        file: plan.file,
        step,
        base,
        root: folder,
        mounts,
        onLine: (text) => tell({ kind: 'output', text }),
      });
    } catch (error) {
      // Half a step is on disk.
      root.discard();
      throw error;
    }
    return changes(folder, before, ownMounts);
  }

  async function mountSource(mount: Mount, root: string) {
    const { target } = mount;
    if (mount.kind === 'cache') return { source: cache.mountFolder(mount.id), target, writable: true };
    const folder = workFolder();
    if (mount.kind === 'tmpfs') return { source: folder, target, writable: true };
    const { files } = await sourceFiles(mount.source);
    const part = below(files, mount.path);
    writeDelta(folder, { added: part.files, removed: [] });
    // A single file needs a file to be bound over.
    if (part.file !== undefined) {
      mkdirSync(dirname(join(root, target)), { recursive: true });
      if (!existsSync(join(root, target))) writeFileSync(join(root, target), '');
    }
    return {
      source: part.file === undefined ? folder : join(folder, part.file),
      target,
      writable: mount.writable,
    };
  }

  return {
    build,
    dispose: () => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))),
  };
}

/** A folder of a tree as a tree of its own, or one file. */
function below(files: FileTree, path: string): { readonly files: FileTree; readonly file?: string } {
  if (path === '') return { files };
  const one = files.get(path);
  if (one && one.kind !== 'directory') {
    const file = path.slice(path.lastIndexOf('/') + 1);
    return { files: new Map([[file, one]]), file };
  }
  const prefix = `${path}/`;
  return {
    files: new Map(
      [...files].flatMap(([name, file]) =>
        name.startsWith(prefix) ? [[name.slice(prefix.length), file] as const] : [],
      ),
    ),
  };
}

interface Root {
  /** Is written when a step has to run. */
  add(delta: Delta): void;
  folder(): string;
  discard(): void;
}

function createRoot(base: BaseImage, workFolder: () => string): Root {
  let folder: string | undefined;
  let waiting: Delta[] = [];
  return {
    add: (delta) => void waiting.push(delta),
    folder() {
      if (folder === undefined) {
        folder = workFolder();
        writeBase(base, folder);
      }
      for (const delta of waiting) writeDelta(folder, delta);
      waiting = [];
      return folder;
    },
    discard() {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
      folder = undefined;
    },
  };
}

function keyOf(parent: string, step: RunStep, mounts: readonly string[]): string {
  const { command, script, env, workdir, user, packages } = step;
  const parts = {
    parent,
    command,
    script,
    env,
    workdir,
    user,
    mounts,
    targets: step.mounts.map(mountText),
    packages: [...packages],
  };
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

const mountText = ({ kind, target }: Mount) => `${kind} ${target}`;

function assemble({ target, architecture }: ImagePlan, { layers }: Built): BuiltImage {
  const { config, base } = target;
  const object = <T>(keys: Iterable<string>, value: T) =>
    Object.fromEntries([...keys].sort().map((key) => [key, value]));
  // An image without files of its own still has a layer.
  const tar = layers.length === 0 ? writeTar([]) : undefined;
  const all = tar ? [{ blob: blob(mediaTypes.layer, gzipSync(tar)), diffId: digestOf(tar) }] : layers;
  const file: ImageConfigFile = {
    architecture,
    os: 'linux',
    config: {
      ...(config.user ? { User: config.user } : {}),
      ...(config.ports.size > 0 ? { ExposedPorts: object(config.ports, {}) } : {}),
      Env: [...config.env].map(([key, value]) => `${key}=${value}`),
      ...(config.entrypoint ? { Entrypoint: config.entrypoint } : {}),
      ...(config.cmd ? { Cmd: config.cmd } : {}),
      ...(config.volumes.size > 0 ? { Volumes: object(config.volumes, {}) } : {}),
      WorkingDir: config.workdir,
      ...(config.labels.size > 0 ? { Labels: Object.fromEntries(config.labels) } : {}),
      ...(config.stopSignal ? { StopSignal: config.stopSignal } : {}),
      ...(config.health ? { Healthcheck: config.health } : {}),
    },
    rootfs: { type: 'layers', diff_ids: all.map(({ diffId }) => diffId) },
  };
  const configBlob = blob(mediaTypes.config, Buffer.from(JSON.stringify(file)));
  const manifest: ImageManifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: descriptor(configBlob),
    layers: all.map((layer) => descriptor(layer.blob)),
    annotations: { 'org.opencontainers.image.base.name': base.name },
  };
  return {
    config: configBlob,
    layers: all.map((layer) => layer.blob),
    manifest: blob(mediaTypes.manifest, Buffer.from(JSON.stringify(manifest))),
  };
}
