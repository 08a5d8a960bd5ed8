/** Properties of each type that are refused for what they say, with a part of each refusal. */
/** An image of another registry is refused by itself. */
const localImage = '000000000000.dkr.ecr.us-east-1.amazonaws.com/web:1';

export interface Refused {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** A part of each refusal of this resource. */
  readonly says: readonly string[];
  /** What it refers to. */
  readonly others?: Readonly<Record<string, unknown>>;
}

const member = (
  type: string,
  properties: Readonly<Record<string, unknown>>,
  says: string | readonly string[],
  others?: Readonly<Record<string, unknown>>,
): Refused => ({
  type: `AWS::${type}`,
  properties,
  says: typeof says === 'string' ? [says] : says,
  ...(others ? { others } : {}),
});

const method = (properties: object, says: string | readonly string[]) =>
  member(
    'ApiGateway::Method',
    { RestApiId: 'api', ResourceId: 'root', HttpMethod: 'GET', AuthorizationType: 'NONE', ...properties },
    says,
  );

const network = {
  Net: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  Taken: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Net' }, CidrBlock: '10.0.0.0/24' } },
};

export const refused: readonly Refused[] = [
  method({ AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: 'a', HttpMethod: 'FETCH' }, [
    'the authorization type COGNITO_USER_POOLS',
    'Invalid HttpMethod specified',
  ]),
  method(
    {
      Integration: {
        Type: 'AWS',
        Uri: 'arn:aws:apigateway:us-east-1:kinesisvideo:action/CreateStream',
        IntegrationHttpMethod: 'POST',
        ConnectionType: 'VPC_LINK',
        RequestParameters: { 'integration.request.header.X': 'method.response.header.X' },
      },
    },
    [
      'VPC links',
      'AWS integrations with the service kinesisvideo',
      'Role ARN must be specified',
      'Invalid mapping expression specified: method.response.header.X',
    ],
  ),
  method(
    {
      Integration: {
        Type: 'MOCK',
        TimeoutInMillis: 100_000,
        RequestTemplates: { 'application/json': '$util.parseJson($x).call()' },
      },
    },
    ['Timeout should be between', 'the method call() in mapping templates'],
  ),
  member(
    'ApiGateway::Authorizer',
    { RestApiId: 'a', Name: 'pool', Type: 'COGNITO_USER_POOLS', IdentitySource: 'method.request.header.A' },
    'authorizers of the type COGNITO_USER_POOLS',
  ),
  member(
    'ApiGateway::Stage',
    { RestApiId: 'a', DeploymentId: 'd', StageName: 'a b', CacheClusterEnabled: true },
    ['caches of stages', 'Stage name only allows'],
  ),
  member(
    'ApiGateway::Stage',
    {
      RestApiId: 'a',
      DeploymentId: 'd',
      StageName: 'prod',
      MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', CachingEnabled: true }],
      AccessLogSetting: { DestinationArn: 'arn:aws:firehose:us-east-1:000000000000:deliverystream/x' },
    },
    ['caches of stages (caching/enabled)', 'access logs to arn:aws:firehose'],
  ),
  member(
    'ApiGateway::RestApi',
    {
      Name: 'api',
      EndpointConfiguration: { Types: ['PRIVATE'] },
      MinimumCompressionSize: 0,
      Policy: { Statement: 'x' },
    },
    ['private REST APIs', 'compression by API Gateway', 'Invalid policy document'],
  ),
  member(
    'ApiGateway::Deployment',
    { RestApiId: 'a', StageDescription: { TracingEnabled: true } },
    'StageDescription.TracingEnabled',
  ),
  member('ApiGateway::Model', { RestApiId: 'a', Name: 'a-b', Schema: 'no json' }, [
    'Model name must be alphanumeric',
    'Invalid model schema specified',
  ]),
  member('ApiGateway::Resource', { RestApiId: 'a', ParentId: 'p', PathPart: 'a/b' }, "Resource's path part"),
  member(
    'ApiGateway::GatewayResponse',
    { RestApiId: 'a', ResponseType: 'NO_SUCH' },
    'Invalid gateway response type',
  ),
  member(
    'ApiGateway::UsagePlan',
    { ApiStages: [{ ApiId: 'a', Stage: 's', Throttle: { '/x/GET': { RateLimit: 1 } } }] },
    'throttling per method of a usage plan',
  ),
  member('ApiGateway::ApiKey', { Value: 'short' }, 'API Key value should be at least 20'),
  member('SQS::Queue', { QueueName: 'a b', DelaySeconds: 1000, RedrivePolicy: { maxReceiveCount: 0 } }, [
    'Can only include alphanumeric',
    'Must be an integer between 0 and 900',
    'deadLetterTargetArn is missing',
  ]),
  member('SNS::Topic', { TopicName: 'a b' }, 'Invalid parameter: Topic Name'),
  member(
    'SNS::Subscription',
    { TopicArn: { Ref: 'Topic' }, Protocol: 'firehose', Endpoint: 'x' },
    'the SNS protocol firehose',
    {
      Topic: { Type: 'AWS::SNS::Topic' },
    },
  ),
  member(
    'Events::Rule',
    {
      ScheduleExpression: 'rate(5 moons)',
      EventPattern: { detail: { a: [{ nonsense: 1 }] } },
      Targets: [
        { Id: 'a', Arn: 'arn:aws:kinesis:us-east-1:000000000000:stream/x' },
        { Id: 'b', Arn: { 'Fn::GetAtt': ['TargetQueue', 'Arn'] }, InputPath: 'no path' },
        {
          Id: 'c',
          Arn: { 'Fn::GetAtt': ['TargetCluster', 'Arn'] },
          EcsParameters: { TaskDefinitionArn: 'x', PlacementStrategies: [{ Type: 'spread' }] },
        },
      ],
    },
    [
      'ScheduleExpression',
      'the operator nonsense',
      'the target arn:aws:kinesis:us-east-1:000000000000:stream/x',
      'Invalid JSONPath no path',
      'EcsParameters.PlacementStrategies of the target c',
    ],
    { TargetQueue: { Type: 'AWS::SQS::Queue' }, TargetCluster: { Type: 'AWS::ECS::Cluster' } },
  ),
  member(
    'Events::Rule',
    { EventBusName: 'mine', ScheduleExpression: 'rate(1 day)' },
    'ScheduleExpression is supported only on the default event bus',
  ),
  member('Events::EventBus', { Name: 'aws.partner/x/y' }, 'event buses of partners'),
  member(
    'Events::EventBusPolicy',
    { StatementId: 's', Statement: { Effect: 'Maybe', Principal: '*', Action: 'events:PutEvents' } },
    'Parameter Policy is not valid',
  ),
  member(
    'CloudWatch::Alarm',
    {
      MetricName: 'm',
      Namespace: 'n',
      Statistic: 'Sum',
      Period: 10,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold',
      EvaluateLowSampleCountPercentile: 'ignore',
      AlarmActions: ['arn:aws:automate:us-east-1:ec2:stop'],
      TreatMissingData: 'sometimes',
    },
    [
      'alarms with a period of 10 seconds',
      'the ComparisonOperator LessThanLowerOrGreaterThanUpperThreshold',
      'EvaluateLowSampleCountPercentile ignore',
      'the alarm action arn:aws:automate',
      'TreatMissingData sometimes',
    ],
  ),
  member('CloudWatch::CompositeAlarm', { AlarmRule: 'MAYBE' }, 'MAYBE'),
  member('CloudWatch::Dashboard', { DashboardName: 'a b', DashboardBody: 'no json' }, [
    'DashboardName is invalid',
  ]),
  member(
    'ECS::Service',
    {
      TaskDefinition: 'x',
      LaunchType: 'EC2',
      LoadBalancers: [{ ContainerName: 'web', ContainerPort: 80, TargetGroupArn: 'x' }],
      ServiceRegistries: [{ RegistryArn: 'x' }],
      SchedulingStrategy: 'DAEMON',
      DeploymentController: { Type: 'CODE_DEPLOY' },
      CapacityProviderStrategy: [{ CapacityProvider: 'mine' }],
    },
    [
      'loadBalancers of ecs:CreateService',
      'serviceRegistries of ecs:CreateService',
      'the launch type EC2',
      'the scheduling strategy DAEMON',
      'the deployment controller CODE_DEPLOY',
      'the capacity provider mine',
      'Network Configuration must be provided',
    ],
  ),
  member(
    'ECS::TaskDefinition',
    {
      NetworkMode: 'bridge',
      RequiresCompatibilities: ['EC2'],
      Volumes: [{ Name: 'v' }],
      RuntimePlatform: { OperatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' },
      ContainerDefinitions: [
        {
          Name: 'web',
          Image: localImage,
          MountPoints: [{ SourceVolume: 'v' }],
          LogConfiguration: { LogDriver: 'splunk' },
        },
        { Name: 'web', Image: localImage, StopTimeout: 1 },
      ],
    },
    [
      'the network mode bridge',
      'task definitions for EC2',
      'volumes of a task definition',
      'the operating system family WINDOWS_SERVER_2022_CORE',
      "Fargate requires that 'cpu' be defined",
      'mountPoints of the container web',
      'the log driver splunk of the container web',
      'Container names should be unique',
      'Invalid stopTimeout value 1',
    ],
  ),
  member(
    'ECS::Cluster',
    { ClusterSettings: [{ Name: 'containerInsights', Value: 'enabled' }], CapacityProviders: ['mine'] },
    ['Container Insights', 'the capacity provider mine'],
  ),
  member(
    'Lambda::Function',
    {
      PackageType: 'Image',
      Code: { ImageUri: 'x' },
      Role: 'arn:aws:iam::000000000000:role/x',
      Timeout: 1000,
      SnapStart: { ApplyOn: 'PublishedVersions' },
      FileSystemConfigs: [{ Arn: 'x', LocalMountPath: '/mnt/x' }],
      Layers: ['arn:aws:lambda:us-east-1:580247275435:layer:LambdaInsightsExtension:21'],
      DeadLetterConfig: { TargetArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/x' },
      Environment: { Variables: { AWS_REGION: 'x' } },
    },
    [
      "Please don't provide Handler or Runtime or Layer",
      'Source image x is not valid',
      "'timeout' failed to satisfy constraint",
      'does not support SnapStart',
      'file systems of functions',
      'layers of another account',
      'the destination arn:aws:kinesis',
      'reserved keys',
    ],
  ),
  member(
    'Lambda::EventSourceMapping',
    { FunctionName: 'f', EventSourceArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/x' },
    'the event source arn:aws:kinesis',
  ),
  member(
    'Lambda::EventInvokeConfig',
    {
      FunctionName: 'f',
      Qualifier: '$LATEST',
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::x' } },
    },
    'the destination arn:aws:s3:::x',
  ),
  member(
    'Lambda::Alias',
    { FunctionName: 'f', FunctionVersion: '1', Name: '123' },
    'is not a name for an alias',
  ),
  member('Logs::LogGroup', { LogGroupName: 'a b', RetentionInDays: 2 }, [
    "'a b' at 'logGroupName'",
    'retentionInDays must be one of',
  ]),
  member(
    'Logs::MetricFilter',
    {
      LogGroupName: 'g',
      FilterPattern: '[ip, user]',
      MetricTransformations: [{ MetricName: 'm', MetricNamespace: 'AWS/x', MetricValue: 'one' }],
    },
    ['the space-delimited filter pattern', 'must not begin with AWS/', 'metricValue must be a number'],
  ),
  member(
    'SSM::Parameter',
    {
      Type: 'String',
      Name: '/aws/x',
      Value: 'v',
      Tier: 'Advanced',
      DataType: 'aws:ec2:image',
      AllowedPattern: 'x',
    },
    ['the Tier Advanced', 'the DataType aws:ec2:image', "can't be prefixed", "doesn't match the pattern"],
  ),
  member(
    'ApplicationAutoScaling::ScalableTarget',
    {
      ServiceNamespace: 'dynamodb',
      ScalableDimension: 'dynamodb:table:ReadCapacityUnits',
      ResourceId: 'table/x',
      MinCapacity: 2,
      MaxCapacity: 1,
    },
    ['scaling of the service namespace dynamodb', 'Maximum capacity cannot be less'],
  ),
  member(
    'ApplicationAutoScaling::ScalingPolicy',
    {
      PolicyName: 'p',
      PolicyType: 'PredictiveScaling',
      ScalingTargetId: 'service/a/b|ecs:service:DesiredCount|ecs',
    },
    'the policy type PredictiveScaling',
  ),
  member('EC2::VPC', { CidrBlock: '10.0.0.0/8' }, "The CIDR '10.0.0.0/8' is invalid"),
  member('EC2::VPC', { CidrBlock: '10.0.0/16' }, 'This is not a valid CIDR block'),
  member(
    'EC2::Subnet',
    { VpcId: { Ref: 'Net' }, CidrBlock: '10.1.0.0/24' },
    "The CIDR '10.1.0.0/24' is invalid",
    network,
  ),
  member(
    'EC2::Subnet',
    { VpcId: { Ref: 'Net' }, CidrBlock: '10.0.0.0/29' },
    "The CIDR '10.0.0.0/29' is invalid",
    network,
  ),
  member(
    'EC2::Subnet',
    { VpcId: { Ref: 'Net' }, CidrBlock: '10.0.0.0/25' },
    'conflicts with another subnet',
    network,
  ),
  member(
    'EC2::Subnet',
    { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', AvailabilityZone: 'eu-west-9a' },
    'availabilityZone is invalid',
  ),
  member(
    'EC2::Route',
    { RouteTableId: 'rtb-1', DestinationCidrBlock: '0.0.0.0/0' },
    'exactly one of carrierGatewayId',
  ),
  member(
    'EC2::Route',
    { RouteTableId: 'rtb-1', GatewayId: 'igw-1', DestinationCidrBlock: 'everything' },
    'The CIDR block everything is malformed',
  ),
  member('EC2::SecurityGroup', { GroupDescription: 'ÄÖ', VpcId: 'vpc-1' }, 'Character sets beyond ASCII'),
  member('EC2::SecurityGroup', { GroupDescription: 'x', GroupName: 'sg-x' }, 'may not be in the format sg-*'),
  member(
    'EC2::SecurityGroup',
    { GroupDescription: 'x', SecurityGroupIngress: [{ IpProtocol: 'tcp', CidrIp: '0.0.0.0/0' }] },
    'Must specify both from and to ports',
  ),
  member(
    'EC2::SecurityGroup',
    { GroupDescription: 'x', SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '10.0.0.0/33' }] },
    'CIDR block 10.0.0.0/33 is malformed',
  ),
  member(
    'EC2::SecurityGroupIngress',
    { GroupId: 'sg-1', IpProtocol: 'tcp', FromPort: 80, ToPort: 22, CidrIp: '0.0.0.0/0' },
    'Invalid TCP/UDP port range (80:22)',
  ),
  member(
    'EC2::SecurityGroupIngress',
    { GroupId: 'sg-1', IpProtocol: 'tcp', FromPort: 80, ToPort: 80 },
    'Exactly one of CidrIp',
  ),
  member('EC2::NatGateway', { SubnetId: 'subnet-1' }, 'must contain the parameter allocationId'),
  member('EC2::VPCGatewayAttachment', { VpcId: 'vpc-1' }, 'Either InternetGatewayId or VpnGatewayId'),
  member(
    'EC2::VPCEndpoint',
    { VpcId: 'vpc-1', ServiceName: 'com.amazonaws.us-east-1.s3', SubnetIds: ['subnet-1'] },
    'SubnetIds cannot be used with an endpoint of the type Gateway',
  ),
  member(
    'EC2::FlowLog',
    {
      ResourceId: 'vpc-1',
      ResourceType: 'Planet',
      TrafficType: 'ALL',
      LogGroupName: 'g',
      DeliverLogsPermissionArn: 'x',
    },
    '#/ResourceType: failed validation constraint for keyword [enum]',
  ),
  member(
    'CloudFront::Distribution',
    {
      DistributionConfig: {
        Enabled: true,
        Staging: true,
        Restrictions: { GeoRestriction: { RestrictionType: 'whitelist', Locations: ['CH'] } },
        Origins: [
          {
            Id: 'site',
            DomainName: 'site.s3.amazonaws.com',
            S3OriginConfig: { OriginAccessIdentity: 'origin-access-identity/cloudfront/E1' },
          },
        ],
        DefaultCacheBehavior: {
          TargetOriginId: 'site',
          ViewerProtocolPolicy: 'allow-all',
          CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
          LambdaFunctionAssociations: [{ EventType: 'viewer-request', LambdaFunctionARN: 'x' }],
        },
      },
    },
    [
      'continuous deployment (Staging)',
      'the geo restriction whitelist',
      'origin access identities',
      'Lambda@Edge (LambdaFunctionAssociations) in a cache behavior',
    ],
  ),
  member(
    'CloudFront::OriginAccessControl',
    {
      OriginAccessControlConfig: {
        Name: 'a',
        OriginAccessControlOriginType: 'lambda',
        SigningBehavior: 'always',
        SigningProtocol: 'sigv4',
      },
    },
    'origin access controls of the type lambda',
  ),
  member('S3::Bucket', { AccessControl: 'PublicRead' }, 'AccessControl PublicRead'),
  member(
    'S3::Bucket',
    {
      BucketName: 'Upper',
      NotificationConfiguration: {
        QueueConfigurations: [
          { Event: 's3:ReducedRedundancyLostObject', Queue: 'arn:aws:sqs:us-east-1:000000000000:q' },
        ],
      },
    },
    ['The specified bucket is not valid', 'the event s3:ReducedRedundancyLostObject'],
  ),
  member(
    'ECR::Repository',
    { ImageTagMutability: 'IMMUTABLE_WITH_EXCLUSION', EncryptionConfiguration: { EncryptionType: 'KMS' } },
    ['the imageTagMutability IMMUTABLE_WITH_EXCLUSION', 'the encryptionType KMS'],
  ),
  member(
    'DynamoDB::Table',
    {
      AttributeDefinitions: [{ AttributeName: 'a', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'b', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    },
    'not defined in AttributeDefinitions',
  ),
  member(
    'IAM::Role',
    {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
      },
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/NoSuchPolicyOfAws'],
      Policies: [{ PolicyName: 'a b', PolicyDocument: { Statement: [{ Effect: 'Maybe' }] } }],
    },
    ['NoSuchPolicyOfAws', 'value for policyName is invalid', 'Syntax errors in policy'],
  ),
  member(
    'StepFunctions::StateMachine',
    {
      RoleArn: 'arn:aws:iam::000000000000:role/x',
      EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: 'k' },
      DefinitionString: JSON.stringify({
        StartAt: 'Query',
        States: {
          Query: { Type: 'Task', Resource: 'arn:aws:states:::athena:startQueryExecution.sync', Next: 'See' },
          See: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:rekognition:detectLabels', Next: 'Ask' },
          Ask: { Type: 'Task', Resource: 'arn:aws:states:::http:invoke', Next: 'Purge' },
          Purge: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:sqs:cancelEverything', Next: 'Each' },
          Each: {
            Type: 'Map',
            ItemReader: {
              Resource: 'arn:aws:states:::s3:getObject',
              ReaderConfig: { InputType: 'PARQUET' },
              Parameters: { Bucket: 'b', Key: 'k' },
            },
            ItemProcessor: {
              ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
              StartAt: 'One',
              States: { One: { Type: 'Pass', End: true } },
            },
            End: true,
          },
        },
      }),
    },
    [
      "the encryption of a state machine with a customer's key",
      'the Step Functions integration athena:startQueryExecution.sync of the state Query',
      'the AWS SDK integration rekognition:detectLabels of the state See',
      'the Step Functions integration http:invoke of the state Ask',
      'the AWS SDK integration sqs:cancelEverything of the state Purge',
      'the InputType PARQUET of the Map state Each',
    ],
  ),
  member(
    'StepFunctions::StateMachine',
    {
      RoleArn: 'arn:aws:iam::000000000000:role/x',
      Definition: { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' } } },
    },
    "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next",
  ),
];
