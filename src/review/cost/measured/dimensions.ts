/**
 * Which price row each dimension of the local meter falls on. One row here for one dimension; the first that fits
 * counts. A dimension without a row is listed by name in the bill.
 */
import { type Architecture, type Resource, textAt } from '../../../architecture/index.ts';
import { taskDefinitionOf } from '../flow/access.ts';
import { distributionsBefore } from '../flow/triggers.ts';
import { hoursPerMonth } from '../prices/index.ts';

export interface Place {
  /** What the meter wrote. */
  readonly resource?: string;
  /** The resource of the template that it is, where that is known. */
  readonly of?: Resource;
  readonly app?: Architecture;
}

export type Meaning =
  | { readonly kind: 'price'; readonly id: string; readonly factor: number }
  | { readonly kind: 'free'; readonly why: string }
  | { readonly kind: 'unknown'; readonly because: string };

export interface Dimension {
  readonly service: string;
  readonly usage: RegExp;
  readonly meaning: (place: Place, usage: string) => Meaning;
}

const price =
  (id: string, factor = 1) =>
  (): Meaning => ({ kind: 'price', id, factor });
const free = (why: string) => (): Meaning => ({ kind: 'free', why });

const perGb = 1 / 2 ** 30;
const perHour = 1 / 3600;
const perMonth = 1 / hoursPerMonth;
/** https://calculator.aws takes stored logs as compressed to 0.15 of what came in. */
const compressed = 0.15;

/** https://aws.amazon.com/s3/pricing/ : writes, copies and lists are the dear class; deletes cost nothing. */
const s3Dear =
  /^requests:(Put|Copy|Post|List|CreateMultipartUpload|UploadPart|CompleteMultipartUpload|CreateBucket|RestoreObject)/;
const s3Free = /^requests:(Delete|AbortMultipartUpload)/;

const storageRow: Readonly<Record<string, string>> = {
  STANDARD: 's3.standard.storage',
  STANDARD_IA: 's3.standard-ia.storage',
  ONEZONE_IA: 's3.onezone-ia.storage',
  INTELLIGENT_TIERING: 's3.intelligent-tiering.frequent',
  GLACIER_IR: 's3.glacier-ir.storage',
  GLACIER: 's3.glacier.storage',
  DEEP_ARCHIVE: 's3.deep-archive.storage',
};

function stored({ resource = '' }: Place): Meaning {
  const storage = resource.slice(resource.lastIndexOf('/') + 1);
  const id = storageRow[storage];
  return id === undefined
    ? { kind: 'unknown', because: `the storage class ${storage} is not known` }
    : { kind: 'price', id, factor: perGb * perMonth };
}

/** As the meter says; of a meter that does not, as the template says; the dearer x86 where nothing does. */
function fargate(row: string) {
  return ({ of, app }: Place, usage: string): Meaning => {
    const said = /:(arm64|x86_64)$/.exec(usage)?.[1];
    if (said !== undefined)
      return { kind: 'price', id: `${row}${said === 'arm64' ? '.arm64' : ''}`, factor: perHour };
    const definition = of?.type === 'AWS::ECS::Service' && app !== undefined ? taskDefinitionOf(of, app) : of;
    const only = app?.ofType('AWS::ECS::TaskDefinition') ?? [];
    const known = definition ?? (only.length === 1 ? only[0] : undefined);
    const arm = textAt(known?.properties, 'RuntimePlatform.CpuArchitecture') === 'ARM64';
    return { kind: 'price', id: `${row}${arm ? '.arm64' : ''}`, factor: perHour };
  };
}

function apiBytes({ of, app }: Place): Meaning {
  const apis = app?.ofType('AWS::ApiGateway::RestApi') ?? [];
  const api = of ?? (apis.length === 1 ? apis[0] : undefined);
  if (app !== undefined && api !== undefined && distributionsBefore(api, app).length > 0)
    return { kind: 'free', why: 'a distribution fetches them, and transfer to CloudFront costs nothing' };
  return { kind: 'price', id: 'data-transfer.out', factor: perGb };
}

const lambdaRow =
  (row: string) =>
  (_: Place, usage: string): Meaning => ({
    kind: 'price',
    id: usage.endsWith(':arm64') ? `${row}.arm64` : row,
    factor: 1,
  });

/** Calls that only manage: https://aws.amazon.com/iam/ , …/cloudformation/pricing/ , …/ecs/pricing/ */
const managing = [
  'iam',
  'sts',
  'cloudformation',
  'ecs',
  'ec2',
  'ecr',
  'application-autoscaling',
  'budgets',
  'ssm',
  'apigateway',
  'cloudfront',
  'lambda',
  'logs',
  'dynamodb',
];

export const dimensions: readonly Dimension[] = [
  { service: 's3', usage: s3Free, meaning: free('deletes and cancellations cost nothing') },
  { service: 's3', usage: s3Dear, meaning: price('s3.standard.put') },
  { service: 's3', usage: /^requests:/, meaning: price('s3.standard.get') },
  { service: 's3', usage: /^byte-hours$/, meaning: stored },
  {
    service: 's3',
    usage: /^bytes-out$/,
    meaning: () => ({
      kind: 'unknown',
      because:
        'the meter does not tell what went to the internet (0.09 a GB beyond the first 100) from what the app’s own ' +
        'functions and tasks read, which costs nothing',
    }),
  },
  { service: 'sqs', usage: /^requests:/, meaning: price('sqs.standard.requests') },
  { service: 'sns', usage: /^requests:/, meaning: price('sns.requests') },
  { service: 'dynamodb', usage: /^read-request-units$/, meaning: price('dynamodb.on-demand.reads') },
  { service: 'dynamodb', usage: /^write-request-units$/, meaning: price('dynamodb.on-demand.writes') },
  { service: 'dynamodb', usage: /^read-capacity-unit-hours$/, meaning: price('dynamodb.provisioned.reads') },
  {
    service: 'dynamodb',
    usage: /^write-capacity-unit-hours$/,
    meaning: price('dynamodb.provisioned.writes'),
  },
  { service: 'dynamodb', usage: /^byte-hours$/, meaning: price('dynamodb.storage', perGb * perMonth) },
  { service: 'lambda', usage: /^requests$/, meaning: lambdaRequests },
  { service: 'lambda', usage: /^gb-seconds:/, meaning: lambdaRow('lambda.duration') },
  { service: 'apigateway', usage: /^rest-requests$/, meaning: price('api-gateway.rest.requests') },
  { service: 'apigateway', usage: /^http-requests$/, meaning: price('api-gateway.http.requests') },
  { service: 'apigateway', usage: /^bytes-out$/, meaning: apiBytes },
  { service: 'logs', usage: /^ingested-bytes$/, meaning: price('cloudwatch.logs.ingestion', perGb) },
  {
    service: 'logs',
    usage: /^byte-hours$/,
    meaning: price('cloudwatch.logs.storage', perGb * perMonth * compressed),
  },
  { service: 'cloudfront', usage: /^requests-https$/, meaning: price('cloudfront.requests.https.us') },
  { service: 'cloudfront', usage: /^requests-http$/, meaning: price('cloudfront.requests.http.us') },
  {
    service: 'cloudfront',
    usage: /^data-transfer-out-bytes$/,
    meaning: price('cloudfront.data-out.us', perGb),
  },
  {
    service: 'cloudfront',
    usage: /^data-transfer-to-origin-bytes$/,
    meaning: price('cloudfront.data-to-origin.us', perGb),
  },
  { service: 'cloudfront', usage: /^function-invocations$/, meaning: price('cloudfront.functions') },
  { service: 'cloudfront', usage: /^invalidation-paths$/, meaning: price('cloudfront.invalidations') },
  { service: 'ecs', usage: /^vcpu-seconds\b/, meaning: fargate('fargate.vcpu') },
  { service: 'ecs', usage: /^gb-seconds\b/, meaning: fargate('fargate.memory') },
  { service: 'ecs', usage: /^public-ipv4-seconds$/, meaning: price('vpc.public-ipv4', perHour) },
  { service: 'ecs', usage: /^ephemeral-gb-seconds$/, meaning: price('fargate.ephemeral-storage', perHour) },
  { service: 'events', usage: /^requests:PutEvents$/, meaning: price('eventbridge.custom-events') },
  { service: 'events', usage: /^requests:/, meaning: free('rules are managed without charge') },
  {
    service: 'cloudwatch',
    usage: /^requests:GetMetric(Data|WidgetImage)$/,
    meaning: () => ({
      kind: 'unknown',
      because: 'it is paid by the metrics asked for, which the meter does not count',
    }),
  },
  { service: 'cloudwatch', usage: /^requests:/, meaning: price('cloudwatch.api') },
  { service: 'secretsmanager', usage: /^requests:GetSecretValue$/, meaning: price('secrets-manager.calls') },
  {
    service: 'kms',
    usage: /^requests:(Encrypt|Decrypt|ReEncrypt|GenerateDataKey)/,
    meaning: price('kms.requests'),
  },
  ...managing.map((service) => ({
    service,
    usage: /^requests:/,
    meaning: free('calls that only manage, or are paid by another of its dimensions, cost nothing'),
  })),
];

/** The meter counts calls by function and not by architecture; the price is the same, and the allowance is shared. */
function lambdaRequests({ of }: Place): Meaning {
  const arm = textAt(of?.properties, 'Architectures.0') === 'arm64';
  return { kind: 'price', id: arm ? 'lambda.requests.arm64' : 'lambda.requests', factor: 1 };
}

export function meaningOf(service: string, usage: string, place: Place): Meaning {
  const found = dimensions.find((one) => one.service === service && one.usage.test(usage));
  return (
    found?.meaning(place, usage) ?? {
      kind: 'unknown',
      because: 'nothing here knows what this dimension costs',
    }
  );
}
