/**
 * What each thing that the local cloud meters costs: a row of the price list, nothing and why, or why it has no price
 * here. The type checker holds this table to src/core/usage.ts: what is metered has an entry, and nothing else has.
 */
import {
  type Architecture,
  distributionsBefore,
  type Resource,
  textAt,
} from '../../../architecture/index.ts';
import type { MeteredService, MeterTotal, UsageOf } from '../../../core/usage.ts';
import { restApi } from '../pricers/api-gateway.ts';
import { hoursPerMonth } from '../prices/index.ts';

interface MeteredAt {
  /** The resource of the template that it is, where that is known. */
  readonly of?: Resource;
  readonly app?: Architecture;
}

type MeterPrice =
  | { readonly kind: 'price'; readonly id: string; readonly factor: number }
  | { readonly kind: 'free'; readonly why: string }
  | { readonly kind: 'unknown'; readonly because: string };

type Pricing = (place: MeteredAt) => MeterPrice;

interface ServicePrices<Usage extends string> {
  /** What a call of its API costs. */
  readonly calls: (operation: string) => MeterPrice;
  readonly usage: { readonly [U in Usage]: Pricing };
}

const price =
  (id: string, factor = 1) =>
  (): MeterPrice => ({ kind: 'price', id, factor });
const free = (why: string) => (): MeterPrice => ({ kind: 'free', why });
const unknown = (because: string) => (): MeterPrice => ({ kind: 'unknown', because });

const perGb = 1 / 2 ** 30;
const perHour = 1 / 3600;
const perMonth = 1 / hoursPerMonth;
/** https://calculator.aws takes stored logs as compressed to 0.15 of what came in. */
const compressed = 0.15;

/** https://aws.amazon.com/s3/pricing/ : writes, copies and lists are the dear class; deletes cost nothing. */
function s3Call(operation: string): MeterPrice {
  if (/^(Delete|AbortMultipartUpload)/.test(operation))
    return free('deletes and cancellations cost nothing')();
  const dear =
    /^(Put|Copy|Post|List|CreateMultipartUpload|UploadPart|CompleteMultipartUpload|CreateBucket|RestoreObject)/;
  return price(dear.test(operation) ? 's3.standard.put' : 's3.standard.get')();
}

const stored = (row: string) => price(row, perGb * perMonth);

function apiBytes({ of, app }: MeteredAt): MeterPrice {
  const apis = app?.ofType(...restApi.types) ?? [];
  const api = of ?? (apis.length === 1 ? apis[0] : undefined);
  if (app !== undefined && api !== undefined && distributionsBefore(app, api).length > 0)
    return { kind: 'free', why: 'a distribution fetches them, and transfer to CloudFront costs nothing' };
  return { kind: 'price', id: 'data-transfer.out', factor: perGb };
}

/** The meter counts calls by function and not by architecture; the price is the same, and the allowance is shared. */
function lambdaRequests({ of }: MeteredAt): MeterPrice {
  const arm = textAt(of?.properties, 'Architectures.0') === 'arm64';
  return { kind: 'price', id: arm ? 'lambda.requests.arm64' : 'lambda.requests', factor: 1 };
}

/** https://aws.amazon.com/iam/ , …/cloudformation/pricing/ , …/ecs/pricing/ */
const managing = free('calls that only manage cost nothing, and those that carry data are paid by the data');
const onlyManaged = { calls: managing, usage: {} };

const prices: Readonly<Record<string, ServicePrices<string> | undefined>> = {
  apigateway: {
    calls: managing,
    usage: { 'rest-requests': price('api-gateway.rest.requests'), 'bytes-out': apiBytes },
  },
  apigatewayv2: {
    calls: managing,
    usage: { 'http-requests': price('api-gateway.http.requests'), 'bytes-out': apiBytes },
  },
  'application-autoscaling': onlyManaged,
  cloudcontrol: onlyManaged,
  cloudformation: onlyManaged,
  cloudfront: {
    calls: managing,
    usage: {
      'requests-https': price('cloudfront.requests.https.us'),
      'data-transfer-out-bytes': price('cloudfront.data-out.us', perGb),
      'data-transfer-to-origin-bytes': price('cloudfront.data-to-origin.us', perGb),
      'function-invocations': price('cloudfront.functions'),
      'invalidation-paths': price('cloudfront.invalidations'),
    },
  },
  cloudwatch: {
    calls: (operation) =>
      /^GetMetric(Data|WidgetImage)$/.test(operation)
        ? unknown('it is paid by the metrics asked for, which the meter does not count')()
        : price('cloudwatch.api')(),
    usage: {},
  },
  dynamodb: {
    calls: managing,
    usage: {
      'read-request-units': price('dynamodb.on-demand.reads'),
      'write-request-units': price('dynamodb.on-demand.writes'),
      'read-capacity-unit-hours': price('dynamodb.provisioned.reads'),
      'write-capacity-unit-hours': price('dynamodb.provisioned.writes'),
      'byte-hours': stored('dynamodb.storage'),
    },
  },
  dynamodbstreams: {
    calls: free('reads by Lambda cost nothing; the meter does not tell those of others apart'),
    usage: {},
  },
  ec2: onlyManaged,
  ecr: onlyManaged,
  ecs: {
    calls: managing,
    usage: {
      'vcpu-seconds:x86_64': price('fargate.vcpu', perHour),
      'vcpu-seconds:arm64': price('fargate.vcpu.arm64', perHour),
      'gb-seconds:x86_64': price('fargate.memory', perHour),
      'gb-seconds:arm64': price('fargate.memory.arm64', perHour),
      'ephemeral-gb-seconds': price('fargate.ephemeral-storage', perHour),
      'public-ipv4-seconds': price('vpc.public-ipv4', perHour),
    },
  },
  events: {
    calls: (operation) =>
      operation === 'PutEvents'
        ? price('eventbridge.custom-events')()
        : free('rules are managed without charge')(),
    usage: {},
  },
  iam: onlyManaged,
  lambda: {
    calls: managing,
    usage: {
      requests: lambdaRequests,
      'gb-seconds:x86_64': price('lambda.duration'),
      'gb-seconds:arm64': price('lambda.duration.arm64'),
    },
  },
  logs: {
    calls: managing,
    usage: {
      'ingested-bytes': price('cloudwatch.logs.ingestion', perGb),
      'byte-hours': price('cloudwatch.logs.storage', perGb * perMonth * compressed),
    },
  },
  s3: {
    calls: s3Call,
    usage: {
      'byte-hours:STANDARD': stored('s3.standard.storage'),
      'byte-hours:REDUCED_REDUNDANCY': unknown('the price list here has no reduced redundancy storage'),
      'byte-hours:STANDARD_IA': stored('s3.standard-ia.storage'),
      'byte-hours:ONEZONE_IA': stored('s3.onezone-ia.storage'),
      'byte-hours:INTELLIGENT_TIERING': stored('s3.intelligent-tiering.frequent'),
      'byte-hours:GLACIER': stored('s3.glacier.storage'),
      'byte-hours:GLACIER_IR': stored('s3.glacier-ir.storage'),
      'byte-hours:DEEP_ARCHIVE': stored('s3.deep-archive.storage'),
      'bytes-out': unknown(
        'the meter does not tell what went to the internet (0.09 a GB beyond the first 100) from what the app’s own ' +
          'functions and tasks read, which costs nothing',
      ),
    },
  },
  sns: { calls: price('sns.requests'), usage: {} },
  sqs: {
    calls: price('sqs.standard.requests'),
    usage: { 'extra-64kb-chunks': price('sqs.standard.requests') },
  },
  ssm: onlyManaged,
  states: {
    calls: managing,
    usage: {
      transitions: price('step-functions.standard.transitions'),
      'express-requests': price('step-functions.express.requests'),
      'express-gb-seconds': price('step-functions.express.duration'),
    },
  },
  sts: onlyManaged,
} satisfies { readonly [S in MeteredService]: ServicePrices<UsageOf<S>> };

export function meterPriceOf(
  { service, usage }: Pick<MeterTotal, 'service' | 'usage'>,
  place: MeteredAt,
): MeterPrice {
  const operation = /^requests:(.+)/.exec(usage)?.[1];
  const found = prices[service];
  const meaning = operation === undefined ? found?.usage[usage]?.(place) : found?.calls(operation);
  return meaning ?? { kind: 'unknown', because: 'Slipway has no price for it' };
}
