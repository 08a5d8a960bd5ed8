/** Whatever a template says, there is a report, and every resource is in it. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costOf } from '../../../src/review/cost/index.ts';
import { pricers } from '../../../src/review/cost/pricers/index.ts';
import { usageQuestions } from '../../../src/review/cost/usage/init.ts';
import { readReviewFile } from '../../../src/review/inputs/review-file.ts';
import { appOf } from './given.ts';

const types = pricers.flatMap((one) => one.types).map((type) => type.replace('*', 'Any'));

/** Properties that pricers read; each may hold anything. */
const properties = [
  ...[
    'AliasTarget',
    'AllocatedStorage',
    'BillingMode',
    'BlockDeviceMappings',
    'CacheNodeType',
    'Cluster',
    'Cpu',
  ],
  ...[
    'ContainerDefinitions',
    'CorsConfiguration',
    'DashboardBody',
    'DBInstanceClass',
    'DefinitionString',
    'DesiredCount',
  ],
  ...[
    'DistributionConfig',
    'Engine',
    'EphemeralStorage',
    'EventPattern',
    'EventSourceArn',
    'GlobalSecondaryIndexes',
  ],
  ...[
    'Integration',
    'LaunchTemplate',
    'LifecycleConfiguration',
    'LoggingConfig',
    'Memory',
    'MemorySize',
    'Metrics',
  ],
  ...[
    'MinSize',
    'MultiAZ',
    'Namespace',
    'MetricName',
    'Policies',
    'PolicyDocument',
    'ProductionVariants',
    'Replicas',
  ],
  ...[
    'ProvisionedThroughput',
    'RetentionInDays',
    'Role',
    'Roles',
    'Rules',
    'Schedule',
    'ScheduleExpression',
    'SubnetIds',
  ],
  ...[
    'Subnets',
    'Subscription',
    'Tags',
    'Target',
    'Targets',
    'TopicArn',
    'Type',
    'VpcEndpointType',
    'ResourceId',
  ],
];

const references = fc.constantFrom(
  { Ref: 'R0' },
  { 'Fn::GetAtt': ['R1', 'Arn'] },
  { 'Fn::Sub': 'arn:aws:sqs:us-east-1:1:${R2}' },
  { Ref: 'Nowhere' },
  { 'Fn::ImportValue': 'elsewhere' },
);
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  references,
  fc.array(references),
  fc.constantFrom('-1', -5, 1e30, '{'),
);
const resource = fc.record({
  Type: fc.constantFrom(...types),
  Properties: fc.dictionary(fc.constantFrom(...properties), value, { maxKeys: 8 }),
});
const templates = fc
  .array(resource, { minLength: 1, maxLength: 6 })
  .map((list) => Object.fromEntries(list.map((one, index) => [`R${index}`, one])));

describe('any template', () => {
  it('has a report with every resource in it, and a usage file that can be read', () => {
    const result: unknown = fc.assert(
      fc.property(templates, (template) => {
        const app = appOf(template);
        const report = costOf(app);
        const seen = new Set(
          [...report.lines, ...report.free, ...report.notPriced].map(({ resource: { id } }) => id),
        );
        expect(app.resources.filter(({ id }) => !seen.has(id)).map(({ type }) => type)).toEqual([]);
        for (const line of report.lines) expect(line.usd.high).toBeGreaterThanOrEqual(0);
        expect(readReviewFile(usageQuestions(app).text, app).problems).toBeUndefined();
      }),
      { numRuns: 50 },
    );
    expect(result).toBeUndefined();
  });
});
