/** Resources that carry load in AWS but have no model here: listed by name, never passed over. */
import { computes } from '../../../architecture/index.ts';
import { type Draft, notModelled } from './context.ts';

const types: Readonly<Record<string, string>> = {
  'AWS::StepFunctions::StateMachine': 'Step Functions: transitions and the tasks they start are not modelled',
  'AWS::AppSync::GraphQLApi': 'AppSync: resolvers are not modelled',
  'AWS::Serverless::Function':
    "AWS's transform turns it into resources; the template before it cannot be read",
  'AWS::Serverless::Api': "AWS's transform turns it into resources; the template before it cannot be read",
  'AWS::Serverless::Application': 'an application of the repository; its template is not in this app',
  'AWS::Kinesis::Stream': 'Kinesis: shards are not modelled',
  'AWS::KinesisFirehose::DeliveryStream': 'Firehose: buffering is not modelled',
  'AWS::MSK::Cluster': 'Kafka: partitions are not modelled',
  'AWS::ElastiCache::ReplicationGroup': 'caches: hit rates are not in a template',
  'AWS::ElastiCache::CacheCluster': 'caches: hit rates are not in a template',
  'AWS::ElastiCache::ServerlessCache': 'caches: hit rates are not in a template',
  'AWS::OpenSearchService::Domain': 'search: indexing and queries are not modelled',
  'AWS::OpenSearchServerless::Collection': 'search: capacity units are not modelled',
  'AWS::DocDB::DBCluster': 'DocumentDB: connections are not modelled',
  'AWS::Neptune::DBCluster': 'Neptune: connections are not modelled',
  'AWS::Redshift::Cluster': 'Redshift: queues are not modelled',
  'AWS::EKS::Cluster': 'Kubernetes: what it runs is not in the template',
  'AWS::Batch::JobQueue': 'Batch: job queues are not modelled',
  'AWS::Glue::Job': 'Glue jobs are not modelled',
  'AWS::Pipes::Pipe': 'EventBridge Pipes are not modelled',
  'AWS::CloudFront::Distribution':
    'CloudFront: cache hits are not in a template; requests are given to the origin',
  'AWS::EC2::Instance': 'single instances: what they run is not in the template',
  'AWS::IoT::TopicRule': 'IoT rules are not modelled',
  'AWS::Bedrock::Agent': 'Bedrock: model quotas are not modelled',
};

export function listNotModelled(draft: Draft): void {
  for (const [type, because] of Object.entries(types))
    for (const resource of draft.app.ofType(type)) notModelled(draft, resource, because);
  for (const compute of computes(draft.app))
    if (compute.properties.ContainerDefinitions !== undefined)
      notModelled(draft, compute, 'tasks that no service keeps running (RunTask) are not modelled');
}
