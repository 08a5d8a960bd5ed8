/** Every kind of component. A new one is a file here and a line below. */
import type { ComponentModel } from '../model.ts';
import { auroraCluster, clusterInstance } from './aurora-cluster.ts';
import { autoScalingGroup } from './auto-scaling-group.ts';
import { bucket } from './bucket.ts';
import { cacheGroup, cacheNode, cacheServerless } from './cache.ts';
import { distribution } from './distribution.ts';
import { hostedZone } from './dns.ts';
import { ecsService } from './ecs-service.ts';
import { fileSystem, volume } from './file-system.ts';
import { lambdaFunction } from './function.ts';
import { userPool } from './identity.ts';
import { imageRepository } from './image-repository.ts';
import { instance } from './instance.ts';
import { kubernetesCluster, kubernetesNodes } from './kubernetes.ts';
import { loadBalancer } from './load-balancer.ts';
import { logGroup } from './logs.ts';
import { managed } from './managed.ts';
import { modelEndpoint } from './model-endpoint.ts';
import { natGateway } from './nat-gateway.ts';
import { queue } from './queue.ts';
import { rdsInstance } from './rds-instance.ts';
import { searchCollection, searchDomain } from './search.ts';
import { key, parameter, secret } from './secret.ts';
import { kafkaCluster, kafkaServerless, kinesisStream } from './stream.ts';
import { table } from './table.ts';

export const componentModels: readonly ComponentModel[] = [
  lambdaFunction,
  ecsService,
  instance,
  autoScalingGroup,
  kubernetesCluster,
  kubernetesNodes,
  ...managed,
  queue,
  kinesisStream,
  kafkaCluster,
  kafkaServerless,
  table,
  rdsInstance,
  auroraCluster,
  clusterInstance,
  searchDomain,
  searchCollection,
  cacheGroup,
  cacheNode,
  cacheServerless,
  bucket,
  fileSystem,
  volume,
  imageRepository,
  loadBalancer,
  distribution,
  natGateway,
  hostedZone,
  modelEndpoint,
  secret,
  key,
  parameter,
  userPool,
  logGroup,
];
