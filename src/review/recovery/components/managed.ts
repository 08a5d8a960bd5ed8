/**
 * Services that AWS runs over several zones and that store no data of the user: APIs, event buses, state machines. One
 * row each; a service that needs more than a row has a file of its own.
 */
import { severalZones } from '../figures.ts';
import type { ComponentModel, DataKind } from '../model.ts';
import { unaffected } from '../options.ts';
import type { Basis, ComponentKind } from '../report.ts';

interface Row {
  readonly types: readonly string[];
  readonly kind: ComponentKind;
  readonly label: string;
  readonly basis: Basis;
  readonly data?: DataKind;
}

const rows: readonly Row[] = [
  {
    types: ['AWS::ApiGateway::RestApi', 'AWS::Serverless::Api'],
    kind: 'api',
    label: 'REST API',
    basis: severalZones.apiGateway,
  },
  {
    types: ['AWS::ApiGatewayV2::Api', 'AWS::Serverless::HttpApi'],
    kind: 'api',
    label: 'HTTP or WebSocket API',
    basis: severalZones.apiGateway,
  },
  {
    types: ['AWS::AppSync::GraphQLApi', 'AWS::AppSync::Api'],
    kind: 'api',
    label: 'AppSync API',
    basis: severalZones.generic('appsync/latest/devguide/disaster-recovery-resiliency.html'),
  },
  {
    types: ['AWS::Events::EventBus'],
    kind: 'queue',
    label: 'event bus',
    basis: severalZones.generic('eventbridge/latest/userguide/eb-disaster-recovery-resiliency.html'),
  },
  { types: ['AWS::SNS::Topic'], kind: 'queue', label: 'SNS topic', basis: severalZones.sns },
  {
    types: ['AWS::StepFunctions::StateMachine', 'AWS::Serverless::StateMachine'],
    kind: 'compute',
    label: 'state machine',
    basis: severalZones.generic('step-functions/latest/dg/disaster-recovery-resiliency.html'),
  },
  {
    types: ['AWS::KinesisFirehose::DeliveryStream'],
    kind: 'queue',
    label: 'Firehose stream',
    basis: severalZones.generic('firehose/latest/dg/disaster-recovery-resiliency.html'),
    data: 'transit',
  },
  {
    types: ['AWS::Bedrock::Agent', 'AWS::Bedrock::KnowledgeBase'],
    kind: 'model-endpoint',
    label: 'Bedrock agent or knowledge base',
    basis: severalZones.generic('bedrock/latest/userguide/disaster-recovery-resiliency.html'),
  },
  {
    types: ['AWS::Athena::WorkGroup'],
    kind: 'database',
    label: 'Athena workgroup',
    basis: severalZones.generic('athena/latest/ug/disaster-recovery-resiliency.html'),
  },
  {
    types: ['AWS::RDS::DBProxy'],
    kind: 'network',
    label: 'RDS proxy',
    basis: severalZones.generic('AmazonRDS/latest/UserGuide/rds-proxy.howitworks.html'),
  },
  {
    types: ['AWS::IoT::TopicRule'],
    kind: 'api',
    label: 'IoT rule',
    basis: severalZones.generic('iot/latest/developerguide/disaster-recovery-resiliency.html'),
  },
  {
    types: ['AWS::CodePipeline::Pipeline'],
    kind: 'compute',
    label: 'pipeline',
    basis: severalZones.generic('codepipeline/latest/userguide/disaster-recovery-resiliency.html'),
  },
];

export const managed: readonly ComponentModel[] = rows.map(
  ({ types, basis, kind, label, data = 'none' }) => ({
    types,
    read: () => ({
      kind,
      label,
      data,
      options: [
        unaffected(
          ['software-fault', 'lost-instance', 'lost-zone'],
          'is run by AWS over several zones; it runs none of your code',
          basis,
        ),
      ],
    }),
  }),
);
