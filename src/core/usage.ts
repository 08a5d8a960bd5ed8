/**
 * What the local cloud meters: by service, what is counted and in which of AWS's billing units. A service can meter
 * nothing else, and the bill (src/review/cost/measured/meter-prices.ts) has a price for each, or says why it has none.
 * The calls of every service's API are counted besides, as `requests:<Operation>`.
 */

export const usageUnits = {
  apigateway: { 'rest-requests': 'requests', 'bytes-out': 'bytes' },
  apigatewayv2: { 'http-requests': 'requests', 'bytes-out': 'bytes' },
  'application-autoscaling': {},
  cloudcontrol: {},
  cloudformation: {},
  cloudfront: {
    'requests-https': 'requests',
    'data-transfer-out-bytes': 'bytes',
    'data-transfer-to-origin-bytes': 'bytes',
    'function-invocations': 'invocations',
    'invalidation-paths': 'paths',
  },
  cloudwatch: {},
  dynamodb: {
    'read-request-units': 'units',
    'write-request-units': 'units',
    'read-capacity-unit-hours': 'unit-hours',
    'write-capacity-unit-hours': 'unit-hours',
    'byte-hours': 'byte-hours',
  },
  dynamodbstreams: {},
  ec2: {},
  ecr: {},
  ecs: {
    'vcpu-seconds:x86_64': 'vCPU-seconds',
    'vcpu-seconds:arm64': 'vCPU-seconds',
    'gb-seconds:x86_64': 'GB-seconds',
    'gb-seconds:arm64': 'GB-seconds',
    'ephemeral-gb-seconds': 'GB-seconds',
    'public-ipv4-seconds': 'seconds',
  },
  events: {},
  iam: {},
  lambda: {
    requests: 'requests',
    'gb-seconds:x86_64': 'GB-seconds',
    'gb-seconds:arm64': 'GB-seconds',
  },
  logs: { 'ingested-bytes': 'bytes', 'byte-hours': 'byte-hours' },
  s3: {
    'byte-hours:STANDARD': 'byte-hours',
    'byte-hours:REDUCED_REDUNDANCY': 'byte-hours',
    'byte-hours:STANDARD_IA': 'byte-hours',
    'byte-hours:ONEZONE_IA': 'byte-hours',
    'byte-hours:INTELLIGENT_TIERING': 'byte-hours',
    'byte-hours:GLACIER': 'byte-hours',
    'byte-hours:GLACIER_IR': 'byte-hours',
    'byte-hours:DEEP_ARCHIVE': 'byte-hours',
    'bytes-out': 'bytes',
  },
  sns: {},
  sqs: { 'extra-64kb-chunks': 'requests' },
  ssm: {},
  states: {
    transitions: 'transitions',
    'express-requests': 'requests',
    'express-gb-seconds': 'GB-seconds',
  },
  sts: {},
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

export type MeteredService = keyof typeof usageUnits;

export type UsageOf<S extends MeteredService> = keyof (typeof usageUnits)[S] & string;

type OwnUsage = {
  readonly [S in MeteredService]: { readonly service: S; readonly usage: UsageOf<S> };
}[MeteredService];

interface CallUsage {
  readonly service: MeteredService;
  readonly usage: `requests:${string}`;
}

export type MeterRecord = (OwnUsage | CallUsage) & {
  readonly quantity: number;
  /** ARN or name of the resource that is billed. */
  readonly resource?: string;
};

/** As it is read: an older state folder may have names that are not in the list above. */
export interface MeterTotal {
  readonly service: string;
  readonly usage: string;
  readonly quantity: number;
  /** A name, id or ARN; absent for what is counted per service. */
  readonly resource?: string;
  /** Absent: those of the home account and region. */
  readonly accountId?: string;
  readonly region?: string;
  /** First millisecond of the hour, since the epoch. */
  readonly hour: number;
}
