/** The one list of pricers, by service: a new resource type is a pricer in the file of its service, and a line here. */
import { certificate } from './acm.ts';
import { athena, glue } from './analytics.ts';
import { apiMethod, apiRoute, apiStage, apiV2, functionUrl, restApi } from './api-gateway.ts';
import { graphApi } from './appsync.ts';
import { backupParts, backupPlan } from './backup.ts';
import { bedrock } from './bedrock.ts';
import { budget, budgetAction } from './budgets.ts';
import { customResource, nestedStack } from './cloudformation.ts';
import { cloudFrontParts, distribution, keyValueStore } from './cloudfront.ts';
import { trail } from './cloudtrail.ts';
import {
  alarm,
  canary,
  compositeAlarm,
  dashboard,
  insightRule,
  metricFilter,
  monitoringParts,
} from './cloudwatch.ts';
import { cognitoParts, userPool } from './cognito.ts';
import { configRecorder, configRule } from './config.ts';
import { dynamoTable } from './dynamodb.ts';
import { autoScalingGroup, instance, instanceParts, volume } from './ec2.ts';
import { registry } from './ecr.ts';
import { ecsCluster, ecsParts, ecsService } from './ecs.ts';
import { fileSystem } from './efs.ts';
import { eks } from './eks.ts';
import { cacheCluster, cacheParts, replicationGroup, serverlessCache } from './elasticache.ts';
import { classicLoadBalancer, loadBalancer, loadBalancerParts } from './elb.ts';
import { eventArchive, eventBus, eventParts, eventRule, pipe, schedule } from './eventbridge.ts';
import { guardDuty } from './guardduty.ts';
import { firehose, stream } from './kinesis.ts';
import { kmsAlias, kmsKey } from './kms.ts';
import { eventSource, lambdaConcurrency, lambdaFunction } from './lambda.ts';
import { logGroup } from './logs.ts';
import type { Pricer } from './model.ts';
import { withoutCharge } from './no-charge.ts';
import { searchCollection, searchDomain } from './opensearch.ts';
import { globalCluster, rdsCluster, rdsInstance, rdsParts, rdsProxy } from './rds.ts';
import { dnsParts, healthCheck, hostedZone } from './route53.ts';
import { s3Bucket } from './s3.ts';
import { sageMakerEndpoint, sageMakerParts } from './sagemaker.ts';
import { rotation, secret, secretParts } from './secrets-manager.ts';
import { mail } from './ses.ts';
import { snsSubscription, snsTopic, snsTopicPolicy } from './sns.ts';
import { sqsQueue } from './sqs.ts';
import { ssmParameter } from './ssm.ts';
import { stateMachine, stateMachineParts } from './step-functions.ts';
import { elasticIp, endpoint, flowLog, gateways, natGateway, networkParts } from './vpc.ts';
import { wafLogs, wafParts, wafRuleGroup, webAcl } from './waf.ts';

export const pricers: readonly Pricer[] = [
  certificate,
  glue,
  athena,
  apiMethod,
  apiRoute,
  restApi,
  apiV2,
  apiStage,
  functionUrl,
  graphApi,
  backupPlan,
  backupParts,
  bedrock,
  budget,
  budgetAction,
  nestedStack,
  customResource,
  distribution,
  cloudFrontParts,
  keyValueStore,
  trail,
  alarm,
  compositeAlarm,
  dashboard,
  metricFilter,
  canary,
  monitoringParts,
  insightRule,
  userPool,
  cognitoParts,
  configRecorder,
  configRule,
  dynamoTable,
  instance,
  autoScalingGroup,
  volume,
  instanceParts,
  registry,
  ecsService,
  ecsCluster,
  ecsParts,
  fileSystem,
  eks,
  cacheCluster,
  replicationGroup,
  serverlessCache,
  cacheParts,
  loadBalancer,
  classicLoadBalancer,
  loadBalancerParts,
  eventRule,
  eventBus,
  eventArchive,
  schedule,
  pipe,
  eventParts,
  guardDuty,
  stream,
  firehose,
  kmsKey,
  kmsAlias,
  lambdaFunction,
  lambdaConcurrency,
  eventSource,
  logGroup,
  searchCollection,
  searchDomain,
  rdsInstance,
  rdsCluster,
  rdsProxy,
  rdsParts,
  globalCluster,
  hostedZone,
  healthCheck,
  dnsParts,
  s3Bucket,
  sageMakerEndpoint,
  sageMakerParts,
  secret,
  secretParts,
  rotation,
  mail,
  snsTopic,
  snsSubscription,
  snsTopicPolicy,
  sqsQueue,
  ssmParameter,
  stateMachine,
  stateMachineParts,
  natGateway,
  elasticIp,
  endpoint,
  gateways,
  networkParts,
  flowLog,
  webAcl,
  wafRuleGroup,
  wafParts,
  wafLogs,
  ...withoutCharge,
];

const exact = new Map<string, Pricer>();
const beginning: { readonly start: string; readonly pricer: Pricer }[] = [];
for (const pricer of pricers)
  for (const type of pricer.types)
    if (type.endsWith('*')) beginning.push({ start: type.slice(0, -1), pricer });
    else if (!exact.has(type)) exact.set(type, pricer);

export const pricerOf = (type: string): Pricer | undefined =>
  exact.get(type) ?? beginning.find(({ start }) => type.startsWith(start))?.pricer;
