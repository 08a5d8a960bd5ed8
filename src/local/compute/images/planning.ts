/** What the parts that plan a build share: a stage's configuration, its steps, and where they are found. */
import type { BaseImage } from './base-images.ts';
import { type Dockerfile, flag, type Instruction } from './dockerfile.ts';
import type { Destination, FileTree } from './file-tree.ts';
import type { HealthCheckConfig } from './image.ts';
import { expand, type Variables } from './words.ts';

export interface StageConfig {
  readonly env: Map<string, string>;
  readonly labels: Map<string, string>;
  readonly ports: Set<string>;
  readonly volumes: Set<string>;
  entrypoint: readonly string[] | undefined;
  cmd: readonly string[] | undefined;
  workdir: string;
  shell: readonly string[];
  user?: string | undefined;
  stopSignal?: string;
  health?: HealthCheckConfig;
}

/** Where files are copied from. */
export type CopySource =
  | { readonly kind: 'context'; readonly files: FileTree }
  | { readonly kind: 'stage'; readonly index: number }
  | { readonly kind: 'uv'; readonly version: string };

export interface CopyStep {
  readonly kind: 'copy';
  readonly line: number;
  readonly source: CopySource;
  readonly paths: readonly string[];
  readonly destination: Destination;
  /** Archives of the context that ADD unpacks into the destination. */
  readonly archives: readonly FileTree[];
}

export type Mount =
  | { readonly kind: 'cache'; readonly target: string; readonly id: string }
  | { readonly kind: 'tmpfs'; readonly target: string }
  | {
      readonly kind: 'bind';
      readonly target: string;
      readonly source: CopySource;
      /** In the source; '' for all of it. */
      readonly path: string;
      /** What is written there is thrown away after the step. */
      readonly writable: boolean;
    };

export interface RunStep {
  readonly kind: 'run';
  readonly line: number;
  /** As it is shown. */
  readonly shown: string;
  readonly command: readonly string[];
  /** A here-document that begins with `#!`: run as a file. */
  readonly script: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly workdir: string;
  readonly user: string | undefined;
  readonly mounts: readonly Mount[];
  /** Commands that come with the packages it installs, by the names that it uses. */
  readonly packages: ReadonlyMap<string, readonly string[]>;
}

export type Step = { readonly kind: 'folder'; readonly path: string } | CopyStep | RunStep;

export interface StagePlan {
  /** Another stage's index, or a base image. */
  readonly from: number | BaseImage;
  /** Of the stage that it is built on in the end. */
  readonly base: BaseImage;
  readonly steps: readonly Step[];
  readonly config: StageConfig;
}

/** What all stages of a Dockerfile share. */
export interface Planning {
  readonly file: string;
  readonly escapeSign: string;
  readonly context: () => FileTree;
  readonly buildArgs: Variables;
  readonly platformArgs: Variables;
  readonly globals: Variables;
  readonly dockerfile: Dockerfile;
  stage(index: number): StagePlan;
}

/** One stage while it is planned. */
export interface Draft {
  readonly index: number;
  readonly base: BaseImage;
  readonly config: StageConfig;
  readonly args: Record<string, string>;
  readonly steps: Step[];
  readonly onBuild: Instruction[];
}

/** The value of a flag, with variables filled in. */
export const filledFlag = (
  instruction: Instruction,
  name: string,
  variables: Variables,
  escapeSign: string,
): string | undefined => {
  const given = flag(instruction, name);
  return given === undefined ? undefined : expand(given, variables, escapeSign);
};

/** The index of an earlier stage that is meant by name or number. */
export function earlierStage(from: string, draft: Draft, { dockerfile }: Planning): number | undefined {
  const found = dockerfile.stages
    .slice(0, draft.index)
    .findIndex((stage, at) => stage.name === from.toLowerCase() || String(at) === from);
  return found < 0 ? undefined : found;
}
