/**
 * What Slipway knows of a resource type beyond AWS's resource schema. Data only: the questions in `questions/` read it
 * against an app. Paths are properties (`VpcConfig.SubnetIds`); `*` is every item of a list or map.
 */
export type StoreKind =
  | 'bucket'
  | 'table'
  | 'queue'
  | 'topic'
  | 'stream'
  | 'secret'
  | 'parameter'
  | 'key'
  | 'database'
  | 'cache'
  | 'search'
  | 'file-system'
  | 'log-group'
  | 'repository'
  | 'event-bus';

export type AccessLevel = 'read' | 'write' | 'admin';

/** What a type keeps, and the actions by which it is read, written and administered. */
export interface StoreFacts {
  readonly kind: StoreKind;
  readonly read?: readonly string[];
  readonly write?: readonly string[];
  readonly admin?: readonly string[];
  /** The actions by which work is taken out of it. */
  readonly consume?: readonly string[];
  /** Action → what stands after the store's own ARN when it is asked for: `/{any}` of the objects of a bucket. */
  readonly parts?: Readonly<Record<string, string>>;
}

/**
 * `request`: somebody waits for the answer. `authorize`: it is asked whether a request may come in. `event`: it is sent on and nobody waits. `poll`: AWS takes it out for the
 * target. `schedule`: time does it. `deployment`: CloudFormation does it.
 */
export type TriggerKind = 'request' | 'authorize' | 'event' | 'poll' | 'schedule' | 'deployment';

/** AWS itself sets `to` off when something comes to `from`. */
export interface TriggerFacts {
  readonly kind: TriggerKind;
  /** Only where this property is given. */
  readonly when?: string;
  /** Names the source. Absent, or without a value: this resource. */
  readonly from?: string;
  /** Name the targets. Absent: this resource. */
  readonly to?: readonly string[];
  /** What `to` names is only a step (an integration, an authorizer), and these properties of it name the target. */
  readonly through?: readonly string[];
}

interface DeadLetterFacts {
  /** Names where failures are put. */
  readonly to: string;
  /** Names whose failures they are. Absent: this resource. */
  readonly of?: string;
}

/** Who holds the key of what is stored: https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html */
export type KeyHolder = 'customer' | 'aws-managed' | 'aws-owned' | 'none' | 'unknown';

export interface EncryptionFacts {
  /** Holds a key's id or ARN. */
  readonly key?: string;
  /** Turns encryption on. Absent: it is always on. */
  readonly switch?: string;
  /** Who holds the key when the switch is off. Default: it is not encrypted. */
  readonly off?: KeyHolder;
  /** Names the algorithm: `AES256` is under a key of AWS's own, `aws:kms` under one in the account. */
  readonly algorithm?: string;
  /** The value with which it is on whatever the switch says. */
  readonly always?: { readonly property: string; readonly is: string };
  /** Who holds the key when it is on and no key is named. */
  readonly on: KeyHolder;
  /** What holds when the switch is not in the template. */
  readonly absent: KeyHolder;
}

export type Category =
  | 'edge'
  | 'api'
  | 'compute'
  | 'messaging'
  | 'data'
  | 'ai'
  | 'network'
  | 'security'
  | 'operations'
  | 'other';

export interface TypeFacts {
  /** CloudFormation's: `AWS::SQS::Queue`. */
  readonly type: string;
  /** In sentences: `SQS queue`. */
  readonly called: string;
  /** Holds the name when the template chooses one. */
  readonly name?: string;
  /** After `arn:<partition>:`, with `R` region, `A` account, `N` name, where AWS's schema has none or another. */
  readonly arn?: string;
  /** What Ref gives. Default: the name. */
  readonly ref?: 'arn' | 'url';
  /** Attributes that are URLs: what follows `https://`, with `N` and `R` as in `arn`. */
  readonly urls?: Readonly<Record<string, string>>;
  /** It works by itself: code, steps or machines. */
  readonly compute?: true;
  /** Name its role, or what has one (a task definition, a launch template, an instance profile). */
  readonly runsAs?: readonly string[];
  /** Tell its code of other resources (environment, user data), or name what does. */
  readonly configuration?: readonly string[];
  /** The actions that set it off and wait for, or start, its work. */
  readonly invokedBy?: readonly string[];
  readonly store?: StoreFacts;
  /** It holds data and has no store facts that say so (kind `database`, `bucket` and so on). */
  readonly holdsData?: true;
  readonly triggers?: readonly TriggerFacts[];
  /** A step between a source and its target without work of its own: listeners, target groups. */
  readonly passesOn?: true;
  /** Names what it only stands for: of an alias its function. */
  readonly standsFor?: string;
  readonly deadLetters?: readonly DeadLetterFacts[];
  /** Names what it scales: it holds the bounds, or it is a policy, of the bounds or of the resource itself. */
  readonly scales?: { readonly what: readonly string[]; readonly as: 'bounds' | 'policy' };
  /** Name the databases that its owner (a proxy, a secret) connects to. */
  readonly databases?: readonly string[];
  /** Where it holds policies of resources. `target` names the resources; absent: this one. */
  readonly policies?: readonly { readonly document: string; readonly target?: string }[];
  /** The internet can call it, unless the property has the value. */
  readonly entry?: { readonly unless?: { readonly property: string; readonly is: string } };
  readonly network?: { readonly subnets?: readonly string[]; readonly groups?: readonly string[] };
  readonly encryption?: EncryptionFacts;
  /** Name the log group or the bucket that its logs go to. */
  readonly logs?: readonly string[];
  /** Without such a name AWS makes a log group of its name, which is kept for ever: of functions. */
  readonly makesLogGroup?: true;
  /** X-Ray records its requests when the property has the value. */
  readonly traced?: { readonly property: string; readonly is: string };
  /** Works only while a stack is deployed. */
  readonly deployment?: true;
  /** Name the resource that it is a part of. */
  readonly owner?: readonly string[];
  /** A box of its own, or a part of its owner's box, or of the box of whatever refers to it. Absent: not drawn. */
  readonly drawn?: { readonly category: Category } | 'with its owner' | 'with its user';
}

/** Keeps the literal type, so that a wrong property name is a type error at its line. */
export const defineType = (facts: TypeFacts): TypeFacts => facts;
