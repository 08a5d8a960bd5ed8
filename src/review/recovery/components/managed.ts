/**
 * Services that AWS spreads over zones and that hold nothing of the user's: APIs, buses, load balancers in two zones,
 * CDNs. One row each; what differs more has a file of its own.
 */
import { spread } from '../figures.ts';
import type { ComponentModel, Data } from '../model.ts';
import type { Basis, ComponentKind } from '../report.ts';
import { unfelt } from '../ways.ts';

interface Row {
  readonly types: readonly string[];
  readonly kind: ComponentKind;
  readonly label: string;
  readonly basis: Basis;
  readonly data?: Data;
}

const rows: readonly Row[] = [
  {
    types: ['AWS::ApiGateway::RestApi', 'AWS::Serverless::Api'],
    kind: 'api',
    label: 'REST API',
    basis: spread.apiGateway,
  },
  {
    types: ['AWS::ApiGatewayV2::Api', 'AWS::Serverless::HttpApi'],
    kind: 'api',
    label: 'HTTP or WebSocket API',
    basis: spread.apiGateway,
  },
  {
    types: ['AWS::AppSync::GraphQLApi', 'AWS::AppSync::Api'],
    kind: 'api',
    label: 'AppSync API',
    basis: spread.generic('appsync/latest/devguide/disaster-recovery-resiliency.html'),
  },
  {
    types: ['AWS::Events::EventBus'],
    kind: 'queue',
    label: 'event bus',
    basis: spread.generic('eventbridge/latest/userguide/eb-disaster-recovery-resiliency.html'),
  },
  { types: ['AWS::SNS::Topic'], kind: 'queue', label: 'SNS topic', basis: spread.sns },
  {
    types: ['AWS::StepFunctions::StateMachine', 'AWS::Serverless::StateMachine'],
    kind: 'compute',
    label: 'state machine',
    basis: spread.generic('step-functions/latest/dg/disaster-recovery-resiliency.html'),
  },
  {
    types: ['AWS::KinesisFirehose::DeliveryStream'],
    kind: 'queue',
    label: 'Firehose stream',
    basis: spread.generic('firehose/latest/dg/disaster-recovery-resiliency.html'),
    data: 'transit',
  },
  {
    types: ['AWS::Bedrock::Agent', 'AWS::Bedrock::KnowledgeBase'],
    kind: 'model-endpoint',
    label: 'Bedrock agent or knowledge base',
    basis: spread.generic('bedrock/latest/userguide/disaster-recovery-resiliency.html'),
  },
  {
    types: ['AWS::Athena::WorkGroup'],
    kind: 'database',
    label: 'Athena workgroup',
    basis: spread.generic('athena/latest/ug/disaster-recovery-resiliency.html'),
  },
  {
    types: ['AWS::RDS::DBProxy'],
    kind: 'network',
    label: 'RDS proxy',
    basis: spread.generic('AmazonRDS/latest/UserGuide/rds-proxy.howitworks.html'),
  },
  {
    types: ['AWS::IoT::TopicRule'],
    kind: 'api',
    label: 'IoT rule',
    basis: spread.generic('iot/latest/developerguide/disaster-recovery-resiliency.html'),
  },
  {
    types: ['AWS::CodePipeline::Pipeline'],
    kind: 'compute',
    label: 'pipeline',
    basis: spread.generic('codepipeline/latest/userguide/disaster-recovery-resiliency.html'),
  },
];

export const managed: readonly ComponentModel[] = rows.map(
  ({ types, basis, kind, label, data = 'none' }) => ({
    types,
    read: () => ({
      kind,
      label,
      data,
      ways: [
        unfelt(
          ['software-fault', 'lost-instance', 'lost-zone'],
          'is run by AWS over several zones; it runs none of your code',
          basis,
        ),
      ],
    }),
  }),
);
