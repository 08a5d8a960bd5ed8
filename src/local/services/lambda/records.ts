/** What the Lambda service keeps, and under which keys. */
import type { Cors, FunctionEventInvokeConfig, LoggingConfig } from '@aws-sdk/client-lambda';
import type { Statement } from '../../../iam/index.ts';
import type { ImageOverride } from '../../compute/functions/image-launch.ts';
import type { Collection, Store } from '../../store/store.ts';

export interface FunctionRecord {
  readonly name: string;
  readonly description: string;
  readonly role: string;
  readonly handler?: string;
  readonly runtime?: string;
  /** Of a runtime that AWS takes no longer: the one that runs it here. */
  readonly runsAs?: string;
  /** Of a function that is a container image, which has neither handler nor runtime. */
  readonly image?: FunctionImage;
  readonly imageConfig?: ImageOverride;
  /** seconds */
  readonly timeout: number;
  /** MB */
  readonly memorySize: number;
  readonly environment: Readonly<Record<string, string>>;
  /** AWS shows an environment that was given, though it holds nothing. */
  readonly environmentGiven?: boolean;
  readonly codeSha256: string;
  readonly codeSize: number;
  /** Bytes of the code's files. */
  readonly unpackedSize?: number;
  readonly architectures: readonly string[];
  /** MB */
  readonly ephemeralStorage: number;
  readonly deadLetterArn?: string;
  readonly layers: readonly LayerReference[];
  readonly logging: Required<Pick<LoggingConfig, 'LogFormat' | 'LogGroup'>> & LoggingConfig;
  readonly tracing: 'Active' | 'PassThrough';
  readonly vpc?: { readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[] };
  readonly kmsKeyArn?: string;
  /** ms since the epoch */
  readonly modifiedAt: number;
  readonly revisionId: string;
  /** `$LATEST`, or the number it was published as. */
  readonly version: string;
}

/** What is kept of a function's image. */
export interface FunctionImage {
  /** As it was given. */
  readonly uri: string;
  /** By digest: another image under the tag changes nothing. */
  readonly resolvedUri: string;
}

export interface LayerReference {
  readonly arn: string;
  readonly codeSha256: string;
  readonly codeSize: number;
  readonly unpackedSize?: number;
}

/** What belongs to the function and not to one of its versions. */
interface FunctionSettings {
  readonly reservedConcurrency?: number;
  readonly lastVersion: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface AliasRecord {
  readonly functionName: string;
  readonly name: string;
  readonly description: string;
  readonly version: string;
  readonly weights: Readonly<Record<string, number>>;
  readonly revisionId: string;
}

export interface PolicyRecord {
  readonly statements: Readonly<Record<string, Statement>>;
  readonly revisionId: string;
}

export type InvokeConfigRecord = Pick<
  FunctionEventInvokeConfig,
  'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' | 'DestinationConfig'
> & { readonly modifiedAt: number };

export interface LayerRecord {
  readonly name: string;
  readonly version: number;
  readonly description?: string;
  readonly license?: string;
  readonly runtimes: readonly string[];
  readonly architectures: readonly string[];
  readonly codeSha256: string;
  readonly codeSize: number;
  readonly unpackedSize?: number;
  readonly createdAt: number;
}

export interface StreamSettings {
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  readonly bisect: boolean;
  /** -1: until the records are too old. */
  readonly maximumRetries: number;
  /** seconds; -1: until the stream forgets them */
  readonly maximumAge: number;
  /** Queue or topic. */
  readonly onFailure?: string | undefined;
}

export interface MappingRecord {
  readonly id: string;
  readonly functionName: string;
  /** Version or alias; '' for the unqualified function. */
  readonly qualifier: string;
  readonly sourceArn: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  /** seconds */
  readonly batchWindow: number;
  readonly reportItemFailures: boolean;
  readonly maximumConcurrency?: number;
  /** Patterns; a record that fits none is passed over. */
  readonly filters?: readonly string[] | undefined;
  /** Of a stream. */
  readonly stream?: StreamSettings | undefined;
  readonly modifiedAt: number;
  readonly lastResult: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** An asynchronous invocation that was accepted and is not done. */
export interface EventRecord {
  readonly id: string;
  readonly functionName: string;
  readonly qualifier: string;
  readonly payload: Uint8Array;
  readonly acceptedAt: number;
  readonly attempts: number;
  /** Not tried before, ms since the epoch. */
  readonly notBefore: number;
  readonly traceId: string;
}

export interface UrlRecord {
  /** The first part of its host name. */
  readonly id: string;
  readonly function: string;
  readonly alias?: string | undefined;
  readonly authType: 'NONE' | 'AWS_IAM';
  readonly invokeMode: 'BUFFERED' | 'RESPONSE_STREAM';
  readonly cors?: Cors | undefined;
  /** ms since the epoch */
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface LambdaRecords {
  /** [name, version] */
  readonly functions: Collection<FunctionRecord>;
  readonly settings: Collection<FunctionSettings>;
  /** [function, alias] */
  readonly aliases: Collection<AliasRecord>;
  /** [function, qualifier or ''] */
  readonly policies: Collection<PolicyRecord>;
  /** [function, alias or ''] */
  readonly urls: Collection<UrlRecord>;
  /** [function, qualifier] */
  readonly invokeConfigs: Collection<InvokeConfigRecord>;
  /** [name, version] */
  readonly layers: Collection<LayerRecord>;
  readonly layerCounters: Collection<number>;
  readonly mappings: Collection<MappingRecord>;
  /** [mapping] → the last sequence number of its stream that is done with */
  readonly checkpoints: Collection<string>;
  readonly events: Collection<EventRecord>;
}

export const openRecords = (store: Store): LambdaRecords => ({
  functions: store.collection('lambda/functions'),
  settings: store.collection('lambda/settings'),
  aliases: store.collection('lambda/aliases'),
  policies: store.collection('lambda/policies'),
  urls: store.collection('lambda/urls'),
  invokeConfigs: store.collection('lambda/invoke-configs'),
  layers: store.collection('lambda/layers'),
  layerCounters: store.collection('lambda/layer-counters'),
  mappings: store.collection('lambda/mappings'),
  checkpoints: store.collection('lambda/checkpoints'),
  events: store.collection('lambda/events'),
});
