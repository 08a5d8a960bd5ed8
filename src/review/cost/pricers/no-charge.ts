/** Types that AWS does not charge for, each with where AWS says so. */
import { freeOfCharge, type Pricer } from './model.ts';

interface Free {
  readonly types: readonly string[];
  readonly why: string;
  readonly source: string;
}

const free: readonly Free[] = [
  {
    types: ['AWS::IAM::*'],
    why: 'IAM is offered at no charge',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/introduction.html',
  },
  {
    types: [
      'AWS::Lambda::Permission',
      'AWS::Lambda::LayerVersion',
      'AWS::Lambda::LayerVersionPermission',
      'AWS::Lambda::EventInvokeConfig',
      'AWS::Lambda::CodeSigningConfig',
    ],
    why: 'only calls and their duration are paid',
    source: 'https://aws.amazon.com/lambda/pricing/',
  },
  {
    types: [
      'AWS::ApiGateway::Account',
      'AWS::ApiGateway::ApiKey',
      'AWS::ApiGateway::Authorizer',
      'AWS::ApiGateway::BasePathMapping',
      'AWS::ApiGateway::Deployment',
      'AWS::ApiGateway::DocumentationPart',
      'AWS::ApiGateway::DomainName',
      'AWS::ApiGateway::GatewayResponse',
      'AWS::ApiGateway::Model',
      'AWS::ApiGateway::RequestValidator',
      'AWS::ApiGateway::Resource',
      'AWS::ApiGateway::UsagePlan',
      'AWS::ApiGateway::UsagePlanKey',
      'AWS::ApiGatewayV2::ApiMapping',
      'AWS::ApiGatewayV2::Authorizer',
      'AWS::ApiGatewayV2::Deployment',
      'AWS::ApiGatewayV2::DomainName',
      'AWS::ApiGatewayV2::Integration',
      'AWS::ApiGatewayV2::IntegrationResponse',
      'AWS::ApiGatewayV2::Model',
      'AWS::ApiGatewayV2::RouteResponse',
    ],
    why: 'only calls, caches and transfer are paid',
    source: 'https://aws.amazon.com/api-gateway/pricing/',
  },
  {
    types: [
      'AWS::S3::BucketPolicy',
      'AWS::S3::AccessPoint',
      'AWS::SQS::QueuePolicy',
      'AWS::SQS::QueueInlinePolicy',
      'AWS::ECR::RepositoryPolicy',
      'AWS::ECR::RegistryPolicy',
      'AWS::ECR::PullThroughCacheRule',
    ],
    why: 'policies cost nothing',
    source: 'https://aws.amazon.com/s3/pricing/',
  },
  {
    types: [
      'AWS::CloudFormation::WaitCondition',
      'AWS::CloudFormation::WaitConditionHandle',
      'AWS::CloudFormation::Macro',
      'AWS::CDK::Metadata',
    ],
    why: 'AWS’s own resource types cost nothing to deploy',
    source: 'https://aws.amazon.com/cloudformation/pricing/',
  },
  {
    types: [
      'AWS::OpenSearchServerless::SecurityPolicy',
      'AWS::OpenSearchServerless::AccessPolicy',
      'AWS::OpenSearchServerless::LifecyclePolicy',
      'AWS::OpenSearchServerless::VpcEndpoint',
    ],
    why: 'policies of a collection cost nothing',
    source: 'https://aws.amazon.com/opensearch-service/pricing/',
  },
  {
    types: [
      'AWS::AppSync::DataSource',
      'AWS::AppSync::Resolver',
      'AWS::AppSync::FunctionConfiguration',
      'AWS::AppSync::GraphQLSchema',
      'AWS::AppSync::ApiKey',
      'AWS::AppSync::ChannelNamespace',
      'AWS::AppSync::DomainName',
      'AWS::AppSync::DomainNameApiAssociation',
    ],
    why: 'counted with the API',
    source: 'https://aws.amazon.com/appsync/pricing/',
  },
  {
    types: [
      'AWS::Glue::Database',
      'AWS::Glue::Table',
      'AWS::Glue::Partition',
      'AWS::Glue::Connection',
      'AWS::Athena::NamedQuery',
    ],
    why: 'the first million objects of the catalogue cost nothing',
    source: 'https://aws.amazon.com/glue/pricing/',
  },
  {
    types: ['AWS::CodeDeploy::*'],
    why: 'deployments to Lambda, ECS and EC2 cost nothing',
    source: 'https://aws.amazon.com/codedeploy/pricing/',
  },
  {
    types: [
      'AWS::Config::DeliveryChannel',
      'AWS::Config::AggregationAuthorization',
      'AWS::EFS::MountTarget',
      'AWS::EFS::AccessPoint',
      'AWS::ServiceDiscovery::HttpNamespace',
      'AWS::ResourceGroups::Group',
      'AWS::SSM::Document',
      'AWS::SSM::Association',
      'AWS::ServiceCatalogAppRegistry::*',
      'AWS::Chatbot::*',
    ],
    why: 'configuration costs nothing by itself',
    source: 'https://aws.amazon.com/pricing/',
  },
];

export const withoutCharge: readonly Pricer[] = free.map(({ types, why, source }) => ({
  types,
  items: () => [freeOfCharge(why, source)],
}));
