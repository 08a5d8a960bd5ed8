/**
 * Calls between services, typed by the SDK: the service's client names the operations, and the command's class
 * their input and output. Only types are taken from the clients; none of them is loaded.
 */
import type { Readable } from 'node:stream';
import type { Uint8ArrayBlobAdapter } from '@smithy/core/serde';
import { SlipwayError } from '../core/errors.ts';
import type { Scope } from '../core/regions.ts';

/** The SDK's client of each service, by the service's id in the registry. */
interface Clients {
  readonly apigateway: typeof import('@aws-sdk/client-api-gateway');
  readonly apigatewayv2: typeof import('@aws-sdk/client-apigatewayv2');
  readonly 'application-autoscaling': typeof import('@aws-sdk/client-application-auto-scaling');
  readonly cloudcontrol: typeof import('@aws-sdk/client-cloudcontrol');
  readonly cloudformation: typeof import('@aws-sdk/client-cloudformation');
  readonly cloudfront: typeof import('@aws-sdk/client-cloudfront');
  readonly cloudwatch: typeof import('@aws-sdk/client-cloudwatch');
  readonly dynamodb: typeof import('@aws-sdk/client-dynamodb');
  readonly dynamodbstreams: typeof import('@aws-sdk/client-dynamodb-streams');
  readonly ecr: typeof import('@aws-sdk/client-ecr');
  readonly ecs: typeof import('@aws-sdk/client-ecs');
  readonly events: typeof import('@aws-sdk/client-eventbridge');
  readonly iam: typeof import('@aws-sdk/client-iam');
  readonly kms: typeof import('@aws-sdk/client-kms');
  readonly lambda: typeof import('@aws-sdk/client-lambda');
  readonly logs: typeof import('@aws-sdk/client-cloudwatch-logs');
  readonly s3: typeof import('@aws-sdk/client-s3');
  readonly secretsmanager: typeof import('@aws-sdk/client-secrets-manager');
  readonly sns: typeof import('@aws-sdk/client-sns');
  readonly sqs: typeof import('@aws-sdk/client-sqs');
  readonly states: typeof import('@aws-sdk/client-sfn');
  readonly ssm: typeof import('@aws-sdk/client-ssm');
  readonly sts: typeof import('@aws-sdk/client-sts');
}

export type ServiceId = keyof Clients;

/** The command classes of a client by the operation's name: `SendMessage`, `ReceiveMessage`, … */
type Commands<Client> = {
  readonly [Name in keyof Client as Name extends `${infer Operation}Command`
    ? Operation extends '$'
      ? never
      : Operation
    : never]: Client[Name];
};

export type OperationName<S extends ServiceId> = keyof Commands<Clients[S]>;

/** What the SDK's command classes have in common. */
type CommandClass<Input, Output> = new (
  input: never,
) => { readonly input: Input; resolveMiddleware(...given: never): Handler<Output> };

export type InputOf<S extends ServiceId, O extends OperationName<S>> =
  Commands<Clients[S]>[O] extends CommandClass<infer Input, unknown> ? Input : never;

/**
 * Without the SDK's metadata, and bodies as the service made them: the SDK's client adds its `transformTo…`
 * methods to what it received over HTTP.
 */
export type OutputOf<S extends ServiceId, O extends OperationName<S>> =
  Commands<Clients[S]>[O] extends CommandClass<unknown, infer Output>
    ? { [Member in keyof Output as Exclude<Member, '$metadata'>]: Body<Output[Member]> }
    : never;

type Handler<Output> = (given: never) => Promise<{ readonly output: Output }>;

type Body<T> = T extends Uint8ArrayBlobAdapter
  ? Uint8Array
  : T extends { transformToByteArray(): unknown }
    ? Readable | Uint8Array
    : T;

/**
 * Calls another service as a principal, through authorisation and metering like any call: the service of the account
 * and region that calls, or of the account that owns what the input names.
 */
export type Invoke = <S extends ServiceId, O extends OperationName<S>>(
  service: S,
  operation: O,
  input: InputOf<S, O>,
) => Promise<OutputOf<S, O>>;

export type ScopedInvoke = Invoke & {
  /** The same principal, calling services of another account or region. */
  inScope(scope: Scope): ScopedInvoke;
};

/** Runs the handler of a call, and may put what it changes into one write with what the caller keeps of the answer. */
export type Around = (handle: () => object | Promise<object>) => object | Promise<object>;

export type WrappableInvoke = ScopedInvoke & {
  /** The same principal; each call is handled inside `around`. */
  within(around: Around): ScopedInvoke;
};

/** A member of an answer that the SDK's types leave optional and the service always sets. */
export function required<T>(value: T | undefined, member: string): T {
  if (value === undefined)
    throw new SlipwayError('internal', `The answer lacks ${member}, which it always has.`);
  return value;
}
