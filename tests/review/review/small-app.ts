/** A small whole app for the tests of the review: API, function, table, and a bucket of files. */

import { type Architecture, architectureOfTemplate } from '../../../src/architecture/index.ts';
import type { ReviewReport } from '../../../src/review/report.ts';
import { type ReviewInputs, review } from '../../../src/review/review.ts';

export type Resources = Readonly<Record<string, object>>;

export const today = '2026-11-21';
/** What needs no thread of an outside tool and no simulation. */
export const quick = ['cost', 'recovery', 'readiness'] as const;

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

export const app: Resources = {
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'notes' } },
  Deployment: {
    Type: 'AWS::ApiGateway::Deployment',
    DependsOn: ['Post'],
    Properties: { RestApiId: { Ref: 'Api' } },
  },
  Stage: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: {
      RestApiId: { Ref: 'Api' },
      DeploymentId: { Ref: 'Deployment' },
      StageName: 'v1',
      // Low, so that a simulation soon finds where it breaks.
      MethodSettings: [
        { HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 4, ThrottlingBurstLimit: 4 },
      ],
    },
  },
  Post: {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
      HttpMethod: 'POST',
      AuthorizationType: 'NONE',
      Integration: {
        Type: 'AWS_PROXY',
        IntegrationHttpMethod: 'POST',
        Uri: {
          'Fn::Sub':
            'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${Create.Arn}/invocations',
        },
      },
    },
  },
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      },
      Policies: [
        {
          PolicyName: 'write',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: arn('Table') }],
          },
        },
      ],
    },
  },
  Create: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: 'exports.handler = async () => ({ statusCode: 200 })' },
      Role: arn('Role'),
      MemorySize: 512,
      Timeout: 10,
    },
  },
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
    },
  },
  Files: { Type: 'AWS::S3::Bucket', Properties: {} },
};

/** A bucket that anybody may read. */
export const openBucket: Resources = {
  Open: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: false,
        BlockPublicPolicy: false,
        IgnorePublicAcls: false,
        RestrictPublicBuckets: false,
      },
    },
  },
  OpenPolicy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: 'Open' },
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: 's3:GetObject',
            Resource: { 'Fn::Join': ['', [arn('Open'), '/*']] },
          },
        ],
      },
    },
  },
};

export const subjectOf = (resources: Resources): Architecture =>
  architectureOfTemplate(JSON.stringify({ Resources: resources }), { name: 'Notes' });

/** The quick sections, unless the inputs name others. */
export const reviewOf = (resources: Resources, inputs: Partial<ReviewInputs> = {}): Promise<ReviewReport> =>
  review(subjectOf(resources), { today, sections: quick, ...inputs });

/** With a resource's properties replaced, one by one. */
export const changed = (resources: Resources, id: string, properties: object): Resources => {
  const resource = resources[id];
  const old = resource !== undefined && 'Properties' in resource ? resource.Properties : {};
  return { ...resources, [id]: { ...resource, Properties: { ...(old as object), ...properties } } };
};

/** With a rule's finding on a resource accepted in its metadata, as `acknowledge` of the blocks writes it. */
export const acknowledging = (
  resources: Resources,
  id: string,
  rule: string,
  expires: string,
): Resources => ({
  ...resources,
  [id]: {
    ...resources[id],
    Metadata: { slipway: { acknowledge: [{ rule, reason: 'They are copies.', expires }] } },
  },
});
