/** What is not known is listed by name, and is in no total. */
import { describe, expect, it } from 'vitest';
import { architectureOfTemplate } from '../../../src/architecture/index.ts';
import { checkBudget, costOf } from '../../../src/review/cost/index.ts';
import { costGiven } from './given.ts';

describe('what has no price', () => {
  it('is listed by name: a type that nothing knows', () => {
    const report = costGiven({ Robot: { Type: 'AWS::RoboMaker::Fleet' } });
    expect(report.notPriced).toMatchObject([
      { resource: { logicalId: 'Robot' }, what: 'everything', kind: 'unknown-type' },
    ]);
  });

  it('is listed by name: a region that the table does not have', () => {
    const report = costGiven({ Nat: { Type: 'AWS::EC2::NatGateway' } }, 'uses: 1\n', {
      region: 'af-south-1',
    });
    expect(report.lines).toEqual([]);
    expect(report.notPriced.map(({ what }) => what)).toEqual([
      'vpc.nat-gateway.hours',
      'vpc.nat-gateway.data',
    ]);
    expect(report.notPriced[0]?.because).toContain('no price for af-south-1');
  });

  it('is listed by name: a property that is not known before deployment', () => {
    const text = JSON.stringify({
      Parameters: { Size: { Type: 'Number' } },
      Resources: {
        Function: { Type: 'AWS::Lambda::Function', Properties: { MemorySize: { Ref: 'Size' } } },
      },
    });
    const report = costOf(architectureOfTemplate(text));
    expect(report.notPriced).toMatchObject([{ what: 'MemorySize', kind: 'unresolved' }]);
    expect(report.lines.map(({ price }) => price)).toContain('lambda.requests');
    expect(report.lines.map(({ price }) => price)).not.toContain('lambda.duration');
  });

  it('is listed by name: a nested stack whose template is not there', () => {
    const report = costGiven({ Inner: { Type: 'AWS::CloudFormation::Stack', Properties: {} } });
    expect(report.notPriced).toMatchObject([{ what: 'Everything in it', kind: 'unresolved' }]);
  });

  it('keeps a budget from being met for sure', () => {
    const zone = { Zone: { Type: 'AWS::Route53::HostedZone' } };
    expect(checkBudget(costGiven(zone), 10)).toMatchObject({ verdict: 'pass', level: 'expected' });
    expect(checkBudget(costGiven(zone), 0.4)).toMatchObject({ verdict: 'over' });
    const robot = costGiven({ ...zone, Robot: { Type: 'AWS::RoboMaker::Fleet' } });
    expect(checkBudget(robot, 10)).toMatchObject({ verdict: 'cannot-tell' });
    expect(checkBudget(robot, 10).because).toContain('Robot (everything)');
    expect(checkBudget(robot, 0.4)).toMatchObject({ verdict: 'over' });
  });

  it('says where the prices that are used come from, and that they are for information only', () => {
    const report = costGiven({ Zone: { Type: 'AWS::Route53::HostedZone' } });
    expect(report.prices.disclaimer).toContain('for information only');
    expect(report.prices.oldest).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(report.lines[0]).toMatchObject({
      verified: expect.any(String),
      source: expect.stringContaining('http'),
    });
  });
});
