/**
 * Which way a request goes along a reference. Most resources name what they need; these are named by nothing and hang
 * on their owner through a property, so the way goes from the owner to them.
 */

/** Type → properties that name the owner. */
export const attachments: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGateway::Authorizer': ['RestApiId'],
  'AWS::ApiGateway::Deployment': ['RestApiId'],
  'AWS::ApiGateway::Method': ['RestApiId', 'ResourceId', 'AuthorizerId'],
  'AWS::ApiGateway::Resource': ['RestApiId', 'ParentId'],
  'AWS::ApiGateway::Stage': ['RestApiId', 'DeploymentId'],
  'AWS::ApiGatewayV2::Authorizer': ['ApiId'],
  'AWS::ApiGatewayV2::Integration': ['ApiId'],
  'AWS::ApiGatewayV2::Route': ['ApiId'],
  'AWS::ApiGatewayV2::Stage': ['ApiId'],
  'AWS::AppSync::DataSource': ['ApiId'],
  'AWS::AppSync::FunctionConfiguration': ['ApiId'],
  'AWS::AppSync::Resolver': ['ApiId'],
  'AWS::AppSync::ChannelNamespace': ['ApiId'],
  'AWS::AutoScaling::AutoScalingGroup': ['TargetGroupARNs', 'LoadBalancerNames'],
  'AWS::Cognito::UserPoolClient': ['UserPoolId'],
  'AWS::ECS::Service': ['LoadBalancers'],
  'AWS::EC2::Route': ['RouteTableId'],
  'AWS::EC2::SubnetRouteTableAssociation': ['SubnetId'],
  'AWS::EC2::VolumeAttachment': ['InstanceId'],
  'AWS::ElasticLoadBalancingV2::Listener': ['LoadBalancerArn'],
  'AWS::ElasticLoadBalancingV2::ListenerRule': ['ListenerArn'],
  'AWS::Events::Rule': ['EventBusName'],
  'AWS::IAM::ManagedPolicy': ['Roles', 'Users', 'Groups'],
  'AWS::IAM::Policy': ['Roles', 'Users', 'Groups'],
  'AWS::IAM::RolePolicy': ['RoleName'],
  'AWS::Lambda::EventSourceMapping': ['EventSourceArn'],
  'AWS::Pipes::Pipe': ['Source'],
  'AWS::RDS::DBProxyTargetGroup': ['DBProxyName'],
  'AWS::SNS::Subscription': ['TopicArn'],
  'AWS::Bedrock::AgentAlias': ['AgentId'],
  'AWS::Bedrock::DataSource': ['KnowledgeBaseId'],
  'Custom::S3BucketNotifications': ['BucketName'],
};

/** References that no user's request follows: permissions to be called, logs of logs, where failures are put. */
const soft =
  /\/(KeyPolicy|AssumeRolePolicyDocument|PermissionsBoundary|RepositoryPolicyText|ResourcePolicy|AccessPolicies|LoggingConfiguration|Logging|AccessLogSetting|AccessLogSettings|RedrivePolicy|RedriveAllowPolicy|DeadLetterConfig|DeadLetterQueue|DestinationConfig|OnFailure|LogConfiguration|LoggingConfig|ReplicationConfiguration|LoadBalancerAttributes|BackupPolicy|InventoryConfigurations|DependsOn|Metadata|Tags|SourceArn|SourceSecurityGroupId|DestinationSecurityGroupId|SecurityGroupIngress|SecurityGroupEgress)(\/|$)/;

/** Types that only permit, watch, count, group or deploy. */
const notFollowed =
  /^AWS::(Lambda::Permission|S3::BucketPolicy|SQS::QueuePolicy|SNS::TopicPolicy|CloudWatch::|ApplicationAutoScaling::|Budgets::|Backup::|Logs::|CDK::|KMS::Alias|CloudFront::ResponseHeadersPolicy|CodeBuild|CodePipeline|CodeDeploy|EC2::SecurityGroup|EC2::VPC$|EC2::InternetGateway|CloudFormation::|SecretsManager::(ResourcePolicy|RotationSchedule|SecretTargetAttachment))|^Custom::(?!S3BucketNotifications|AWSCDK-EKS)/;

export const isSoft = (path: string): boolean => soft.test(path);
export const isFollowed = (type: string): boolean => !notFollowed.test(type);
export const attachesBy = (type: string, path: string): boolean =>
  attachments[type]?.some((property) => path.startsWith(`/Properties/${property}`)) ?? false;
