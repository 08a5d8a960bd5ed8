/**
 * The names, ARNs and URLs that AWS will give resources, as far as they follow from the template. A name that AWS makes
 * up is `{Stack/LogicalId}`. Ref's value by type: "Return values" on each type's page of the template reference,
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/
 */
import type { Resolved } from '../../template/index.ts';

interface Naming {
  /** The property that holds the name when the template chooses one. */
  readonly name?: string;
  /** After `arn:<partition>:`, with `R` region, `A` account, `N` name. Absent: the type has no ARN of its own. */
  readonly arn?: string;
  /** What Ref gives. Default: the name. */
  readonly ref?: 'arn' | 'url';
}

const namings: Readonly<Record<string, Naming>> = {
  'AWS::ApiGateway::RestApi': { arn: 'apigateway:R::/restapis/N' },
  'AWS::ApiGatewayV2::Api': { arn: 'apigateway:R::/apis/N' },
  'AWS::AppSync::GraphQLApi': { arn: 'appsync:R:A:apis/N', ref: 'arn' },
  'AWS::Athena::WorkGroup': { name: 'Name', arn: 'athena:R:A:workgroup/N' },
  'AWS::AutoScaling::AutoScalingGroup': {
    name: 'AutoScalingGroupName',
    arn: 'autoscaling:R:A:autoScalingGroup:*:autoScalingGroupName/N',
  },
  'AWS::Backup::BackupVault': { name: 'BackupVaultName', arn: 'backup:R:A:backup-vault:N' },
  'AWS::CertificateManager::Certificate': { arn: 'acm:R:A:certificate/N', ref: 'arn' },
  'AWS::CloudFront::Distribution': { arn: 'cloudfront::A:distribution/N' },
  'AWS::CloudTrail::Trail': { name: 'TrailName', arn: 'cloudtrail:R:A:trail/N' },
  'AWS::CloudWatch::Alarm': { name: 'AlarmName', arn: 'cloudwatch:R:A:alarm:N' },
  'AWS::CodeBuild::Project': { name: 'Name', arn: 'codebuild:R:A:project/N' },
  'AWS::Cognito::UserPool': { arn: 'cognito-idp:R:A:userpool/N' },
  'AWS::DynamoDB::GlobalTable': { name: 'TableName', arn: 'dynamodb:R:A:table/N' },
  'AWS::DynamoDB::Table': { name: 'TableName', arn: 'dynamodb:R:A:table/N' },
  'AWS::EC2::Instance': { arn: 'ec2:R:A:instance/N' },
  'AWS::EC2::SecurityGroup': { arn: 'ec2:R:A:security-group/N' },
  'AWS::EC2::Subnet': { arn: 'ec2:R:A:subnet/N' },
  'AWS::EC2::VPC': { arn: 'ec2:R:A:vpc/N' },
  'AWS::ECR::Repository': { name: 'RepositoryName', arn: 'ecr:R:A:repository/N' },
  'AWS::ECS::Cluster': { name: 'ClusterName', arn: 'ecs:R:A:cluster/N' },
  'AWS::ECS::Service': { name: 'ServiceName', arn: 'ecs:R:A:service/N', ref: 'arn' },
  'AWS::ECS::TaskDefinition': { name: 'Family', arn: 'ecs:R:A:task-definition/N', ref: 'arn' },
  'AWS::EFS::FileSystem': { arn: 'elasticfilesystem:R:A:file-system/N' },
  'AWS::ElastiCache::ReplicationGroup': {
    name: 'ReplicationGroupId',
    arn: 'elasticache:R:A:replicationgroup:N',
  },
  'AWS::ElastiCache::ServerlessCache': {
    name: 'ServerlessCacheName',
    arn: 'elasticache:R:A:serverlesscache:N',
  },
  'AWS::ElasticLoadBalancingV2::Listener': {
    arn: 'elasticloadbalancing:R:A:listener/app/N',
    ref: 'arn',
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    name: 'Name',
    arn: 'elasticloadbalancing:R:A:loadbalancer/app/N',
    ref: 'arn',
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    name: 'Name',
    arn: 'elasticloadbalancing:R:A:targetgroup/N',
    ref: 'arn',
  },
  'AWS::Events::EventBus': { name: 'Name', arn: 'events:R:A:event-bus/N' },
  'AWS::Events::Rule': { name: 'Name', arn: 'events:R:A:rule/N' },
  'AWS::IAM::Group': { name: 'GroupName', arn: 'iam::A:group/N' },
  'AWS::IAM::InstanceProfile': { name: 'InstanceProfileName', arn: 'iam::A:instance-profile/N' },
  'AWS::IAM::ManagedPolicy': { name: 'ManagedPolicyName', arn: 'iam::A:policy/N', ref: 'arn' },
  'AWS::IAM::Role': { name: 'RoleName', arn: 'iam::A:role/N' },
  'AWS::IAM::User': { name: 'UserName', arn: 'iam::A:user/N' },
  'AWS::Kinesis::Stream': { name: 'Name', arn: 'kinesis:R:A:stream/N' },
  'AWS::KinesisFirehose::DeliveryStream': {
    name: 'DeliveryStreamName',
    arn: 'firehose:R:A:deliverystream/N',
  },
  'AWS::KMS::Key': { arn: 'kms:R:A:key/N' },
  'AWS::Lambda::Alias': { arn: 'lambda:R:A:function:N', ref: 'arn' },
  'AWS::Lambda::Function': { name: 'FunctionName', arn: 'lambda:R:A:function:N' },
  'AWS::Lambda::LayerVersion': { arn: 'lambda:R:A:layer:N', ref: 'arn' },
  'AWS::Lambda::Version': { arn: 'lambda:R:A:function:N', ref: 'arn' },
  'AWS::Logs::LogGroup': { name: 'LogGroupName', arn: 'logs:R:A:log-group:N:*' },
  'AWS::MSK::Cluster': { name: 'ClusterName', arn: 'kafka:R:A:cluster/N/*', ref: 'arn' },
  'AWS::OpenSearchServerless::Collection': { arn: 'aoss:R:A:collection/N' },
  'AWS::OpenSearchService::Domain': { name: 'DomainName', arn: 'es:R:A:domain/N' },
  'AWS::RDS::DBCluster': { name: 'DBClusterIdentifier', arn: 'rds:R:A:cluster:N' },
  'AWS::RDS::DBInstance': { name: 'DBInstanceIdentifier', arn: 'rds:R:A:db:N' },
  'AWS::RDS::DBProxy': { name: 'DBProxyName', arn: 'rds:R:A:db-proxy:N' },
  'AWS::RDS::DBSubnetGroup': { name: 'DBSubnetGroupName', arn: 'rds:R:A:subgrp:N' },
  'AWS::S3::AccessPoint': { name: 'Name', arn: 's3:R:A:accesspoint/N' },
  'AWS::S3::Bucket': { name: 'BucketName', arn: 's3:::N' },
  'AWS::SageMaker::Endpoint': { name: 'EndpointName', arn: 'sagemaker:R:A:endpoint/N', ref: 'arn' },
  'AWS::SageMaker::EndpointConfig': {
    name: 'EndpointConfigName',
    arn: 'sagemaker:R:A:endpoint-config/N',
    ref: 'arn',
  },
  'AWS::SageMaker::Model': { name: 'ModelName', arn: 'sagemaker:R:A:model/N', ref: 'arn' },
  'AWS::Scheduler::Schedule': { name: 'Name', arn: 'scheduler:R:A:schedule/default/N' },
  'AWS::SecretsManager::Secret': { name: 'Name', arn: 'secretsmanager:R:A:secret:N', ref: 'arn' },
  'AWS::SNS::Topic': { name: 'TopicName', arn: 'sns:R:A:N', ref: 'arn' },
  'AWS::SQS::Queue': { name: 'QueueName', arn: 'sqs:R:A:N', ref: 'url' },
  'AWS::SSM::Parameter': { name: 'Name', arn: 'ssm:R:A:parameter/N' },
  'AWS::StepFunctions::StateMachine': {
    name: 'StateMachineName',
    arn: 'states:R:A:stateMachine:N',
    ref: 'arn',
  },
  'AWS::WAFv2::WebACL': { name: 'Name', arn: 'wafv2:R:A:regional/webacl/N' },
};

export interface Named {
  readonly type: string;
  /** `Stack/LogicalId`. */
  readonly id: string;
  /** As the template chooses it; undefined when AWS makes it up or it cannot be known. */
  readonly chosenName?: string;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
}

/** The property of a type that holds its name. */
export const nameProperty = (type: string): string | undefined => namings[type]?.name;

export const nameOf = ({ id, chosenName }: Named): string => chosenName ?? `{${id}}`;

export function arnOf(resource: Named): string {
  const service = resource.type.split('::')[1]?.toLowerCase() ?? 'unknown';
  const form = namings[resource.type]?.arn ?? `${service}:R:A:N`;
  const filled = form
    .replace(/\bR\b/, resource.region)
    .replace(/\bA\b/, resource.accountId)
    .replace(/\bN\b/, () => nameOf(resource).replace(/^\//, ''));
  return `arn:${resource.partition}:${filled}`;
}

export function refOf(resource: Named): string {
  const naming = namings[resource.type];
  if (naming?.ref === 'arn') return arnOf(resource);
  if (naming?.ref === 'url')
    return `https://sqs.${resource.region}.amazonaws.com/${resource.accountId}/${nameOf(resource)}`;
  return nameOf(resource);
}

/** Attributes that are lists. */
const lists = new Set([
  ...['CidrBlockAssociations', 'DnsEntries', 'Ipv6CidrBlocks', 'LoadBalancerArns', 'NameServers'],
  ...['NetworkInterfaceIds', 'SecurityGroups', 'Ipv6CidrBlockAssociations'],
]);

/** An attribute: ARNs in AWS's form, anything else a token that still says whose it is. */
export function attributeOf(resource: Named, attribute: string): Resolved {
  if (attribute === 'Arn' || attribute === `${resource.type.split('::')[2]}Arn`) return arnOf(resource);
  if (attribute === nameProperty(resource.type) || attribute === 'Ref') return nameOf(resource);
  if (resource.type === 'AWS::SQS::Queue' && attribute === 'QueueUrl') return refOf(resource);
  if (resource.type === 'AWS::DynamoDB::Table' && attribute === 'StreamArn')
    return `${arnOf(resource)}/stream/*`;
  if (lists.has(attribute)) return [`{${resource.id}}.${attribute}`];
  return `{${resource.id}}.${attribute}`;
}

/** `{Stack/LogicalId}` anywhere in a text. */
export const tokens = (text: string): string[] =>
  [...text.matchAll(/\{([A-Za-z0-9._-]+\/[A-Za-z0-9]+)\}/g)].map(([, id = '']) => id);
