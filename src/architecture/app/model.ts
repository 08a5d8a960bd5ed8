/**
 * The architecture that is read: the resources of an app's stacks, resolved as far as can be known before anything is deployed.
 * Types only.
 */
import type {
  Asset,
  Resolved,
  ResolvedObject,
  ResourceNode,
  Template,
  Unresolved,
} from '../../template/index.ts';

/** A resource as reports name it. Plain JSON. */
export interface ResourceRef {
  /** `<stack>/<logical id>`: unique in an app. */
  readonly id: string;
  readonly stack: string;
  readonly logicalId: string;
  /** CloudFormation's, such as `AWS::SQS::Queue`. */
  readonly type: string;
  /** What it is called in sentences: `Jobs/Queue`, with the stack in front where two stacks have one of that name. */
  readonly name: string;
  /** Absent in templates that the CDK did not write. */
  readonly constructPath?: string;
  /** The construct directly under the stack that it belongs to (`Api`, `Jobs`); the logical id in other templates. */
  readonly block: string;
}

export interface Link {
  readonly to: Resource;
  /** Where, as `/Properties/Policies/0` or `/DependsOn/0`. */
  readonly path: string;
  readonly kind: 'value' | 'dependsOn';
}

export interface Resource extends ResourceRef {
  readonly inStack: AppStack;
  /** In the form in which policies and other resources of the app name it. */
  readonly arn: string;
  /**
   * Intrinsics resolved. A reference to another resource is its name or ARN in AWS's form, with `{Stack/LogicalId}` in
   * the place of a name that AWS would make up, so that policies can be matched. What cannot be known is `Unresolved`;
   * a secret stays the text `{{resolve:…}}`.
   */
  readonly properties: ResolvedObject;
  /** As written. */
  readonly node: ResourceNode;
  /** From `Tags` and the stack's own tags. */
  readonly tags: Readonly<Record<string, string>>;
  /** Resources that its properties name (directly, through exports, or through a nested stack's parameters). */
  readonly uses: readonly Link[];
  readonly usedBy: readonly Link[];
}

export interface AppStack {
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  readonly template: Template;
  readonly assets: readonly Asset[];
  readonly tags: Readonly<Record<string, string>>;
  readonly terminationProtection: boolean;
  readonly outputs: Readonly<Record<string, Resolved>>;
  /** The stack's own, such as `Prod/Web` for a stack in a stage; absent when the template came without a manifest. */
  readonly constructPath?: string;
  /** The stack that this one is nested in. */
  readonly nestedIn?: string;
  /** Absolute; absent when the template came from elsewhere. */
  readonly templateFile?: string;
}

/** Something of the template that could not be read or resolved. Plain JSON. */
export interface NotUnderstood {
  readonly stack: string;
  readonly logicalId?: string;
  /** As `/Resources/Id/Properties/…`. */
  readonly path: string;
  readonly because: string;
}

/** A value that a review took because the template does not say. Plain JSON. */
export interface Assumption {
  readonly what: string;
  readonly value: string;
  readonly because: string;
}

export interface Architecture {
  /** The app's folder or the template's name. */
  readonly name: string;
  readonly region: string;
  readonly stacks: readonly AppStack[];
  /** Of every stack, in deploy order. */
  readonly resources: readonly Resource[];
  readonly notUnderstood: readonly NotUnderstood[];
  readonly assumptions: readonly Assumption[];
  ofType(...types: readonly string[]): readonly Resource[];
  byId(id: string): Resource | undefined;
  /** The resource whose name, ARN, URL or `{Stack/LogicalId}` this is, or that the text speaks of. */
  named(text: string): Resource | undefined;
  /** Every resource that appears anywhere in the value. */
  namedIn(value: Resolved | undefined): readonly Resource[];
}

export type { Resolved, ResolvedObject, Unresolved };
