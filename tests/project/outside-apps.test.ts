/** The counting and finding of `npm run outside-apps`, whose run takes too long for a test. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { findApps } from '../../scripts/outside-apps/apps.ts';
import { areaOf, count, greedy } from '../../scripts/outside-apps/blockers.ts';

it('counts the apps that each blocker stops, and those that nothing else stops', () => {
  expect(count([['a', 'b'], ['a'], ['c', 'a', 'a']])).toEqual([
    { name: 'a', apps: 3, alone: 1 },
    { name: 'b', apps: 1, alone: 0 },
    { name: 'c', apps: 1, alone: 0 },
  ]);
});

it('orders what to build by the apps that it brings up, several together where one brings none', () => {
  const apps = [['x'], ['x'], ['y', 'z'], ['y', 'z'], ['y', 'z'], ['x', 'w']];
  expect(greedy(apps, 10, 5)).toEqual([
    { areas: ['x'], apps: 2, total: 7 },
    { areas: ['y', 'z'], apps: 3, total: 10 },
    { areas: ['w'], apps: 1, total: 11 },
  ]);
});

it('takes the types of a service that is not here, and the versions of a language, as one area', () => {
  expect(areaOf('AWS::Pipes::Pipe')).toBe('AWS::Pipes::*');
  expect(areaOf('AWS::Lambda::Function: the runtime python3.12 is not supported; functions run on …')).toBe(
    'functions in python',
  );
  expect(areaOf('AWS::Lambda::Function: SnapStart')).toBe('AWS::Lambda::Function: SnapStart');
});

it('finds CDK apps by language, and templates outside of them', () => {
  const root = mkdtempSync(join(tmpdir(), 'slipway-find-apps-'));
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  write('one/cdk.json', '{ "app": "npx ts-node --prefer-ts-exts bin/cdk.ts" }');
  write('one/lib/template.yaml', 'Resources: { Q: { Type: AWS::SQS::Queue } }');
  write('two/cdk/cdk.json', '{ "app": "python3 app.py" }');
  write(
    'three/template.yaml',
    'Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties: { QueueName: !Ref N }\n',
  );
  write(
    'four/template.yaml',
    'Transform: AWS::Serverless-2016-10-31\nResources: { F: { Type: AWS::SQS::Queue } }',
  );
  write('four/events.json', '{ "Resources": { "a": 1 } }');
  try {
    expect(findApps('r', root).map(({ name, kind }) => [name, kind])).toEqual([
      ['four/template.yaml', 'sam'],
      ['one', 'typescript'],
      ['three/template.yaml', 'template'],
      ['two/cdk', 'python'],
    ]);
  } finally {
    rmSync(root, { recursive: true });
  }
});
