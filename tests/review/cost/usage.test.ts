/** The usage file: what is asked, what is read, what is refused. */
import { describe, expect, it } from 'vitest';
import { costOf, initUsage, readUsage } from '../../../src/review/cost/index.ts';
import { costGiven, lineOf, subjectOf } from './given.ts';

const app = subjectOf({
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
  Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: 'GET /' } },
  Role: { Type: 'AWS::IAM::Role' },
});

const problems = (text: string) => readUsage(text, app).problems ?? [];

describe('reading a usage file', () => {
  it('takes a number, three points, or so much per use', () => {
    const requests = (answer: string) =>
      lineOf(
        costGiven(
          { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } } },
          `unit: call\nuses: { low: 10, expected: 100, high: 1000 }\nresources:\n  Api: { requests: ${answer} }\n`,
        ),
        'api-gateway.http.requests',
      )?.quantity;
    expect(requests('500')).toEqual({ rest: 500, low: 500, expected: 500, high: 500 });
    expect(requests('{ perUse: 3, fixed: 7 }')).toEqual({ rest: 7, low: 37, expected: 307, high: 3007 });
    expect(requests('{ low: 1, expected: 20, high: 300 }')).toEqual({
      rest: 0,
      low: 1,
      expected: 20,
      high: 300,
    });
  });

  it('refuses a resource that the app does not have, with the line and the name that was meant', () => {
    expect(problems('uses: 1\nresources:\n  Rute:\n    requests: 1\n')).toEqual([
      { line: 3, message: 'the app has no resource Rute', fix: 'did you mean Route?' },
    ]);
  });

  it('refuses a question that the resource does not ask', () => {
    expect(problems('resources:\n  Route:\n    request: 1\n')).toEqual([
      { line: 3, message: 'Route does not ask request', fix: 'did you mean requests?' },
    ]);
  });

  it('refuses answers for what asks nothing', () => {
    expect(problems('resources:\n  Role: { requests: 1 }\n')[0]?.message).toContain('asks nothing');
  });

  it('refuses what is negative, not a number, or falls', () => {
    expect(problems('uses: -1\n')).toEqual([{ line: 1, message: 'uses cannot be negative: -1' }]);
    expect(problems('resources:\n  Route:\n    requests: .nan\n')[0]).toMatchObject({ line: 3 });
    expect(problems('resources:\n  Route:\n    requests: many\n')[0]?.message).toContain(
      'not a number: many',
    );
    expect(problems('uses: { low: 3, expected: 2, high: 1 }\n')[0]?.message).toContain('falls');
    expect(problems('uses: { low: 3, high: 4 }\n')[0]?.message).toContain('needs low, expected and high');
  });

  it('refuses unknown keys and text that is not YAML', () => {
    expect(problems('use: 3\n')).toEqual([
      { line: 1, message: 'unknown key use', fix: 'did you mean uses?' },
    ]);
    expect(problems('uses: { low\n  - x: [')[0]?.line).toBeGreaterThan(0);
  });
});

describe('writing a usage file', () => {
  it('asks what is assumed, shows what follows, and is read back without a change of the cost', () => {
    const text = initUsage(app);
    expect(text).toContain('# requests: { perUse: 1 }');
    expect(text).toMatch(/# requests: .* # follows: Calls of this API.*the sum of its routes/);
    expect(text).not.toContain('Role:');
    const read = readUsage(text, app);
    expect(read.problems).toBeUndefined();
    if (read.usage !== undefined) expect(costOf(app, read.usage).totals).toEqual(costOf(app).totals);
  });

  it('gives the same cost when every line is uncommented', () => {
    const answered = initUsage(app)
      .split('\n')
      .map((line) => line.replace(/^ {4}# (\w+: [^#]*?)( +# follows.*)?$/, '    $1'))
      .join('\n');
    const read = readUsage(answered, app);
    expect(read.problems).toBeUndefined();
    expect([...(read.usage?.answers.values() ?? [])].length).toBeGreaterThan(0);
    if (read.usage !== undefined) expect(costOf(app, read.usage).totals.all).toEqual(costOf(app).totals.all);
  });

  it('keeps the answers that are there', () => {
    const text = initUsage(
      app,
      'unit: visit\nuses: { low: 1, expected: 2, high: 3 }\nresources:\n  Route: { requests: { perUse: 4, fixed: 9 } }\n',
    );
    expect(text).toContain('unit: visit');
    expect(text).toContain('uses: { low: 1, expected: 2, high: 3 }');
    expect(text).toContain('    requests: { perUse: 4, fixed: 9 }');
  });
});

describe('names in a usage file', () => {
  it('are the same in every stage: the path without the stack', () => {
    const staged = (stage: string) =>
      subjectOf({
        QueueA1: {
          Type: 'AWS::SQS::Queue',
          Metadata: { 'aws:cdk:path': `Shop-${stage}/Jobs/Queue/Resource` },
        },
      });
    for (const stage of ['dev', 'prod'])
      for (const name of ['Jobs/Queue', `Shop-${stage}/Jobs/Queue`, 'QueueA1', 'app/QueueA1']) {
        const read = readUsage(`resources:\n  ${name}: { messages: 5 }\n`, staged(stage));
        expect(read.usage?.answers.get('app/QueueA1')?.get('messages')).toEqual({ kind: 'fixed', value: 5 });
      }
  });
});
