/** Usage in the review file: what is asked, what is read, what is refused. */
import { describe, expect, it } from 'vitest';
import { costOf } from '../../../src/review/cost/index.ts';
import { usageQuestions } from '../../../src/review/cost/usage/init.ts';
import { readReviewFile } from '../../../src/review/inputs/review-file.ts';
import { usagePart } from '../part.ts';
import { appOf, costGiven, lineOf } from './given.ts';

const app = appOf({
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
  Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: 'GET /' } },
  Role: { Type: 'AWS::IAM::Role' },
});

const problems = (text: string) => usagePart(text, app).problems;

describe('reading usage', () => {
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
      {
        line: 3,
        message: "resources.Rute: the app has no resource of this name; did you mean 'Route'?",
      },
    ]);
  });

  it('refuses a question that the resource does not ask', () => {
    expect(problems('resources:\n  Route:\n    request: 1\n')).toEqual([
      {
        line: 3,
        message: "resources.Route.request: the resource does not ask this; did you mean 'requests'?",
      },
    ]);
  });

  it('refuses answers for what asks nothing', () => {
    expect(problems('resources:\n  Role: { requests: 1 }\n')[0]?.message).toContain('asks nothing');
  });

  it('refuses what is negative, not a number, or falls', () => {
    expect(problems('uses: -1\n')).toEqual([
      { line: 1, message: 'uses: expected a number of 0 or more, got -1' },
    ]);
    expect(problems('resources:\n  Route:\n    requests: .nan\n')[0]).toMatchObject({ line: 3 });
    expect(problems('resources:\n  Route:\n    requests: many\n')[0]?.message).toContain(
      'expected a number of 0 or more, got "many"',
    );
    expect(problems('uses: { low: 3, expected: 2, high: 1 }\n')[0]?.message).toContain('falls');
    expect(problems('uses: { low: 3, high: 4 }\n')[0]?.message).toContain(
      'low, expected and high are needed',
    );
  });

  it('refuses unknown keys and text that is not YAML', () => {
    expect(problems('use: 3\n')).toEqual([
      { line: 1, message: "use: there is no 'use' here; did you mean 'uses'?" },
    ]);
    expect(problems('uses: { low\n  - x: [')[0]?.line).toBeGreaterThan(0);
  });
});

describe('the questions of usage', () => {
  const { text } = usageQuestions(app);
  const usageIn = (file: string) => {
    const read = readReviewFile(file, app);
    expect(read.problems).toBeUndefined();
    return read.problems === undefined ? read.file.usage : undefined;
  };

  it('show what is assumed and what follows, and are read back without a change of the cost', () => {
    expect(text).toContain('# requests: { perUse: 1 }');
    expect(text).toMatch(/# requests: .* # follows: Calls of this API.*the sum of its routes/);
    expect(text).not.toContain('Role:');
    expect(costOf(app, usageIn(text)).totals).toEqual(costOf(app).totals);
  });

  it('give the same cost when every line is uncommented', () => {
    const answered = text
      .split('\n')
      .map((line) => line.replace(/^ {6}# (\w+: [^#]*?)( +# follows.*)?$/, '      $1'))
      .join('\n');
    const usage = usageIn(answered);
    expect([...(usage?.answers.values() ?? [])].length).toBeGreaterThan(0);
    expect(costOf(app, usage).totals.all).toEqual(costOf(app).totals.all);
  });
});

describe('names under usage', () => {
  it('are the same in every stage: the path without the stack', () => {
    const staged = (stage: string) =>
      appOf({
        QueueA1: {
          Type: 'AWS::SQS::Queue',
          Metadata: { 'aws:cdk:path': `Shop-${stage}/Jobs/Queue/Resource` },
        },
      });
    for (const stage of ['dev', 'prod'])
      for (const name of ['Jobs/Queue', `Shop-${stage}/Jobs/Queue`, 'QueueA1', 'app/QueueA1']) {
        const { value } = usagePart(`resources:\n  ${name}: { messages: 5 }\n`, staged(stage));
        expect(value.answers.get('app/QueueA1')?.get('messages')).toEqual({ kind: 'fixed', value: 5 });
      }
  });
});
