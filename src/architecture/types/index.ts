/** Every type that Slipway knows more of than AWS's schema says: one file each, and a line here. */

import { amazonmqBroker } from './amazonmq-broker.ts';
import { amplifyApp } from './amplify-app.ts';
import { apigatewayAuthorizer } from './apigateway-authorizer.ts';
import { apigatewayDeployment } from './apigateway-deployment.ts';
import { apigatewayMethod } from './apigateway-method.ts';
import { apigatewayResource } from './apigateway-resource.ts';
import { apigatewayRestApi } from './apigateway-rest-api.ts';
import { apigatewayStage } from './apigateway-stage.ts';
import { apigatewayVpcLink } from './apigateway-vpc-link.ts';
import { apigatewayv2Api } from './apigatewayv2-api.ts';
import { apigatewayv2Authorizer } from './apigatewayv2-authorizer.ts';
import { apigatewayv2Integration } from './apigatewayv2-integration.ts';
import { apigatewayv2Route } from './apigatewayv2-route.ts';
import { apigatewayv2Stage } from './apigatewayv2-stage.ts';
import { applicationautoscalingScalableTarget } from './applicationautoscaling-scalable-target.ts';
import { applicationautoscalingScalingPolicy } from './applicationautoscaling-scaling-policy.ts';
import { apprunnerService } from './apprunner-service.ts';
import { appsyncApi } from './appsync-api.ts';
import { appsyncChannelNamespace } from './appsync-channel-namespace.ts';
import { appsyncDataSource } from './appsync-data-source.ts';
import { appsyncFunctionConfiguration } from './appsync-function-configuration.ts';
import { appsyncGraphqlApi } from './appsync-graphql-api.ts';
import { appsyncResolver } from './appsync-resolver.ts';
import { athenaWorkGroup } from './athena-work-group.ts';
import { autoscalingAutoScalingGroup } from './autoscaling-auto-scaling-group.ts';
import { autoscalingLaunchConfiguration } from './autoscaling-launch-configuration.ts';
import { autoscalingScalingPolicy } from './autoscaling-scaling-policy.ts';
import { backupBackupVault } from './backup-backup-vault.ts';
import { batchJobDefinition } from './batch-job-definition.ts';
import { batchJobQueue } from './batch-job-queue.ts';
import { bedrockAgent } from './bedrock-agent.ts';
import { bedrockAgentAlias } from './bedrock-agent-alias.ts';
import { bedrockDataSource } from './bedrock-data-source.ts';
import { bedrockKnowledgeBase } from './bedrock-knowledge-base.ts';
import { budgetsBudget } from './budgets-budget.ts';
import { cdkMetadata } from './cdk-metadata.ts';
import { certificatemanagerCertificate } from './certificatemanager-certificate.ts';
import { cloudformationCustomResource } from './cloudformation-custom-resource.ts';
import { cloudformationWaitCondition } from './cloudformation-wait-condition.ts';
import { cloudformationWaitConditionHandle } from './cloudformation-wait-condition-handle.ts';
import { cloudfrontDistribution } from './cloudfront-distribution.ts';
import { cloudfrontVpcOrigin } from './cloudfront-vpc-origin.ts';
import { cloudtrailTrail } from './cloudtrail-trail.ts';
import { cloudwatchAlarm } from './cloudwatch-alarm.ts';
import { codebuildProject } from './codebuild-project.ts';
import { codedeployDeploymentGroup } from './codedeploy-deployment-group.ts';
import { codepipelinePipeline } from './codepipeline-pipeline.ts';
import { cognitoUserPool } from './cognito-user-pool.ts';
import { cognitoUserPoolClient } from './cognito-user-pool-client.ts';
import { configConfigRule } from './config-config-rule.ts';
import { customS3BucketNotifications } from './custom-s3-bucket-notifications.ts';
import { docdbDbCluster } from './docdb-db-cluster.ts';
import { docdbDbInstance } from './docdb-db-instance.ts';
import { dynamodbGlobalTable } from './dynamodb-global-table.ts';
import { dynamodbTable } from './dynamodb-table.ts';
import { ec2FlowLog } from './ec2-flow-log.ts';
import { ec2Instance } from './ec2-instance.ts';
import { ec2LaunchTemplate } from './ec2-launch-template.ts';
import { ec2NatGateway } from './ec2-nat-gateway.ts';
import { ec2Route } from './ec2-route.ts';
import { ec2SecurityGroup } from './ec2-security-group.ts';
import { ec2Subnet } from './ec2-subnet.ts';
import { ec2SubnetRouteTableAssociation } from './ec2-subnet-route-table-association.ts';
import { ec2Volume } from './ec2-volume.ts';
import { ec2VolumeAttachment } from './ec2-volume-attachment.ts';
import { ec2Vpc } from './ec2-vpc.ts';
import { ecrRepository } from './ecr-repository.ts';
import { ecsCapacityProvider } from './ecs-capacity-provider.ts';
import { ecsCluster } from './ecs-cluster.ts';
import { ecsService } from './ecs-service.ts';
import { ecsTaskDefinition } from './ecs-task-definition.ts';
import { efsFileSystem } from './efs-file-system.ts';
import { efsMountTarget } from './efs-mount-target.ts';
import { eksCluster } from './eks-cluster.ts';
import { elasticacheCacheCluster } from './elasticache-cache-cluster.ts';
import { elasticacheReplicationGroup } from './elasticache-replication-group.ts';
import { elasticacheServerlessCache } from './elasticache-serverless-cache.ts';
import { elasticloadbalancingLoadBalancer } from './elasticloadbalancing-load-balancer.ts';
import { elasticloadbalancingv2Listener } from './elasticloadbalancingv2-listener.ts';
import { elasticloadbalancingv2ListenerRule } from './elasticloadbalancingv2-listener-rule.ts';
import { elasticloadbalancingv2LoadBalancer } from './elasticloadbalancingv2-load-balancer.ts';
import { elasticloadbalancingv2TargetGroup } from './elasticloadbalancingv2-target-group.ts';
import { elasticsearchDomain } from './elasticsearch-domain.ts';
import { eventsEventBus } from './events-event-bus.ts';
import { eventsRule } from './events-rule.ts';
import type { TypeFacts } from './facts.ts';
import { fsxFileSystem } from './fsx-file-system.ts';
import { glueJob } from './glue-job.ts';
import { iamGroup } from './iam-group.ts';
import { iamInstanceProfile } from './iam-instance-profile.ts';
import { iamManagedPolicy } from './iam-managed-policy.ts';
import { iamPolicy } from './iam-policy.ts';
import { iamRole } from './iam-role.ts';
import { iamRolePolicy } from './iam-role-policy.ts';
import { iamUser } from './iam-user.ts';
import { iotTopicRule } from './iot-topic-rule.ts';
import { kinesisResourcePolicy } from './kinesis-resource-policy.ts';
import { kinesisStream } from './kinesis-stream.ts';
import { kinesisfirehoseDeliveryStream } from './kinesisfirehose-delivery-stream.ts';
import { kmsAlias } from './kms-alias.ts';
import { kmsKey } from './kms-key.ts';
import { lambdaAlias } from './lambda-alias.ts';
import { lambdaEventInvokeConfig } from './lambda-event-invoke-config.ts';
import { lambdaEventSourceMapping } from './lambda-event-source-mapping.ts';
import { lambdaFunction } from './lambda-function.ts';
import { lambdaLayerVersion } from './lambda-layer-version.ts';
import { lambdaUrl } from './lambda-url.ts';
import { lambdaVersion } from './lambda-version.ts';
import { logsLogGroup } from './logs-log-group.ts';
import { logsSubscriptionFilter } from './logs-subscription-filter.ts';
import { mskCluster } from './msk-cluster.ts';
import { mskServerlessCluster } from './msk-serverless-cluster.ts';
import { neptuneDbCluster } from './neptune-db-cluster.ts';
import { neptuneDbInstance } from './neptune-db-instance.ts';
import { opensearchserverlessCollection } from './opensearchserverless-collection.ts';
import { opensearchserviceDomain } from './opensearchservice-domain.ts';
import { pipesPipe } from './pipes-pipe.ts';
import { rdsDbCluster } from './rds-db-cluster.ts';
import { rdsDbInstance } from './rds-db-instance.ts';
import { rdsDbProxy } from './rds-db-proxy.ts';
import { rdsDbProxyTargetGroup } from './rds-db-proxy-target-group.ts';
import { rdsDbSubnetGroup } from './rds-db-subnet-group.ts';
import { redshiftCluster } from './redshift-cluster.ts';
import { route53HostedZone } from './route53-hosted-zone.ts';
import { s3AccessPoint } from './s3-access-point.ts';
import { s3Bucket } from './s3-bucket.ts';
import { s3BucketPolicy } from './s3-bucket-policy.ts';
import { s3vectorsVectorBucket } from './s3vectors-vector-bucket.ts';
import { sagemakerEndpoint } from './sagemaker-endpoint.ts';
import { sagemakerEndpointConfig } from './sagemaker-endpoint-config.ts';
import { sagemakerModel } from './sagemaker-model.ts';
import { schedulerSchedule } from './scheduler-schedule.ts';
import { secretsmanagerResourcePolicy } from './secretsmanager-resource-policy.ts';
import { secretsmanagerRotationSchedule } from './secretsmanager-rotation-schedule.ts';
import { secretsmanagerSecret } from './secretsmanager-secret.ts';
import { secretsmanagerSecretTargetAttachment } from './secretsmanager-secret-target-attachment.ts';
import { serverlessApi } from './serverless-api.ts';
import { serverlessFunction } from './serverless-function.ts';
import { serverlessHttpApi } from './serverless-http-api.ts';
import { servicediscoveryService } from './servicediscovery-service.ts';
import { snsSubscription } from './sns-subscription.ts';
import { snsTopic } from './sns-topic.ts';
import { snsTopicInlinePolicy } from './sns-topic-inline-policy.ts';
import { snsTopicPolicy } from './sns-topic-policy.ts';
import { sqsQueue } from './sqs-queue.ts';
import { sqsQueueInlinePolicy } from './sqs-queue-inline-policy.ts';
import { sqsQueuePolicy } from './sqs-queue-policy.ts';
import { ssmParameter } from './ssm-parameter.ts';
import { stepfunctionsStateMachine } from './stepfunctions-state-machine.ts';
import { syntheticsCanary } from './synthetics-canary.ts';
import { wafv2WebAcl } from './wafv2-web-acl.ts';
import { wafv2WebAclAssociation } from './wafv2-web-acl-association.ts';

const types: readonly TypeFacts[] = [
  amazonmqBroker,
  amplifyApp,
  apigatewayAuthorizer,
  apigatewayDeployment,
  apigatewayMethod,
  apigatewayResource,
  apigatewayRestApi,
  apigatewayStage,
  apigatewayVpcLink,
  apigatewayv2Api,
  apigatewayv2Authorizer,
  apigatewayv2Integration,
  apigatewayv2Route,
  apigatewayv2Stage,
  applicationautoscalingScalableTarget,
  applicationautoscalingScalingPolicy,
  apprunnerService,
  appsyncApi,
  appsyncChannelNamespace,
  appsyncDataSource,
  appsyncFunctionConfiguration,
  appsyncGraphqlApi,
  appsyncResolver,
  athenaWorkGroup,
  autoscalingAutoScalingGroup,
  autoscalingLaunchConfiguration,
  autoscalingScalingPolicy,
  backupBackupVault,
  batchJobDefinition,
  batchJobQueue,
  bedrockAgent,
  bedrockAgentAlias,
  bedrockDataSource,
  bedrockKnowledgeBase,
  cdkMetadata,
  certificatemanagerCertificate,
  cloudformationCustomResource,
  cloudformationWaitCondition,
  cloudformationWaitConditionHandle,
  cloudfrontDistribution,
  cloudfrontVpcOrigin,
  cloudtrailTrail,
  cloudwatchAlarm,
  codebuildProject,
  codepipelinePipeline,
  cognitoUserPool,
  cognitoUserPoolClient,
  docdbDbCluster,
  docdbDbInstance,
  dynamodbGlobalTable,
  dynamodbTable,
  ec2Instance,
  ec2LaunchTemplate,
  ec2NatGateway,
  ec2Route,
  ec2SecurityGroup,
  ec2Subnet,
  ec2SubnetRouteTableAssociation,
  ec2Vpc,
  ec2Volume,
  ec2VolumeAttachment,
  ecrRepository,
  ecsCluster,
  ecsService,
  ecsTaskDefinition,
  efsFileSystem,
  efsMountTarget,
  eksCluster,
  elasticacheCacheCluster,
  elasticacheReplicationGroup,
  elasticacheServerlessCache,
  elasticloadbalancingLoadBalancer,
  elasticloadbalancingv2Listener,
  elasticloadbalancingv2ListenerRule,
  elasticloadbalancingv2LoadBalancer,
  elasticloadbalancingv2TargetGroup,
  elasticsearchDomain,
  eventsEventBus,
  eventsRule,
  fsxFileSystem,
  glueJob,
  iamGroup,
  iamInstanceProfile,
  iamManagedPolicy,
  iamPolicy,
  iamRole,
  iamRolePolicy,
  iamUser,
  iotTopicRule,
  kmsAlias,
  kmsKey,
  kinesisResourcePolicy,
  kinesisStream,
  kinesisfirehoseDeliveryStream,
  lambdaAlias,
  lambdaEventInvokeConfig,
  lambdaEventSourceMapping,
  lambdaFunction,
  lambdaLayerVersion,
  lambdaUrl,
  lambdaVersion,
  logsLogGroup,
  logsSubscriptionFilter,
  mskCluster,
  mskServerlessCluster,
  neptuneDbCluster,
  neptuneDbInstance,
  opensearchserverlessCollection,
  opensearchserviceDomain,
  pipesPipe,
  rdsDbCluster,
  rdsDbInstance,
  rdsDbProxy,
  rdsDbProxyTargetGroup,
  rdsDbSubnetGroup,
  redshiftCluster,
  route53HostedZone,
  s3AccessPoint,
  s3Bucket,
  s3BucketPolicy,
  s3vectorsVectorBucket,
  servicediscoveryService,
  snsSubscription,
  snsTopic,
  snsTopicInlinePolicy,
  snsTopicPolicy,
  sqsQueue,
  sqsQueueInlinePolicy,
  sqsQueuePolicy,
  ssmParameter,
  sagemakerEndpoint,
  sagemakerEndpointConfig,
  sagemakerModel,
  schedulerSchedule,
  secretsmanagerResourcePolicy,
  secretsmanagerRotationSchedule,
  secretsmanagerSecret,
  secretsmanagerSecretTargetAttachment,
  serverlessApi,
  serverlessFunction,
  serverlessHttpApi,
  stepfunctionsStateMachine,
  syntheticsCanary,
  ec2FlowLog,
  wafv2WebAclAssociation,
  ecsCapacityProvider,
  wafv2WebAcl,
  budgetsBudget,
  codedeployDeploymentGroup,
  configConfigRule,
  customS3BucketNotifications,
];

export const factsByType: ReadonlyMap<string, TypeFacts> = new Map(types.map((facts) => [facts.type, facts]));
