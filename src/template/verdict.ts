/** What becomes of templates here, told before anything is made. */

export interface StackToCheck {
  readonly stackName: string;
  /** Default: the home account, and the region of the cloud's clients. */
  readonly accountId?: string;
  readonly region?: string;
  readonly template: string;
  /** Default: the template's own. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Templates of nested stacks that are not in S3 yet, by the last part of their URL. */
  readonly nested?: Readonly<Record<string, string>>;
  /** Folders and archives on this machine that are not in S3 yet, by the last part of their key. */
  readonly assets?: Readonly<Record<string, string>>;
}

export interface Refusal {
  /** Behind those of its nested stacks: `Nested/Queue`. */
  readonly logicalId: string;
  readonly type: string;
  readonly constructPath?: string;
  readonly what: string;
  /** The template is refused for it at once. AWS finds the others when it comes to the resource, and so does Slipway. */
  readonly stops: boolean;
  /** No property of it matters: the type itself is not here. */
  readonly unknownType?: true;
}

/** A parameter of a template that has neither a value nor a default. */
export interface MissingParameter {
  readonly name: string;
  readonly type: string;
  readonly description?: string;
  readonly allowedValues?: readonly string[];
  /** Its value is not to be shown. */
  readonly noEcho: boolean;
}

export interface StackVerdict {
  readonly stackName: string;
  /** What is wrong with the template as a whole: its syntax, parameters, imports. */
  readonly wrong: readonly string[];
  /** What `wrong` says of parameters without a value, one by one. */
  readonly missing: readonly MissingParameter[];
  /** Parameters that keep the value that the stack has: it was given before and is not now. */
  readonly previous: readonly string[];
  readonly refusals: readonly Refusal[];
  /** The resources that do what they do on AWS. */
  readonly live: number;
  /** Those that keep their properties and do nothing. */
  readonly inert: readonly { readonly type: string; readonly because: string }[];
  /** Interpreters of another version than a function asks for, such as `Python 3.13 stands in for python3.14`. */
  readonly standIns: readonly string[];
}

/** What the stacks of an app that come before one will have made in its account and region. */
export interface ToCome {
  readonly exports: Map<string, string>;
  /** By `outputKey`. */
  readonly outputs: Map<string, string>;
  /** Of SSM, by name. */
  readonly parameters: Map<string, string>;
  /** Values among all of these that only a deployment tells: texts of the form that they will have. */
  readonly guesses: Set<string>;
  /** Those of another region, where the CDK writes what a stack there refers to. */
  parametersIn(region: string): Map<string, string>;
}

/** By account and region, as `scopeText` writes them. */
export type ToComeByScope = Map<string, ToCome>;
