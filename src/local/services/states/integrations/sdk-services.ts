/**
 * AWS SDK integrations by their names: the service here that answers them, and how the errors of AWS's SDK for Java
 * begin, which Step Functions passes on. https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
import type { ServiceId } from '../../../invoke.ts';

interface SdkService {
  readonly id: ServiceId;
  readonly prefix: string;
}

export const sdkServices: Readonly<Record<string, SdkService | undefined>> = {
  apigateway: { id: 'apigateway', prefix: 'ApiGateway' },
  applicationautoscaling: { id: 'application-autoscaling', prefix: 'ApplicationAutoScaling' },
  cloudcontrol: { id: 'cloudcontrol', prefix: 'CloudControl' },
  cloudformation: { id: 'cloudformation', prefix: 'CloudFormation' },
  cloudfront: { id: 'cloudfront', prefix: 'CloudFront' },
  cloudwatch: { id: 'cloudwatch', prefix: 'CloudWatch' },
  cloudwatchlogs: { id: 'logs', prefix: 'CloudWatchLogs' },
  dynamodb: { id: 'dynamodb', prefix: 'DynamoDb' },
  ecr: { id: 'ecr', prefix: 'Ecr' },
  ecs: { id: 'ecs', prefix: 'Ecs' },
  eventbridge: { id: 'events', prefix: 'EventBridge' },
  iam: { id: 'iam', prefix: 'Iam' },
  kms: { id: 'kms', prefix: 'Kms' },
  lambda: { id: 'lambda', prefix: 'Lambda' },
  s3: { id: 's3', prefix: 'S3' },
  secretsmanager: { id: 'secretsmanager', prefix: 'SecretsManager' },
  sfn: { id: 'states', prefix: 'Sfn' },
  sns: { id: 'sns', prefix: 'Sns' },
  sqs: { id: 'sqs', prefix: 'Sqs' },
  ssm: { id: 'ssm', prefix: 'Ssm' },
  sts: { id: 'sts', prefix: 'Sts' },
};

/** Optimised integrations keep the names of version 1 of that SDK. */
export const optimisedServices: Readonly<
  Record<string, SdkService & { readonly service: string; readonly other: string }>
> = {
  apigateway: { id: 'apigateway', prefix: 'ApiGateway', service: 'ApiGateway', other: 'ApiGatewayException' },
  dynamodb: {
    id: 'dynamodb',
    prefix: 'DynamoDB',
    service: 'AmazonDynamoDBv2',
    other: 'AmazonDynamoDBException',
  },
  ecs: { id: 'ecs', prefix: 'ECS', service: 'AmazonECS', other: 'AmazonECSException' },
  events: {
    id: 'events',
    prefix: 'EventBridge',
    service: 'AmazonEventBridge',
    other: 'AmazonEventBridgeException',
  },
  lambda: { id: 'lambda', prefix: 'Lambda', service: 'AWSLambda', other: 'AWSLambdaException' },
  sns: { id: 'sns', prefix: 'SNS', service: 'AmazonSNS', other: 'AmazonSNSException' },
  sqs: { id: 'sqs', prefix: 'SQS', service: 'AmazonSQS', other: 'AmazonSQSException' },
  states: {
    id: 'states',
    prefix: 'StepFunctions',
    service: 'AWSStepFunctions',
    other: 'AWSStepFunctionsException',
  },
};
