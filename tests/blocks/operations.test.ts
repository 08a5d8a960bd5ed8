import { expect, test } from 'vitest';
import { stageOf, tagSystem } from '../../src/blocks/index.ts';
import { operations, pipeline, resourcesOf, templateOf } from './synth.ts';

test('an alarm each for errors, slowness, backlog, dying tasks, dead letters and the API', () => {
  const template = templateOf(operations('prod'));
  const alarms = Object.entries(template.Resources)
    .filter(([id, resource]) => resource.Type === 'AWS::CloudWatch::Alarm' && id.startsWith('Operations'))
    .map(([id, resource]) => [id.replace(/^Operations|Alarm.*$/g, ''), resource.Properties?.Threshold]);
  expect(Object.fromEntries(alarms)).toEqual({
    ErrorRate: 5,
    ProcessingTime: 30_000,
    QueueDepth: 100,
    TaskFailures: 0,
    DeadLetters: 0,
    ApiErrors: 5,
  });
});

test('a site that is given is watched for answers of 5xx, and refused where CloudFront writes no metrics', () => {
  const template = templateOf(operations('prod', { siteIn: 'no region' }));
  const [alarm] = resourcesOf(template, 'AWS::CloudWatch::Alarm').filter(({ Properties }) =>
    JSON.stringify(Properties).includes('"AWS/CloudFront"'),
  );
  expect(alarm?.Properties?.Threshold).toBe(5);
  expect(JSON.stringify(alarm?.Properties?.Metrics)).toMatch(
    /"Name":"DistributionId","Value":\{"Ref":"SiteDistribution\w+"\}\},\{"Name":"Region","Value":"Global"/,
  );
  expect(() => operations('prod', { siteIn: 'eu-west-1' })).toThrow("CloudFront's metrics are in us-east-1");
});

test('alarms of this account may publish to the topic, nobody may without TLS', () => {
  const [policy] = resourcesOf(templateOf(operations('prod')), 'AWS::SNS::TopicPolicy');
  const text = JSON.stringify(policy?.Properties?.PolicyDocument);
  expect(text).toContain('"Service":"cloudwatch.amazonaws.com"');
  expect(text).toContain('"aws:SourceAccount":{"Ref":"AWS::AccountId"}');
  expect(text).toContain('"aws:SecureTransport":"false"');
});

test('the budget warns at 80 % spent and 100 % forecast, and there is none without an amount', () => {
  const [budget] = resourcesOf(
    templateOf(operations('prod', { monthlyBudgetUsd: 50 })),
    'AWS::Budgets::Budget',
  );
  expect(budget?.Properties).toMatchObject({
    Budget: { BudgetLimit: { Amount: 50, Unit: 'USD' }, TimeUnit: 'MONTHLY' },
    NotificationsWithSubscribers: [
      { Notification: { NotificationType: 'ACTUAL', Threshold: 80 } },
      { Notification: { NotificationType: 'FORECASTED', Threshold: 100 } },
    ],
  });
  expect(resourcesOf(templateOf(operations('prod')), 'AWS::Budgets::Budget')).toEqual([]);
  expect(() => operations('prod', { monthlyBudgetUsd: 0 })).toThrow('monthlyBudgetUsd is 0');
});

test('tags reach the resources, absent ones leave no empty tag', () => {
  const built = pipeline('dev');
  tagSystem(built.stack, { system: 'things', stage: 'dev', owner: 'plans' });
  const [table] = resourcesOf(templateOf(built), 'AWS::DynamoDB::Table');
  expect(table?.Properties?.Tags).toEqual([
    { Key: 'managed-by', Value: 'cdk' },
    { Key: 'owner', Value: 'plans' },
    { Key: 'stage', Value: 'dev' },
    { Key: 'system', Value: 'things' },
  ]);
});

test('a stage that is not one is refused with the three that are', () => {
  expect(() => stageOf('prd')).toThrow('There is no stage "prd".');
  expect(stageOf(undefined).name).toBe('prod');
  expect(stageOf(undefined, 'dev').name).toBe('dev');
});
