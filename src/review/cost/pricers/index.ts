/** The one list of pricers: a new resource type is a file beside this one, or an entry in it, and a line here. */
import * as apis from './api-gateway.ts';
import * as cloudFront from './cloudfront.ts';
import * as database from './database.ts';
import { dynamoTable } from './dynamodb.ts';
import * as ec2 from './ec2.ts';
import * as ecs from './ecs.ts';
import * as elb from './elb.ts';
import * as events from './events.ts';
import * as lambda from './lambda.ts';
import { logGroup } from './logs.ts';
import * as learning from './machine-learning.ts';
import type { Pricer } from './model.ts';
import * as monitoring from './monitoring.ts';
import * as network from './network.ts';
import * as others from './others.ts';
import { s3Bucket } from './s3.ts';
import * as secrets from './secrets.ts';
import * as security from './security.ts';
import { snsSubscription, snsTopic, snsTopicPolicy } from './sns.ts';
import { sqsQueue } from './sqs.ts';
import { withoutCharge } from './without-charge.ts';

export const pricers: readonly Pricer[] = [
  apis.restApi,
  apis.apiV2,
  apis.apiMethod,
  apis.apiRoute,
  apis.apiStage,
  apis.functionUrl,
  lambda.lambdaFunction,
  lambda.lambdaConcurrency,
  lambda.eventSource,
  logGroup,
  sqsQueue,
  snsTopic,
  snsSubscription,
  snsTopicPolicy,
  dynamoTable,
  s3Bucket,
  cloudFront.distribution,
  cloudFront.cloudFrontParts,
  cloudFront.keyValueStore,
  ecs.ecsService,
  ecs.ecsCluster,
  ecs.ecsParts,
  ec2.instance,
  ec2.autoScalingGroup,
  ec2.volume,
  ec2.instanceParts,
  ec2.eks,
  elb.loadBalancer,
  elb.classicLoadBalancer,
  elb.loadBalancerParts,
  network.natGateway,
  network.elasticIp,
  network.endpoint,
  network.gateways,
  network.networkParts,
  network.flowLog,
  database.rdsInstance,
  database.rdsCluster,
  database.rdsProxy,
  database.rdsParts,
  database.globalCluster,
  database.cacheCluster,
  database.replicationGroup,
  database.serverlessCache,
  learning.sageMakerEndpoint,
  learning.sageMakerParts,
  learning.bedrock,
  secrets.secret,
  secrets.secretParts,
  secrets.rotation,
  secrets.kmsKey,
  secrets.kmsAlias,
  secrets.ssmParameter,
  monitoring.alarm,
  monitoring.compositeAlarm,
  monitoring.dashboard,
  monitoring.metricFilter,
  monitoring.canary,
  monitoring.monitoringParts,
  monitoring.insightRule,
  events.eventRule,
  events.eventBus,
  events.eventArchive,
  events.schedule,
  events.pipe,
  events.eventParts,
  events.stateMachine,
  events.stateMachineParts,
  security.webAcl,
  security.wafRuleGroup,
  security.wafParts,
  security.userPool,
  security.cognitoParts,
  security.trail,
  security.configRecorder,
  security.configRule,
  security.guardDuty,
  security.backupPlan,
  security.backupParts,
  others.hostedZone,
  others.healthCheck,
  others.dnsParts,
  others.registry,
  others.searchCollection,
  others.searchDomain,
  others.stream,
  others.firehose,
  others.graphApi,
  others.fileSystem,
  others.glue,
  others.athena,
  others.budget,
  others.budgetAction,
  others.mail,
  others.nestedStack,
  ...withoutCharge,
  // Last, as it takes every custom type that no other pricer names.
  lambda.customResource,
];

const exact = new Map<string, Pricer>();
const beginning: { readonly start: string; readonly pricer: Pricer }[] = [];
for (const pricer of pricers)
  for (const type of pricer.types)
    if (type.endsWith('*')) beginning.push({ start: type.slice(0, -1), pricer });
    else if (!exact.has(type)) exact.set(type, pricer);

export const pricerOf = (type: string): Pricer | undefined =>
  exact.get(type) ?? beginning.find(({ start }) => type.startsWith(start))?.pricer;
