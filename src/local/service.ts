/**
 * What a service is to the local cloud: operations, CloudFormation resource types, and the few ports through
 * which it reaches the rest. Services never import one another.
 */
import type { Readable } from 'node:stream';
import type { Clock } from '../core/clock.ts';
import type { Host } from '../core/events.ts';
import type { Scope } from '../core/regions.ts';
import type { MeterRecord } from '../core/usage.ts';
import type { AccessRequest, Caller, NamedPolicy, Policies } from '../iam/index.ts';
import type { StackToCheck, StackVerdict, ToComeByScope } from '../template/verdict.ts';
import type { Accounts } from './iam/accounts.ts';
import type { IdentityStore } from './iam/identity-store.ts';
import type { UnknownPrincipals } from './iam/known-principals.ts';
import type {
  Around,
  InputOf,
  Invoke,
  OperationName,
  OutputOf,
  ScopedInvoke,
  ServiceId,
  WrappableInvoke,
} from './invoke.ts';
import type { Tag } from './resource-tags.ts';
import type { Store } from './store/store.ts';
import type { ProtocolKind } from './wire/protocol.ts';
import type { OperationShape } from './wire/shape.ts';

export type { Invoke, ScopedInvoke } from './invoke.ts';

/** One thing a call needs permission for. */
export interface AccessCheck {
  /** IAM action, e.g. `sqs:SendMessage`. */
  readonly action: string;
  /** ARN, or `*` for actions without a resource type. */
  readonly resource: string;
  /** Condition keys beyond the global ones, e.g. `s3:prefix`. */
  readonly context?: AccessRequest['context'];
  /** The policy attached to the resource, when it has one. */
  readonly resourcePolicy?: NamedPolicy | undefined;
  /** What the resource policy is; see `Policies.resourceKind`. */
  readonly resourceKind?: Policies['resourceKind'];
  /** Account that owns the resource; the one that the call goes to unless said otherwise. */
  readonly resourceAccountId?: string;
}

export interface Call {
  readonly requestId: string;
  readonly caller: Caller;
  /** The account and region that it goes to: those of the service that handles it. */
  readonly scope: Scope;
  /** How the call came in over HTTP; undefined when a service made it inside the cloud. */
  readonly http?: {
    readonly method: string;
    readonly host: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
    readonly sourceIp: string;
    /** Query parameters as sent. */
    readonly query: URLSearchParams;
    /** The protocol it is answered in; some details differ, e.g. error codes. */
    readonly protocol: ProtocolKind;
    readonly presigned: boolean;
    /** The form of a web page. */
    readonly form?: true;
    /** By version 2 of AWS's signatures. */
    readonly signedV2?: true;
  };
  /** Aborts when the caller has gone: long polls end. Made on first use, because few operations wait. */
  readonly signal: () => AbortSignal;
  /** Access key the call was signed with. */
  readonly accessKeyId?: string;
  /** Of a service principal: the resource on whose behalf it calls (aws:SourceArn). */
  readonly sourceArn?: string;
  /** Of a call inside the cloud, whose caller keeps the answer together with what the call changes. */
  readonly around?: Around;
}

/**
 * One operation of an AWS API. `I` and `O` are the SDK's own command input and output types
 * (without `$metadata`).
 */
interface Operation<I, O> {
  /** As in the SDK's model, e.g. `SendMessage`. */
  readonly name: string;
  /**
   * Top-level input members that are honoured. Any other member present in a request is refused by name.
   * `all` when every member of the model is.
   */
  readonly accepts: readonly (keyof I & string)[] | 'all';
  /**
   * The permissions the call needs. An empty list means that AWS asks for none (e.g. sts:GetCallerIdentity).
   * Runs after parsing and before `handle`; throws the service's own error when the resource must exist for
   * its policy to be read.
   */
  access(input: I, call: Call): AccessCheck | readonly AccessCheck[];
  /**
   * What is wrong with an input by itself, whatever there is in the cloud. A call fails with the first of them
   * before it is handled; the check of a template asks for all before anything is made.
   */
  problems?(input: I): Iterable<AwsError>;
  handle(input: I, call: Call): O | Promise<O>;
}

/** An operation whose types are not known where it is kept; the edge hands it what the schema read. */
export type AnyOperation = Operation<never, object>;

/** Defines an operation of a service, held to the SDK's types of its input and output. */
export const operation = <S extends ServiceId, O extends OperationName<S>>(
  _service: S,
  name: O,
  definition: Omit<Operation<InputOf<S, O>, OutputOf<S, O>>, 'name'>,
): AnyOperation => ({ name, ...definition }) as unknown as AnyOperation;

/** Its name is computed, so that the compiler cannot tie it to the SDK's types. */
export const operationByName = (definition: Operation<Record<string, unknown>, object>): AnyOperation =>
  definition as unknown as AnyOperation;

/** An error as AWS's wire shows it. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  readonly fault: 'Sender' | 'Receiver';
  readonly members?: Readonly<Record<string, unknown>>;

  /**
   * @param code the model's error name (`QueueDoesNotExist`); the Query protocol's code follows from the model
   * @param members further members of the error's shape
   */
  constructor(code: string, message: string, status = 400, members?: Readonly<Record<string, unknown>>) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.fault = status >= 500 ? 'Receiver' : 'Sender';
    this.members = members;
  }
}

/** An error of one of these codes, in the model's names. */
export const hasCode = (error: unknown, ...codes: readonly string[]): error is AwsError =>
  error instanceof AwsError && codes.includes(error.code);

/** Waits for a call and takes an error of these codes as no answer. */
export async function ignoring<T>(answer: Promise<T>, ...codes: readonly string[]): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (hasCode(error, ...codes)) return undefined;
    throw error;
  }
}

/** What is not supported is refused with this, by name. */
export const unsupported = (what: string): AwsError =>
  new AwsError('NotImplemented', `Slipway does not support ${what}. It is refused rather than ignored.`, 501);

export function throwFirst(problems: Iterable<AwsError>): void {
  for (const problem of problems) throw problem;
}

/** The errors that checks throw, one of each at most; the other way about, `problems` may be made of such checks. */
export function* thrownBy(...checks: readonly (() => unknown)[]): Generator<AwsError> {
  for (const check of checks)
    try {
      check();
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      yield error;
    }
}

/** One message as its source words it. A target uses the members that its own API has. */
export interface Message {
  readonly body: string;
  /** Of a topic's message. */
  readonly subject?: string | undefined;
  /** Of a queue's or a topic's message. */
  readonly attributes?: Readonly<Record<string, MessageAttribute>> | undefined;
  /** Of a FIFO queue's message; a standard queue may have groups too. */
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
  /** When an event bus sent it, by the clock of the cloud. */
  readonly sentAt?: number;
  /** What an event bus is told beside the body, which is the event's detail. */
  readonly event?: {
    readonly source: string;
    readonly detailType: string;
    readonly resources: readonly string[];
  };
}

export interface MessageAttribute {
  readonly DataType: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

/** How a service takes messages that others deliver to its resources: by its own operations, so that IAM decides. */
export interface MessageTarget {
  /** The ARNs it takes messages for. */
  readonly arns: RegExp;
  deliver(arn: string, message: Message, as: Invoke, endpoint: string): Promise<void>;
}

export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** ms since the epoch, on the wall clock */
  readonly expiration: number;
  readonly caller: Caller;
}

/** What the cloud hands to a service at construction: each account and region has services of its own. */
/** Where AWS's own host names are answered on this machine. */
export interface AwsHosts {
  /** Which names: a regular expression that JavaScript and Python read alike, over lower case. */
  readonly pattern: string;
  readonly httpPort: number;
  readonly httpsPort: number;
  /** The authority that signed their certificates, as PEM. */
  readonly authorityFile: string;
  /** The same, with all authorities that Node.js trusts. */
  readonly bundleFile: string;
}

export interface ServiceEnvironment extends Scope {
  /** The account and region that this cloud was made with: what names neither is there. */
  readonly home: Scope;
  /** The ARN of a resource of this account and region: `arn('sqs', 'jobs')`. */
  arn(service: string, resource: string): string;
  readonly clock: Clock;
  readonly store: Store;
  /** Where clients reach this cloud, e.g. `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  /** They are answered from the first call on. */
  awsHosts(): Promise<AwsHosts>;
  readonly host: Host;
  /** Random lower-case hex, `length` characters. */
  randomId(length: number): string;
  uuid(): string;
  /**
   * Calls as the caller given. A service that calls for whoever called it names itself as `via`: the caller's
   * session policies, boundary, tags and source identity hold for these calls as for its own, and policies see
   * which services stand between.
   */
  as(caller: Caller, via?: string): WrappableInvoke;
  /** Calls as an AWS service principal of this account, e.g. `lambda.amazonaws.com`, on behalf of `sourceArn`. */
  asService(service: string, sourceArn?: string): ScopedInvoke;
  /**
   * Credentials of a role, for a service that runs code under it; fails as sts:AssumeRole does when the role's
   * trust policy does not name the service.
   */
  assumeRole(roleArn: string, service: string, sessionName: string): Promise<SessionCredentials>;
  /**
   * Whether a caller might make a call that a resource will make for it later, asked when the resource is made.
   * Undefined when it might; otherwise what the call would be answered: denied, or that its resource is not there.
   */
  foresee<S extends ServiceId, O extends OperationName<S>>(
    caller: Caller,
    service: S,
    operation: O,
    input: InputOf<S, O>,
  ): Promise<AwsError | undefined>;
  /** The same for an action of a service that has no operations here. */
  foreseeAction(caller: Caller, action: string): AwsError | undefined;
  /** Principals of this account that a policy names and that are not there, asked when the policy is put. */
  readonly unknownPrincipals: UnknownPrincipals;
  /** Whether a service here takes messages for this ARN; asked when a source is configured. */
  canDeliver(arn: string): boolean;
  /** Hands a message to whatever the ARN names, in the name of the principal that `as` calls for. */
  deliver(arn: string, message: Message, as: ScopedInvoke): Promise<void>;
  /** The runtime that runs functions of one that AWS takes no longer. Undefined: none was chosen. */
  runsDeprecatedAs(runtime: string): string | undefined;
  /** Records use in AWS's billing units. */
  meter(usage: MeterRecord): void;
  /** Records how long a piece of the app's own work took, in real time: a review may simulate with it. */
  sample(sample: WorkSample): void;
  /**
   * Hands an HTTP request to the cloud's own data planes, as CloudFront does to its origins.
   * Host picks the plane, as on the wire.
   */
  fetch(request: DataPlaneRequest): Promise<DataPlaneResponse>;
  /**
   * Who signed a request to a data plane, for a plane that asks for a signature: `execute-api`, `lambda`.
   * @throws AwsError when nobody did, or not as it should be
   */
  signedBy(request: DataPlaneRequest, signingName: string): Caller;
  /** A request to a data plane, signed as a client of it does. */
  signed(request: DataPlaneRequest, signingName: string, as: SessionCredentials): DataPlaneRequest;
  /** Decides and records as for an API call. @throws AwsError AccessDenied */
  authorise(caller: Caller, check: AccessCheck, request: DataPlaneRequest): void;
  /** Whether an AWS API is here, by the first part of its host name (`sqs`, `states`, `monitoring`). */
  hasApi(name: string): boolean;
  /** Calls an AWS API over this cloud's own wire, for a service whose users write the request themselves. */
  callApi(request: ApiRequest, as: SessionCredentials): Promise<ApiAnswer>;
}

/** A request to an AWS API as its user worded it. */
export interface ApiRequest {
  /** The first part of the API's host name: `sqs`. */
  readonly api: string;
  readonly region: string;
  /** Before the host name: the bucket of `bucket.s3`. */
  readonly subdomain?: string | undefined;
  /** Sent as the API's protocol wants it: in the query, or as X-Amz-Target. */
  readonly action?: string | undefined;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

export interface WorkSample {
  readonly service: string;
  /** `duration`, `init`, `receive-to-delete`. */
  readonly what: string;
  /** ARN or name of what did it, or of what it was done for. */
  readonly resource: string;
  readonly seconds: number;
}

export interface DataPlaneAddress {
  readonly host: string;
  /** Path and query as sent. */
  readonly url: string;
}

export interface DataPlaneRequest extends DataPlaneAddress {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Names as sent and values, by turns; absent when another service of the cloud sends it. */
  readonly rawHeaders?: readonly string[];
  readonly body: Buffer;
  readonly sourceIp: string;
}

export interface DataPlaneResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer | Readable;
}

/** What a few services get beyond the common environment; each names what it takes. */
export interface Extras {
  /** Of the service's own account. */
  readonly identities: IdentityStore;
  readonly accounts: Accounts;
  /** Of an account and region, for a service that is there once for all of them. */
  environmentOf(scope: Scope): ServiceEnvironment;
  /** A CloudFormation type that a service here has, or that is kept; undefined for all others. */
  resourceType(type: string): Promise<ResourceType | undefined>;
  /** What stacks and Cloud Control have made of a type. */
  made(type: string): Promise<readonly MadeResource[]>;
  /** What a call would be refused for, whatever there is in the cloud, and an answer of its shape. Nothing is done. */
  rehearse(service: string, operation: string, input: object): Promise<Rehearsal>;
  /** An operation of a service, by the service's id; undefined when the cloud does not have it. */
  findOperation(service: string, operation: string): Promise<FoundOperation | undefined>;
}

export interface FoundOperation {
  readonly shape: OperationShape;
  /** Names of the errors in the service's model. */
  readonly errors: ReadonlySet<string>;
}

export interface Rehearsal {
  readonly problems: readonly AwsError[];
  /** Texts, lists and structures where the model has them; no value means anything. */
  readonly answer: object;
}

/** What the form of a web page posts. */
export interface PostedForm {
  /** By lower-case name; the first of a name counts. */
  readonly fields: ReadonlyMap<string, string>;
  readonly fileName: string;
  readonly file: Readable;
  /** A field that is an XML document, read as this member of this operation's input. */
  document(operation: string, member: string, text: string): unknown;
}

/** A form as the call that it stands for. */
export interface FormCall {
  readonly operation: string;
  /** The input's members in the path, and what the form says in the place of headers. */
  readonly labels: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable;
  answer(output: object): {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | undefined;
  };
}

/** A service as built for one cloud. */
export interface Service {
  readonly operations: readonly AnyOperation[];
  readonly resourceTypes?: readonly ResourceType[];
  /** The account and region of what an input names, where they need not be those that the call goes to. */
  scopeOf?(input: Readonly<Record<string, unknown>>): Scope | undefined;
  /** Answers requests that are not API calls: an execute-api host, a distribution's host, S3's preflights. */
  serve?(request: DataPlaneRequest): Promise<DataPlaneResponse>;
  /** Whether what such a request names is here; asked where several accounts or regions have the service. */
  serves?(request: DataPlaneAddress): boolean;
  /** The call that a posted form stands for, held to the policy in it. */
  readForm?(form: PostedForm, named: string, call: Call): FormCall;
  /** Further headers for the answer to an API call, also an error: S3's CORS headers. */
  answerHeaders?(call: Call, input: Readonly<Record<string, unknown>>): Record<string, string>;
  /** What becomes of templates here, before anything is made. */
  check?(
    stacks: readonly StackToCheck[],
    caller: Caller,
    toCome: ToComeByScope,
  ): Promise<readonly StackVerdict[]>;
  /** What it has made of a CloudFormation type, and keeps a record of. */
  made?(type: string): readonly MadeResource[];
  /** Called once after the service is built, also on a restart: take up pollers, timers and processes again. */
  start?(): void | Promise<void>;
  /** Called first of all when the cloud stops, while it still answers: processes finish their calls and end. */
  drain?(): Promise<void>;
  /** Stop processes and pollers; state stays. */
  stop?(): Promise<void>;
}

// ---------------------------------------------------------------------------------------------------------
// CloudFormation resource types
// ---------------------------------------------------------------------------------------------------------

export interface ResourceRequest<P = Record<string, unknown>> {
  readonly logicalId: string;
  readonly stackId: string;
  readonly stackName: string;
  /** Resolved; validated against the type's specification. */
  readonly properties: P;
  /** Its own tags, which win, those of the stack, and the aws:cloudformation:* ones where AWS shows them. */
  readonly tags: Readonly<Record<string, string>>;
  /** Calls as the principal that deploys: the stack's role, or the caller. */
  readonly invoke: Invoke;
  /** `<stack>-<logicalId>-<random>`, cut to `max` characters; stable per resource and attempt. */
  uniqueName(max: number, options?: { readonly lowercase?: boolean }): string;
  /** The resources of a type that are there, of all stacks, for what a type may say of several together. */
  resourcesOf(type: string): readonly PresentResource[];
  /** One line of progress, shown in the stack's events. */
  progress(text: string): void;
  /** Aborts when the operation is cancelled (rollback): waits end. */
  readonly signal: AbortSignal;
}

export interface PresentResource {
  readonly physicalId: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface MadeResource extends PresentResource {
  readonly attributes: Readonly<Record<string, unknown>>;
  /** What its generated name was made of; an update goes on with it. */
  readonly token: string;
}

interface UpdateRequest<P = Record<string, unknown>> extends ResourceRequest<P> {
  readonly physicalId: string;
  readonly previous: P;
  readonly previousTags: Readonly<Record<string, string>>;
  readonly previousAttributes: Readonly<Record<string, unknown>>;
}

interface DeleteRequest<P = Record<string, unknown>> extends ResourceRequest<P> {
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** What Ref and Fn::GetAtt answer. */
export interface ResourceState {
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * A CloudFormation resource type. `live`: does what it does on AWS. `inert`: keeps its properties and answers
 * realistic attributes, because nothing local depends on it; listed as such. Which properties replace the
 * resource comes from AWS's resource specification, not from here.
 */
export interface ResourceType<P = Record<string, unknown>> {
  /** e.g. `AWS::SQS::Queue`. */
  readonly type: string;
  readonly mode: 'live' | 'inert';
  /** Why it may be inert. */
  readonly because?: string;
  /** Properties that have their effect. A property in neither list is refused by name. */
  readonly honoured: readonly string[];
  /** Properties that are stored and returned but change nothing locally, each with the reason why that is right. */
  readonly kept?: Readonly<Record<string, string>>;
  /** Where its own tags are, when they are not in the property that AWS's schema names. */
  ownTags?(properties: P): readonly Tag[] | undefined;
  /**
   * Its name, and what else makes that unique, where this is not what AWS's schema identifies the type by. Only the name
   * has to be given for the template to have named the resource.
   */
  readonly named?: readonly string[];
  /**
   * What create would make, when it is there already. Asked before a resource that the template names is made, so that
   * what somebody else made is never taken for its own, and after a crash, for what was made without being recorded.
   */
  find?(request: ResourceRequest<P>): Promise<ResourceState | undefined>;
  /** The API takes a second creation for the first one: on AWS, too, whoever deploys needs to be allowed what find asks. */
  readonly adopts?: true;
  create(request: ResourceRequest<P>): Promise<ResourceState>;
  /**
   * Makes the calls of `create` and does nothing else: the check of a template rehearses them before anything is
   * made. Only where `create` does more than to make calls; absent, `create` itself is rehearsed.
   */
  rehearse?(request: ResourceRequest<P>): Promise<unknown>;
  /** Absent: any change replaces the resource. */
  update?(request: UpdateRequest<P>): Promise<ResourceState>;
  /** Error codes by which `delete` says that the resource is already gone: it then counts as deleted. */
  readonly gone?: readonly string[];
  delete(request: DeleteRequest<P>): Promise<void>;
}

/** What a resource type finds wrong with its properties by themselves, with the code of AWS's handlers. */
export const invalidProperties = (message: string): AwsError => new AwsError('InvalidRequest', message);

export const resourceType = <P>(definition: ResourceType<P>): ResourceType =>
  definition as unknown as ResourceType;
