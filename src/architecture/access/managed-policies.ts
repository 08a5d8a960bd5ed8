/**
 * AWS managed policies that apps attach and the local cloud does not need. Only what bears on the data that the review
 * asks about is written out in full; a policy that is not here is reported by name as not known.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html (read 2026-11)
 */
import type { PolicyDocument, Statement } from '../../iam/index.ts';

const allow = (...Action: string[]): Statement => ({ Effect: 'Allow', Action, Resource: '*' });
const policy = (...Statement: Statement[]): PolicyDocument => ({ Version: '2012-10-17', Statement });

const logging = allow('logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents');
const pull = allow(
  'ecr:GetAuthorizationToken',
  'ecr:BatchCheckLayerAvailability',
  'ecr:GetDownloadUrlForLayer',
  'ecr:BatchGetImage',
);

const table: Readonly<Record<string, PolicyDocument>> = {
  PowerUserAccess: policy({
    Effect: 'Allow',
    NotAction: ['iam:*', 'organizations:*', 'account:*'],
    Resource: '*',
  }),
  IAMFullAccess: policy(allow('iam:*', 'organizations:DescribeAccount')),
  AmazonS3FullAccess: policy(allow('s3:*', 's3-object-lambda:*')),
  AmazonS3ReadOnlyAccess: policy(allow('s3:Get*', 's3:List*', 's3:Describe*')),
  AmazonDynamoDBFullAccess: policy(allow('dynamodb:*', 'dax:*')),
  AmazonDynamoDBReadOnlyAccess: policy(
    allow(
      'dynamodb:BatchGetItem',
      'dynamodb:Describe*',
      'dynamodb:GetItem',
      'dynamodb:List*',
      'dynamodb:Query',
      'dynamodb:Scan',
      'dynamodb:PartiQLSelect',
    ),
  ),
  AmazonSQSFullAccess: policy(allow('sqs:*')),
  AmazonSNSFullAccess: policy(allow('sns:*')),
  AmazonKinesisFullAccess: policy(allow('kinesis:*')),
  AmazonEC2FullAccess: policy(allow('ec2:*', 'elasticloadbalancing:*', 'cloudwatch:*', 'autoscaling:*')),
  AmazonRDSFullAccess: policy(allow('rds:*', 'rds-data:*')),
  AWSLambda_FullAccess: policy(allow('lambda:*', 'states:*', 'logs:DescribeLogGroups', 'iam:PassRole')),
  SecretsManagerReadWrite: policy(allow('secretsmanager:*', 'kms:DescribeKey', 'kms:ListAliases')),
  AmazonSSMReadOnlyAccess: policy(allow('ssm:Describe*', 'ssm:Get*', 'ssm:List*')),
  AmazonSSMManagedInstanceCore: policy(
    allow(
      'ssm:DescribeAssociation',
      'ssm:GetDeployablePatchSnapshotForInstance',
      'ssm:GetDocument',
      'ssm:DescribeDocument',
      'ssm:GetManifest',
      'ssm:GetParameter',
      'ssm:GetParameters',
      'ssm:ListAssociations',
      'ssm:ListInstanceAssociations',
      'ssm:PutInventory',
      'ssm:PutComplianceItems',
      'ssm:PutConfigurePackageResult',
      'ssm:UpdateAssociationStatus',
      'ssm:UpdateInstanceAssociationStatus',
      'ssm:UpdateInstanceInformation',
    ),
    allow('ssmmessages:*', 'ec2messages:*'),
  ),
  CloudWatchAgentServerPolicy: policy(
    allow('cloudwatch:PutMetricData', 'ec2:DescribeVolumes', 'ec2:DescribeTags'),
    allow(
      'logs:PutLogEvents',
      'logs:PutRetentionPolicy',
      'logs:DescribeLogStreams',
      'logs:DescribeLogGroups',
      'logs:CreateLogStream',
      'logs:CreateLogGroup',
      'xray:PutTraceSegments',
    ),
    {
      Effect: 'Allow',
      Action: 'ssm:GetParameter',
      Resource: 'arn:aws:ssm:*:*:parameter/AmazonCloudWatch-*',
    },
  ),
  CloudWatchLogsFullAccess: policy(allow('logs:*')),
  AWSXRayDaemonWriteAccess: policy(allow('xray:PutTraceSegments', 'xray:PutTelemetryRecords')),
  AWSXrayWriteOnlyAccess: policy(allow('xray:PutTraceSegments', 'xray:PutTelemetryRecords')),
  CloudWatchLambdaInsightsExecutionRolePolicy: policy(logging),
  AmazonEC2ContainerRegistryReadOnly: policy(pull, allow('ecr:Describe*', 'ecr:List*', 'ecr:Get*')),
  AmazonEC2ContainerRegistryPullOnly: policy(pull),
  AmazonElasticContainerRegistryPublicReadOnly: policy(allow('ecr-public:Get*', 'ecr-public:Describe*')),
  AmazonEKS_CNI_Policy: policy(allow('ec2:AssignPrivateIpAddresses', 'ec2:CreateNetworkInterface')),
  AmazonEKSWorkerNodePolicy: policy(allow('ec2:Describe*', 'eks:DescribeCluster')),
  AmazonEKSClusterPolicy: policy(
    allow('autoscaling:*AutoScalingGroup*', 'ec2:Describe*', 'elasticloadbalancing:*', 'kms:DescribeKey'),
  ),
  AmazonEKSFargatePodExecutionRolePolicy: policy(pull),
  'service-role/AmazonRDSEnhancedMonitoringRole': policy(
    allow('logs:CreateLogGroup', 'logs:PutRetentionPolicy', 'logs:CreateLogStream', 'logs:PutLogEvents'),
  ),
  'service-role/AWSLambdaDynamoDBExecutionRole': policy(
    allow(
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
    ),
    logging,
  ),
  'service-role/AWSLambdaKinesisExecutionRole': policy(
    allow('kinesis:DescribeStream', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'),
    logging,
  ),
  'service-role/AWSLambdaMSKExecutionRole': policy(
    allow('kafka:DescribeCluster', 'kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'),
    allow('ec2:CreateNetworkInterface', 'ec2:Describe*', 'ec2:DeleteNetworkInterface'),
    logging,
  ),
  'service-role/AWSLambdaRole': policy(allow('lambda:InvokeFunction')),
  'service-role/AmazonEC2ContainerServiceforEC2Role': policy(
    pull,
    allow(
      'ecs:CreateCluster',
      'ecs:DeregisterContainerInstance',
      'ecs:DiscoverPollEndpoint',
      'ecs:Poll',
      'ecs:RegisterContainerInstance',
      'ecs:StartTelemetrySession',
      'ecs:UpdateContainerInstancesState',
      'ecs:Submit*',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ),
  ),
  'service-role/AWSAppSyncPushToCloudWatchLogs': policy(logging),
};

/** @param arn `arn:aws:iam::aws:policy/…` */
export const moreManagedPolicy = (arn: string): PolicyDocument | undefined =>
  table[arn.replace(/^arn:aws[a-z-]*:iam::aws:policy\//, '')];
