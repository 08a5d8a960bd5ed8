/** An API with a function and a table: what one question says about all three. */
import { describe, expect, it } from 'vitest';
import { byPrice, cents, costGiven, lineOf, type Resources } from './given.ts';

const policy = (actions: readonly string[], resource: unknown) => ({
  Type: 'AWS::IAM::Policy',
  Properties: {
    PolicyDocument: { Statement: [{ Effect: 'Allow', Action: actions, Resource: resource }] },
    Roles: [{ Ref: 'Role' }],
  },
});

const app: Resources = {
  Api: { Type: 'AWS::ApiGateway::RestApi' },
  Orders: {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ResourceId: 'orders',
      HttpMethod: 'POST',
      Integration: {
        Uri: {
          'Fn::Sub':
            'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${Function.Arn}/invocations',
        },
      },
    },
  },
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: { MemorySize: 512, Role: { 'Fn::GetAtt': ['Role', 'Arn'] } },
  },
  Logs: {
    Type: 'AWS::Logs::LogGroup',
    Properties: { LogGroupName: { 'Fn::Sub': '/aws/lambda/${Function}' }, RetentionInDays: 30 },
  },
  Role: { Type: 'AWS::IAM::Role' },
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      GlobalSecondaryIndexes: [{ IndexName: 'by-status' }],
    },
  },
  Access: policy(['dynamodb:PutItem'], { 'Fn::GetAtt': ['Table', 'Arn'] }),
};

const usage = 'unit: order\nuses: 3000000\nresources:\n  Table: { keptMonths: 1, newItemPercent: 100 }\n';

describe('cost of an API, a function and a table', () => {
  const report = costGiven(app, usage);

  it('follows from the calls of the routes, to the cent', () => {
    expect(byPrice(report)).toMatchObject({
      // 3 × 3.50
      'api-gateway.rest.requests': '10.50',
      // (3 M − 1 M free) × 0.20
      'lambda.requests': '0.40',
      // 3 M × 0.2 s × 0.5 GB = 300,000 GB-s, within the free 400,000
      'lambda.duration': '0.00',
      // table and index, 3 M writes each: 6 × 0.625
      'dynamodb.on-demand.writes': '3.75',
      // no policy lets anything read it
      'dynamodb.on-demand.reads': '0.00',
      // 3 M × 1 KB ÷ 1,048,576 = 2.861 GB, within 25 GB; recovery is not free: × 0.20
      'dynamodb.storage': '0.00',
      'dynamodb.pitr': '0.57',
    });
  });

  it('keeps the free tier apart', () => {
    const duration = lineOf(report, 'lambda.duration');
    expect(duration?.quantity.expected).toBe(300_000);
    expect(duration?.free).toMatchObject({ allowance: 400_000, used: { expected: 300_000 } });
    // 300,000 × 0.0000166667
    expect(cents(duration?.usdWithoutFree.expected)).toBe('5.00');
    expect(costGiven(app, usage, { free: 'none' }).totals.all).toEqual(report.totals.allWithoutFree);
  });

  it('says in words how a quantity came about', () => {
    expect(lineOf(report, 'lambda.duration')?.formula).toBe(
      '1 call per order × 3,000,000 orders × 0.2 seconds × 0.5 GB',
    );
    expect(lineOf(report, 'api-gateway.rest.requests')?.formula).toBe(
      '1 request per order × 3,000,000 orders',
    );
  });

  it('notes each default that it took, with the key that replaces it', () => {
    const note = report.assumptions.find(
      ({ resource, answer }) => resource?.logicalId === 'Function' && answer === 'invocations',
    );
    expect(note).toMatchObject({ kind: 'derived', because: 'set off by Orders' });
    const seconds = report.assumptions.find(({ answer }) => answer === 'seconds');
    expect(seconds).toMatchObject({ kind: 'assumed', value: '0.2 seconds' });
  });

  it('takes an answer instead of the default, and no longer notes it', () => {
    const answered = costGiven(app, `${usage}  Function: { invocations: 5000000, seconds: 0.1 }\n`);
    // (5 M − 1 M) × 0.20
    expect(byPrice(answered)['lambda.requests']).toBe('0.80');
    expect(answered.assumptions.map(({ answer }) => answer)).not.toContain('invocations');
  });

  it('pays transfer out of the API only where no distribution fetches it', () => {
    const before = lineOf(report, 'data-transfer.out');
    // 3 M × 1 KB = 2.861 GB
    expect(before?.quantity.expected).toBeCloseTo(2.861, 3);
    const behind = costGiven({
      ...app,
      Site: {
        Type: 'AWS::CloudFront::Distribution',
        Properties: {
          DistributionConfig: {
            Origins: [{ Id: 'api', DomainName: { 'Fn::Sub': '${Api}.execute-api.us-east-1.amazonaws.com' } }],
          },
        },
      },
    });
    expect(lineOf(behind, 'data-transfer.out')).toBeUndefined();
    expect(lineOf(behind, 'cloudfront.data-out.us')).toBeDefined();
  });

  it('counts the logs of a function without a log group, which never expire', () => {
    const { Logs: _, ...without } = app;
    const bare = costGiven(without, usage);
    expect(lineOf(bare, 'cloudwatch.logs.storage')?.formula).toContain('12 months kept');
    expect(bare.assumptions.map(({ because }) => because).join()).toContain(
      'Lambda makes one that never expires',
    );
  });
});

describe('cost of functions that only deploy', () => {
  it('is nothing, and says why', () => {
    const report = costGiven({
      Provider: { Type: 'AWS::Lambda::Function', Properties: { MemorySize: 128 } },
      Thing: { Type: 'Custom::Thing', Properties: { ServiceToken: { 'Fn::GetAtt': ['Provider', 'Arn'] } } },
    });
    expect(report.lines).toEqual([]);
    expect(report.free.map(({ why }) => why)).toContain('it runs only when the stack is deployed');
    expect(report.totals.all).toEqual({ rest: 0, low: 0, expected: 0, high: 0 });
  });
});
