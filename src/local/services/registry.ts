/**
 * Every service of the local cloud, one row each: how its calls are recognised, which protocols it answers, and
 * the two modules loaded on first use (the SDK's schema and our behaviour).
 */

import type { MeteredService } from '../../core/usage.ts';
import type { ConstraintData, ConstraintStyle } from '../edge/constraints.ts';
import type { ErrorDialect } from '../edge/errors.ts';
import type { Extras, MessageTarget, Service, ServiceEnvironment } from '../service.ts';
import type { ProtocolKind } from '../wire/protocol.ts';
import { busTarget } from './events/deliver.ts';
import { functionTarget } from './lambda/deliver.ts';
import { logGroupTarget } from './logs/deliver.ts';
import { arnOwner, busOwner, functionOwner, queueOwner, registryOwner } from './owner-of.ts';
import { topicTarget } from './sns/deliver.ts';
import { queueTarget } from './sqs/deliver.ts';
import { stateMachineTarget } from './states/deliver.ts';

export interface ServiceEntry {
  /** Our name, and the folder's: `sqs`. */
  readonly id: MeteredService;
  /** Service name in the credential scope of a signature. */
  readonly signingName: string;
  readonly protocols: readonly ProtocolKind[];
  /** How the paths of its calls start, where another service has its signing name. */
  readonly pathStart?: string;
  /** `X-Amz-Target` prefix of the JSON protocols. */
  readonly target?: string;
  /** API version of the Query protocol. */
  readonly version?: string;
  readonly xmlNamespace?: string;
  /** Of its errors in AWS JSON, where their names carry it: the Smithy namespace of its model. */
  readonly errorNamespace?: string;
  /** Has one endpoint for all regions, which is signed for us-east-1, and is there once an account. */
  readonly global?: true;
  /** Is there once for all accounts and regions, because its names are unique among all of them. */
  readonly partitionWide?: true;
  /** The account that owns what an input names, where that may be another than the caller's. */
  ownerOf?(input: Readonly<Record<string, unknown>>): string | undefined;
  /** The most bytes a body has, by operation; `*` for the others. Without either it is 1 MiB. */
  readonly bodyLimits?: Readonly<Record<string, number>>;
  /** What a body that is larger is refused with, by operation, where the service has an answer of its own. */
  readonly bodyErrors?: Readonly<Record<string, { readonly code: string; readonly message: string }>>;
  /** What a body is refused with that is nested deeper than any reader goes. */
  readonly nestingError?: { readonly code: string; readonly message: string };
  /** What a body with an object or list of more members than any call has is refused with. */
  readonly membersError?: { readonly code: string; readonly message: string };
  /** Names what is wrong with a request in its own way, not as the others of its protocol do. */
  readonly errorDialect?: ErrorDialect;
  /** Serves callers that nobody knows, as the policy of the resource allows; an unsigned request is for it. */
  readonly anonymous?: true;
  /** The path is signed as it was sent; the others encode it once more. */
  readonly signsPathAsSent?: true;
  /** x-amz-content-sha256 may be a marker (STREAMING-…), and the body is checked after the signature. */
  readonly payloadMarkers?: true;
  /** An input member that the model's paths leave out: the host names it, or else the first part of the path. */
  readonly addressedBy?: { readonly member: string; readonly host: RegExp };
  /** The member of a Query call that its path names, as in a request to the URL of a queue. */
  readonly namedByUrl?: string;
  /** OPTIONS requests go to `serve`. */
  readonly preflights?: true;
  /** Operations whose one output member is the root of the answer (the trait s3UnwrappedXmlOutput). */
  readonly unwrappedOutputs?: readonly string[];
  /** By operation, where AWS answers another status than its model says. */
  readonly statuses?: Readonly<Record<string, number>>;
  /** A request costs money: a bill names the queue, the topic, or the bucket (an object's ARN without its key). */
  readonly billedByRequest?: true;
  /** Requests that are not API calls but go to the service's `serve`: by host, or by path on the listener. */
  readonly dataPlane?: { readonly host: RegExp; readonly path?: string };
  /** What other services can deliver to. */
  readonly messageTarget?: MessageTarget;
  /** CloudFormation namespaces whose types this service implements, e.g. `AWS::SQS`. */
  readonly cloudformation: readonly string[];
  schema(): Promise<Readonly<Record<string, unknown>>>;
  /** What its model says about inputs is checked before authorisation; absent when AWS's service has checks of its own. */
  readonly constraints?: ConstraintStyle & { data(): Promise<{ readonly default: ConstraintData }> };
  create(environment: ServiceEnvironment, extras: Extras): Promise<Service>;
}

const mib = 1024 * 1024;

export const services: readonly ServiceEntry[] = [
  {
    id: 'sts',
    signingName: 'sts',
    protocols: ['query'],
    version: '2011-06-15',
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    partitionWide: true,
    cloudformation: [],
    constraints: {
      code: 'ValidationError',
      words: 'all',
      data: () => import('../constraints/sts.gen.json', { with: { type: 'json' } }),
    },
    schema: () => import('@aws-sdk/client-sts/dist-es/schemas/schemas_0.js'),
    create: async (env, extras) => (await import('./sts/index.ts')).createSts(env, extras.accounts),
  },
  {
    id: 'sqs',
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html
    namedByUrl: 'QueueUrl',
    ownerOf: queueOwner,
    signingName: 'sqs',
    protocols: ['json1.0', 'query'],
    target: 'AmazonSQS',
    version: '2012-11-05',
    xmlNamespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
    billedByRequest: true,
    messageTarget: queueTarget,
    errorNamespace: 'com.amazonaws.sqs',
    // Ten messages of 1 MiB in all, whose characters JSON may write with six each.
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
    bodyLimits: { '*': 8 * mib },
    cloudformation: ['AWS::SQS'],
    schema: () => import('@aws-sdk/client-sqs/dist-es/schemas/schemas_0.js'),
    create: async (env) => (await import('./sqs/index.ts')).createSqs(env),
  },
  {
    id: 'iam',
    signingName: 'iam',
    protocols: ['query'],
    version: '2010-05-08',
    xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    global: true,
    cloudformation: ['AWS::IAM'],
    constraints: {
      code: 'ValidationError',
      words: 'iam',
      data: () => import('../constraints/iam.gen.json', { with: { type: 'json' } }),
    },
    schema: () => import('@aws-sdk/client-iam/dist-es/schemas/schemas_0.js'),
    create: async (env, extras) => (await import('./iam/index.ts')).createIam(env, extras.identities),
  },
  {
    id: 'ssm',
    signingName: 'ssm',
    protocols: ['json1.1'],
    target: 'AmazonSSM',
    cloudformation: ['AWS::SSM'],
    constraints: {
      code: 'ValidationException',
      words: 'all',
      data: () => import('../constraints/ssm.gen.json', { with: { type: 'json' } }),
    },
    schema: () => import('@aws-sdk/client-ssm/dist-es/schemas/schemas_0.js'),
    create: async (env) => (await import('./ssm/index.ts')).createSsm(env),
  },
  {
    id: 'ec2',
    signingName: 'ec2',
    protocols: ['query'],
    version: '2016-11-15',
    xmlNamespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
    cloudformation: [],
    schema: async () => ({}),
    create: async () => (await import('./ec2/index.ts')).createEc2(),
  },
  {
    id: 'cloudformation',
    signingName: 'cloudformation',
    protocols: ['query'],
    version: '2010-05-15',
    xmlNamespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
    dataPlane: { host: /^cloudformation-custom-resource-response\./, path: '/_aws/cloudformation/' },
    cloudformation: ['AWS::CloudFormation', 'AWS::CDK'],
    constraints: {
      code: 'ValidationError',
      words: 'all',
      data: () => import('../constraints/cloudformation.gen.json', { with: { type: 'json' } }),
    },
    schema: () => import('@aws-sdk/client-cloudformation/dist-es/schemas/schemas_0.js'),
    create: async (env, extras) =>
      (await import('./cloudformation/index.ts')).createCloudFormation(env, extras),
  },
  {
    id: 'cloudcontrol',
    signingName: 'cloudcontrolapi',
    protocols: ['json1.0'],
    target: 'CloudApiService',
    // 256 KB of a desired state, whose characters JSON may write with six each.
    bodyLimits: { '*': 2 * mib },
    cloudformation: [],
    constraints: {
      code: 'ValidationException',
      words: 'all',
      data: () => import('../constraints/cloudcontrol.gen.json', { with: { type: 'json' } }),
    },
    schema: () => import('@aws-sdk/client-cloudcontrol/dist-es/schemas/schemas_0.js'),
    create: async (env, extras) => (await import('./cloudcontrol/index.ts')).createCloudControl(env, extras),
  },
  {
    id: 'lambda',
    ownerOf: functionOwner,
    signingName: 'lambda',
    protocols: ['rest-json'],
    messageTarget: functionTarget,
    dataPlane: {
      host: /^[a-z0-9]+\.lambda-url\.[a-z0-9-]+\.(?:on\.aws|localhost)$/,
      path: '/_aws/lambda-url/',
    },
    bodyLimits: {
      // 6 MB and 1 MB are refused by the operation itself, in Lambda's words.
      Invoke: 7 * mib,
      // 50 MB of a zip file in base64. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
      CreateFunction: 70_167_211,
      UpdateFunctionCode: 70_167_211,
      PublishLayerVersion: 70_167_211,
    },
    cloudformation: ['AWS::Lambda'],
    constraints: {
      code: 'ValidationException',
      words: 'all',
      // Runtimes are refused in words of their own.
      instead: { Runtime: {} },
      data: () => import('../constraints/lambda.gen.json', { with: { type: 'json' } }),
    },
    schema: () => import('@aws-sdk/client-lambda/dist-es/schemas/schemas_0.js'),
    create: async (env) => (await import('./lambda/index.ts')).createLambda(env),
  },
  {
    id: 'logs',
    signingName: 'logs',
    protocols: ['json1.1'],
    target: 'Logs_20140328',
    messageTarget: logGroupTarget,
    // 1 MiB of events whose characters JSON may write with six each.
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
    bodyLimits: { PutLogEvents: 8 * mib },
    cloudformation: ['AWS::Logs'],
    constraints: {
      code: 'InvalidParameterException',
      words: 'all',
      data: () => import('../constraints/logs.gen.json', { with: { type: 'json' } }),
    },
    schema: () => import('@aws-sdk/client-cloudwatch-logs/dist-es/schemas/schemas_0.js'),
    create: async (env) => (await import('./logs/index.ts')).createLogs(env),
  },
  {
    id: 'dynamodb',
    ownerOf: arnOwner('TableName', 'ResourceArn', 'TableArn'),
    signingName: 'dynamodb',
    protocols: ['json1.0'],
    target: 'DynamoDB_20120810',
    errorNamespace: 'com.amazonaws.dynamodb.v20120810',
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
    bodyLimits: {
      '*': 16 * mib,
      // 400 KB, whose characters JSON may write with six each: more is never an item.
      PutItem: 4 * mib,
    },
    bodyErrors: {
      PutItem: {
        code: 'ValidationException',
        message: 'Item size has exceeded the maximum allowed size',
      },
    },
    membersError: {
      code: 'ValidationException',
      message: 'Item size has exceeded the maximum allowed size',
    },
    nestingError: {
      code: 'ValidationException',
      message: 'Nesting Levels have exceeded supported limits',
    },
    cloudformation: ['AWS::DynamoDB'],
    constraints: {
      code: 'ValidationException',
      words: 'all',
      instead: {
        // Values and their names are checked by the service, in other words.
        AttributeValue: {},
        PutItemInputAttributeMap: {},
        Key: {},
        ExpressionAttributeValueMap: {},
        // The live service names the choices in this order.
        AttributeAction: { enum: ['ADD', 'DELETE', 'PUT'] },
        ComparisonOperator: {
          enum: [
            ...['IN', 'NULL', 'BETWEEN', 'LT', 'NOT_CONTAINS', 'EQ', 'GT', 'NOT_NULL', 'NE', 'LE'],
            ...['BEGINS_WITH', 'GE', 'CONTAINS'],
          ],
        },
        ConditionalOperator: { enum: ['OR', 'AND'] },
        ProjectionType: { enum: ['ALL', 'INCLUDE', 'KEYS_ONLY'] },
        ReturnValue: { enum: ['ALL_NEW', 'UPDATED_OLD', 'ALL_OLD', 'NONE', 'UPDATED_NEW'] },
        ScalarAttributeType: { enum: ['B', 'N', 'S'] },
        Select: {
          enum: ['SPECIFIC_ATTRIBUTES', 'COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES'],
        },
      },
      data: () => import('../constraints/dynamodb.gen.json', { with: { type: 'json' } }),
    },
    schema: () => import('@aws-sdk/client-dynamodb/dist-es/schemas/schemas_0.js'),
    create: async (env) => (await import('./dynamodb/index.ts')).createDynamoDb(env),
  },
  {
    id: 'dynamodbstreams',
    ownerOf: arnOwner('StreamArn'),
    signingName: 'dynamodb',
    protocols: ['json1.0'],
    target: 'DynamoDBStreams_20120810',
    errorNamespace: 'com.amazonaws.dynamodb.v20120810',
    cloudformation: [],
    constraints: {
      code: 'ValidationException',
      words: 'all',
      data: () => import('../constraints/dynamodbstreams.gen.json', { with: { type: 'json' } }),
    },
    schema: () => import('@aws-sdk/client-dynamodb-streams/dist-es/schemas/schemas_0.js'),
    create: async (env) => (await import('./dynamodbstreams/index.ts')).createDynamoDbStreams(env),
  },
  {
    id: 'ecr',
    ownerOf: registryOwner,
    signingName: 'ecr',
    protocols: ['json1.1'],
    target: 'AmazonEC2ContainerRegistry_V20150921',
    dataPlane: { host: /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.(?:amazonaws\.com|localhost)$/, path: '/_aws/ecr/' },
    // A part of 20 MiB in base64. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_UploadLayerPart.html
    bodyLimits: { UploadLayerPart: 28 * mib, PutImage: 6 * mib },
    cloudformation: ['AWS::ECR'],
    constraints: {
      code: 'InvalidParameterException',
      words: 'first',
      // The live service takes a__b and a--b, which the model's pattern does not, and names this one.
      instead: {
        RepositoryName: {
          min: 2,
          max: 256,
          pattern: '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*',
        },
      },
      data: () => import('../constraints/ecr.gen.json', { with: { type: 'json' } }),
    },
    schema: () => import('@aws-sdk/client-ecr/dist-es/schemas/schemas_0.js'),
    create: async (env) => (await import('./ecr/index.ts')).createEcr(env),
  },
  {
    id: 'apigateway',
    signingName: 'apigateway',
    protocols: ['rest-json'],
    dataPlane: { host: /^[a-z0-9]+\.execute-api\./, path: '/_aws/execute-api/' },
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
    bodyLimits: { ImportRestApi: 6 * mib, PutRestApi: 6 * mib },
    cloudformation: ['AWS::ApiGateway'],
    schema: () => import('@aws-sdk/client-api-gateway/dist-es/schemas/schemas_0.js'),
    create: async (env) => (await import('./apigateway/index.ts')).createApiGateway(env),
  },
  {
    id: 'apigatewayv2',
    signingName: 'apigateway',
    pathStart: '/v2/',
    protocols: ['rest-json'],
    // Requests to its APIs come by the names that REST APIs have; each service knows its own ids.
    dataPlane: { host: /^[a-z0-9]+\.execute-api\./, path: '/_aws/execute-api/' },
    bodyLimits: { ImportApi: 6 * mib, ReimportApi: 6 * mib },
    cloudformation: ['AWS::ApiGatewayV2'],
    schema: () => import('@aws-sdk/client-apigatewayv2/dist-es/schemas/schemas_0.js'),
    create: async (env) => (await import('./apigatewayv2/index.ts')).createHttpApis(env),
  },
  {
    id: 'cloudwatch',
    signingName: 'monitoring',
    protocols: ['json1.0', 'query'],
    target: 'GraniteServiceVersion20100801',
    version: '2010-08-01',
    xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
    // The limit holds for the compressed body: ./cloudwatch is sent what that unpacks to.
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
    bodyLimits: { PutMetricData: 8 * mib },
    cloudformation: ['AWS::CloudWatch'],
    constraints: {
      code: 'ValidationError',
      words: 'all',
      data: () => import('../constraints/cloudwatch.gen.json', { with: { type: 'json' } }),
    },
    schema: () => import('@aws-sdk/client-cloudwatch/dist-es/schemas/schemas_0.js'),
    create: async (env) => (await import('./cloudwatch/index.ts')).createCloudWatch(env),
  },
  {
    id: 'cloudfront',
    signingName: 'cloudfront',
    protocols: ['rest-xml'],
    xmlNamespace: 'http://cloudfront.amazonaws.com/doc/2020-05-31/',
    dataPlane: { host: /^[a-z0-9]+\.cloudfront\.(?:net|localhost)$/ },
    global: true,
    cloudformation: ['AWS::CloudFront'],
    constraints: {
      code: 'MalformedXML',
      words: 'all',
      // The handlers answer InvalidFunctionAssociation.
      instead: { FunctionARN: {}, LambdaFunctionARN: {} },
      data: () => import('../constraints/cloudfront.gen.json', { with: { type: 'json' } }),
    },
    schema: () => import('@aws-sdk/client-cloudfront/dist-es/schemas/schemas_0.js'),
    create: async (env) => (await import('./cloudfront/index.ts')).createCloudFront(env),
  },
  {
    id: 'sns',
    ownerOf: arnOwner('TopicArn', 'TargetArn', 'ResourceArn', 'SubscriptionArn'),
    signingName: 'sns',
    protocols: ['query'],
    version: '2010-03-31',
    xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
    billedByRequest: true,
    messageTarget: topicTarget,
    cloudformation: ['AWS::SNS'],
    schema: () => import('@aws-sdk/client-sns/dist-es/schemas/schemas_0.js'),
    create: async (env) => (await import('./sns/index.ts')).createSns(env),
  },
  {
    id: 's3',
    partitionWide: true,
    signingName: 's3',
    protocols: ['rest-xml'],
    xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
    errorDialect: 's3',
    anonymous: true,
    signsPathAsSent: true,
    payloadMarkers: true,
    // `bucket.s3.us-east-1.amazonaws.com`, `bucket.s3.localhost:4566`; dots are allowed in bucket names.
    addressedBy: {
      member: 'Bucket',
      host: /^(.+)\.s3(?:[.-][a-z0-9-]+)?\.(?:amazonaws\.com|localhost)$/,
    },
    preflights: true,
    // https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
    unwrappedOutputs: ['GetBucketLocation'],
    statuses: { PutBucketPolicy: 204 },
    billedByRequest: true,
    // A thousand keys of 1,024 bytes; ten thousand parts. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
    bodyLimits: { DeleteObjects: 2 * mib, CompleteMultipartUpload: 4 * mib },
    cloudformation: ['AWS::S3'],
    schema: () => import('@aws-sdk/client-s3/dist-es/schemas/schemas_0.js'),
    create: async (env, extras) => (await import('./s3/index.ts')).createS3(env, extras.environmentOf),
  },
  {
    id: 'ecs',
    signingName: 'ecs',
    protocols: ['json1.1'],
    target: 'AmazonEC2ContainerServiceV20141113',
    // Tasks ask for their credentials and metadata by path; no host is theirs.
    dataPlane: { host: /(?!)/, path: '/_aws/ecs/' },
    cloudformation: ['AWS::ECS'],
    constraints: {
      code: 'InvalidParameterException',
      words: 'all',
      data: () => import('../constraints/ecs.gen.json', { with: { type: 'json' } }),
    },
    schema: () => import('@aws-sdk/client-ecs/dist-es/schemas/schemas_0.js'),
    create: async (env) => (await import('./ecs/index.ts')).createEcs(env),
  },
  {
    id: 'events',
    ownerOf: busOwner,
    signingName: 'events',
    protocols: ['json1.1'],
    target: 'AWSEvents',
    messageTarget: busTarget,
    // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html: details are JSON in JSON.
    bodyLimits: { PutEvents: 4 * mib },
    cloudformation: ['AWS::Events'],
    constraints: {
      code: 'ValidationException',
      words: 'all',
      data: () => import('../constraints/events.gen.json', { with: { type: 'json' } }),
    },
    schema: () => import('@aws-sdk/client-eventbridge/dist-es/schemas/schemas_0.js'),
    create: async (env) => (await import('./events/index.ts')).createEvents(env),
  },
  {
    id: 'application-autoscaling',
    signingName: 'application-autoscaling',
    protocols: ['json1.1'],
    target: 'AnyScaleFrontendService',
    cloudformation: ['AWS::ApplicationAutoScaling'],
    constraints: {
      code: 'ValidationException',
      words: 'all',
      data: () => import('../constraints/application-autoscaling.gen.json', { with: { type: 'json' } }),
    },
    schema: () => import('@aws-sdk/client-application-auto-scaling/dist-es/schemas/schemas_0.js'),
    create: async (env) =>
      (await import('./application-autoscaling/index.ts')).createApplicationAutoScaling(env),
  },
  {
    id: 'states',
    signingName: 'states',
    protocols: ['json1.0'],
    target: 'AWSStepFunctions',
    ownerOf: arnOwner('stateMachineArn', 'executionArn', 'activityArn', 'resourceArn'),
    // 1 MB of a definition, whose characters JSON may write with six each.
    bodyLimits: { '*': 8 * mib },
    messageTarget: stateMachineTarget,
    cloudformation: ['AWS::StepFunctions'],
    constraints: {
      code: 'ValidationException',
      words: 'all',
      data: () => import('../constraints/states.gen.json', { with: { type: 'json' } }),
    },
    schema: () => import('@aws-sdk/client-sfn/dist-es/schemas/schemas_0.js'),
    create: async (env, extras) => (await import('./states/index.ts')).createStates(env, extras),
  },
];

/** The other services whose data plane has the same paths. */
const sharedPlanes = new Map(
  services.map(({ id, dataPlane }) => [
    id as string,
    services
      .filter((other) => other.id !== id && dataPlane?.path && other.dataPlane?.path === dataPlane.path)
      .map((other) => other.id),
  ]),
);

export const sharingDataPlane = (id: string): readonly string[] => sharedPlanes.get(id) ?? [];
