/**
 * The AWS managed policies that stacks attach, as far as local services can exercise them. An ARN that is not
 * here cannot be attached: the call is refused by name.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
import type { PolicyDocument, Statement } from './index.ts';

const allow = (...Action: string[]): Statement => ({ Effect: 'Allow', Action, Resource: '*' });
const policy = (...Statement: Statement[]): PolicyDocument => ({ Version: '2012-10-17', Statement });

const logging = allow('logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents');

const table: Readonly<Record<string, PolicyDocument>> = {
  AdministratorAccess: policy(allow('*')),
  // The CDK's bootstrap stack attaches it to the role that deploys.
  AWSCloudFormationReadOnlyAccess: policy(
    allow(
      'cloudformation:Describe*',
      'cloudformation:EstimateTemplateCost',
      'cloudformation:Get*',
      'cloudformation:List*',
      'cloudformation:ValidateTemplate',
      'cloudformation:Detect*',
    ),
  ),
  ReadOnlyAccess: policy(
    allow('cloudformation:Describe*', 'cloudformation:Get*', 'cloudformation:List*', 's3:Get*', 's3:List*'),
    allow(
      'dynamodb:BatchGet*',
      'dynamodb:Describe*',
      'dynamodb:Get*',
      'dynamodb:List*',
      'dynamodb:Query',
      'dynamodb:Scan',
    ),
    allow(
      'sqs:Get*',
      'sqs:List*',
      'lambda:Get*',
      'lambda:List*',
      'ecs:Describe*',
      'ecs:List*',
      'ecr:Describe*',
      'ecr:Get*',
    ),
    allow(
      'logs:Describe*',
      'logs:Get*',
      'logs:FilterLogEvents',
      'cloudwatch:Describe*',
      'cloudwatch:Get*',
      'cloudwatch:List*',
    ),
    allow(
      'ssm:Describe*',
      'ssm:Get*',
      'ssm:List*',
      'iam:Get*',
      'iam:List*',
      'apigateway:GET',
      'cloudfront:Get*',
      'cloudfront:List*',
    ),
    allow(
      'application-autoscaling:Describe*',
      'sns:Get*',
      'sns:List*',
      'kms:Describe*',
      'kms:List*',
      'ec2:Describe*',
    ),
  ),
  'service-role/AWSLambdaBasicExecutionRole': policy(logging),
  'service-role/AWSLambdaVPCAccessExecutionRole': policy(
    logging,
    allow(
      'ec2:CreateNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:DeleteNetworkInterface',
      'ec2:AssignPrivateIpAddresses',
      'ec2:UnassignPrivateIpAddresses',
    ),
  ),
  'service-role/AWSLambdaSQSQueueExecutionRole': policy(
    allow('sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'),
    logging,
  ),
  'service-role/AmazonECSTaskExecutionRolePolicy': policy(
    allow(
      'ecr:GetAuthorizationToken',
      'ecr:BatchCheckLayerAvailability',
      'ecr:GetDownloadUrlForLayer',
      'ecr:BatchGetImage',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ),
  ),
  'service-role/AmazonAPIGatewayPushToCloudWatchLogs': policy(
    allow(
      'logs:CreateLogGroup',
      'logs:CreateLogStream',
      'logs:DescribeLogGroups',
      'logs:DescribeLogStreams',
      'logs:PutLogEvents',
      'logs:GetLogEvents',
      'logs:FilterLogEvents',
    ),
  ),
};

/** @param arn `arn:aws:iam::aws:policy/…` */
export const awsManagedPolicy = (arn: string): PolicyDocument | undefined =>
  table[arn.replace(/^arn:aws[a-z-]*:iam::aws:policy\//, '')];
