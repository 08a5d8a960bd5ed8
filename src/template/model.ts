/**
 * The types of this layer: a template, its graph of resources, and a cloud assembly.
 * Types only; the functions that make them are in the files beside this one.
 */
import type { Json, JsonObject } from './json.ts';

export interface ParameterDeclaration {
  readonly Type: string;
  readonly Default?: string;
  readonly AllowedValues?: readonly string[];
  readonly AllowedPattern?: string;
  readonly ConstraintDescription?: string;
  readonly Description?: string;
  readonly MinLength?: number;
  readonly MaxLength?: number;
  readonly MinValue?: number;
  readonly MaxValue?: number;
  readonly NoEcho: boolean;
}

export interface ResourceDeclaration {
  readonly Type: string;
  readonly Properties?: JsonObject;
  readonly DependsOn: readonly string[];
  readonly Condition?: string;
  readonly DeletionPolicy?: DeletionPolicy;
  readonly UpdateReplacePolicy?: UpdateReplacePolicy;
  readonly CreationPolicy?: JsonObject;
  readonly UpdatePolicy?: JsonObject;
  readonly Metadata?: JsonObject;
}

export interface OutputDeclaration {
  readonly Value: Json;
  readonly Description?: string;
  readonly Condition?: string;
  /** The raw name under which the output is exported; may hold intrinsics. */
  readonly ExportName?: Json;
}

export interface RuleDeclaration {
  readonly RuleCondition?: Json;
  readonly Assertions: readonly { readonly Assert: Json; readonly AssertDescription?: string }[];
}

export type DeletionPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot';
export type UpdateReplacePolicy = 'Delete' | 'Retain' | 'Snapshot';

/** `map → top-level key → second-level key → value`. */
export type Mappings = Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;

/** A parsed template whose sections have the right shape. Absent sections are empty. */
export interface Template {
  /** Where it was read from, for messages. */
  readonly source?: string;
  /** The template exactly as it was written (YAML turned into its JSON long form). */
  readonly body: JsonObject;
  /** Logical id → construct path, from `aws:cdk:path` or the assembly's metadata; empty for a bare template. */
  readonly constructPaths: Readonly<Record<string, string>>;
  readonly AWSTemplateFormatVersion?: string;
  readonly Description?: string;
  readonly Metadata: JsonObject;
  readonly Parameters: Readonly<Record<string, ParameterDeclaration>>;
  readonly Mappings: Mappings;
  readonly Conditions: Readonly<Record<string, Json>>;
  readonly Rules: Readonly<Record<string, RuleDeclaration>>;
  /** Only `AWS::LanguageExtensions` can be here; every other transform is refused. */
  readonly Transform: readonly string[];
  readonly Resources: Readonly<Record<string, ResourceDeclaration>>;
  readonly Outputs: Readonly<Record<string, OutputDeclaration>>;
}

export interface Reference {
  /** The logical id of the resource referred to. */
  readonly to: string;
  readonly kind: 'ref' | 'getAtt' | 'sub' | 'dependsOn';
  /** The attribute, for `getAtt` and for `sub` with a dot; absent when it is computed. */
  readonly attribute?: string;
  /** Where, as `/Resources/Id/Properties/…`. */
  readonly path: string;
}

export interface ResourceNode {
  readonly logicalId: string;
  readonly type: string;
  /** As written: intrinsics are not resolved. */
  readonly properties: JsonObject;
  /** Explicit (`DependsOn`) and implicit (references) dependencies. */
  readonly dependsOn: ReadonlySet<string>;
  readonly references: readonly Reference[];
  readonly condition?: string;
  readonly deletionPolicy: DeletionPolicy;
  readonly updateReplacePolicy: UpdateReplacePolicy;
  readonly creationPolicy?: JsonObject;
  readonly updatePolicy?: JsonObject;
  readonly metadata?: JsonObject;
  readonly constructPath?: string;
}

export interface TemplateGraph {
  readonly template: Template;
  readonly resources: ReadonlyMap<string, ResourceNode>;
  /** Every resource after all that it depends on; ties in the template's order. */
  readonly order: readonly string[];
  /** Who depends on this resource directly. */
  dependents(logicalId: string): ReadonlySet<string>;
  /** On whom this resource depends directly. */
  dependencies(logicalId: string): ReadonlySet<string>;
}

/** One thing that is wrong with a template. */
export interface TemplateProblem {
  readonly message: string;
  /** Where, as `/Resources/Id/Properties/…`. */
  readonly path: string;
  readonly logicalId?: string;
  readonly constructPath?: string;
}

export interface Pseudo {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  readonly urlSuffix: string;
  readonly stackName: string;
  readonly stackId: string;
  readonly notificationArns: readonly string[];
}

type ParameterValues = Readonly<Record<string, string | readonly string[]>>;

/** What intrinsics are resolved against. Functions answer `undefined` for "not known (yet)". */
export interface Scope {
  /** Gives mappings and the LanguageExtensions transform. */
  readonly template: Template;
  readonly parameters: ParameterValues;
  readonly conditions: Readonly<Record<string, boolean>>;
  readonly pseudo: Pseudo;
  ref(logicalId: string): Json | undefined;
  getAtt(logicalId: string, attribute: string): Json | undefined;
  importValue?(name: string): Json | undefined;
  stackOutput?(output: StackOutputName): Json | undefined;
  dynamicReference?(reference: DynamicReference): string | undefined;
  availabilityZones?(region: string): readonly string[];
  /** Matches (globally) what stands for a name that only deployment makes: Fn::Split never cuts it. */
  readonly placeholder?: RegExp;
}

/** What Fn::GetStackOutput asks for. */
interface StackOutputName {
  readonly stackName: string;
  readonly outputName: string;
  readonly region: string;
  readonly roleArn?: string;
}

/** What conditions and rules may look at: no resources. */
export type ConditionScope = Pick<Scope, 'parameters' | 'pseudo'>;

export type DynamicReference = {
  /** The whole `{{resolve:…}}`. */
  readonly text: string;
} & (
  | { readonly service: 'ssm' | 'ssm-secure'; readonly name: string; readonly version?: string }
  | {
      readonly service: 'secretsmanager';
      /** Name or ARN. */
      readonly secretId: string;
      readonly jsonKey?: string;
      readonly versionStage?: string;
      readonly versionId?: string;
    }
);

export interface Assembly {
  /** Absolute. */
  readonly directory: string;
  /** In deploy order: a stack comes after those it depends on. */
  readonly stacks: readonly AssemblyStack[];
}

export interface AssemblyStack {
  readonly artifactId: string;
  readonly stackName: string;
  /** The hierarchical name that cdk prints, such as `Prod/Web`. */
  readonly displayName: string;
  /** Absent for an environment-agnostic stack. */
  readonly account?: string;
  /** Absent for an environment-agnostic stack. */
  readonly region?: string;
  /** Absolute. */
  readonly templateFile: string;
  readonly template: Template;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly notificationArns: readonly string[];
  /** Artifact ids of stacks. */
  readonly dependsOn: readonly string[];
  readonly assets: readonly Asset[];
  readonly terminationProtection: boolean;
  /** With `${AWS::…}` placeholders kept. */
  readonly bootstrapRoles: {
    readonly deployRoleArn?: string;
    readonly executionRoleArn?: string;
    readonly lookupRoleArn?: string;
  };
}

export type Asset = FileAsset | ImageAsset;

export interface FileAsset {
  readonly kind: 'file';
  readonly id: string;
  readonly displayName?: string;
  /** Absolute: a file or a folder. */
  readonly path: string;
  readonly packaging: 'zip' | 'file';
  readonly destinations: readonly FileDestination[];
}

/** Text keeps its `${AWS::AccountId}`, `${AWS::Region}`, `${AWS::Partition}`; see `substitutePlaceholders`. */
interface FileDestination {
  readonly bucketName: string;
  readonly objectKey: string;
  readonly assumeRoleArn?: string;
  readonly region?: string;
}

export interface ImageAsset {
  readonly kind: 'image';
  readonly id: string;
  readonly displayName?: string;
  /** Absolute: the build context. */
  readonly directory: string;
  /** Relative to `directory`; `Dockerfile` when absent. */
  readonly dockerFile?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly platform?: string;
  /** A command that makes the image instead of a build. */
  readonly executable?: readonly string[];
  /** Every other field of the image's source, by the manifest's name: for the builder to honour or refuse. */
  readonly otherOptions: JsonObject;
  readonly destinations: readonly ImageDestination[];
}

interface ImageDestination {
  readonly repositoryName: string;
  readonly imageTag: string;
  readonly assumeRoleArn?: string;
  readonly region?: string;
}
