/** Distributed Maps: their items in S3, batches, children, results and failures. */
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  DescribeMapRunCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';
import { makeRole, type States, statesOf } from './states-support.ts';

let cloud: TestCloud;
let states: States;
let s3: S3Client;
beforeAll(async () => {
  cloud = await testCloud();
  states = await statesOf(cloud);
  s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'items' }));
});
afterAll(() => cloud.dispose());

const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket: 'items', Key, Body }));
const distributed = (ExecutionType: string, States: object = { One: { Type: 'Pass', End: true } }) => ({
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType },
  StartAt: 'One',
  States,
});
const machine = (map: object) =>
  states.create({ StartAt: 'Each', States: { Each: { Type: 'Map', End: true, ...map } } });

test('each item is an execution, told of by its Map Run', async () => {
  const arn = await machine({
    Label: 'Each1',
    ItemProcessor: distributed('STANDARD'),
    ItemSelector: { 'v.$': '$$.Map.Item.Value' },
  });
  const { executionArn, output } = await states.run(arn, ['Hello', 'World']);
  expect(JSON.parse(output ?? '')).toEqual([{ v: 'Hello' }, { v: 'World' }]);
  const { events = [] } = await states.sfn.send(new GetExecutionHistoryCommand({ executionArn }));
  expect(events.map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'MapStateEntered',
    'MapStateStarted',
    'MapRunStarted',
    'MapRunSucceeded',
    'MapStateSucceeded',
    'MapStateExited',
    'ExecutionSucceeded',
  ]);
  const { mapRuns: [run] = [] } = await states.sfn.send(new ListMapRunsCommand({ executionArn }));
  const described = await states.sfn.send(new DescribeMapRunCommand({ mapRunArn: run?.mapRunArn }));
  expect(described).toMatchObject({ status: 'SUCCEEDED', itemCounts: { succeeded: 2, total: 2, failed: 0 } });
  const { executions } = await states.sfn.send(new ListExecutionsCommand({ mapRunArn: run?.mapRunArn }));
  expect(executions).toHaveLength(2);
});

test('rows of a CSV file are given to children in batches', async () => {
  await put('rows.csv', 'name,age\n"Doe, Jane",33\nMax,44\r\nEva,55\n');
  const arn = await machine({
    ItemReader: {
      Resource: 'arn:aws:states:::s3:getObject',
      ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
      Parameters: { Bucket: 'items', 'Key.$': '$.key' },
    },
    ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { 'from.$': '$.key' } },
    ItemProcessor: distributed('EXPRESS'),
  });
  const { output } = await states.run(arn, { key: 'rows.csv' });
  expect(JSON.parse(output ?? '')).toEqual([
    {
      BatchInput: { from: 'rows.csv' },
      Items: [
        { name: 'Doe, Jane', age: '33' },
        { name: 'Max', age: '44' },
      ],
    },
    { BatchInput: { from: 'rows.csv' }, Items: [{ name: 'Eva', age: '55' }] },
  ]);
});

test('results are written to S3, by how the children ended', async () => {
  const arn = await machine({
    ToleratedFailurePercentage: 50,
    ItemProcessor: distributed('STANDARD', {
      One: {
        Type: 'Choice',
        Choices: [{ Variable: '$', NumericEquals: 2, Next: 'Bad' }],
        Default: 'Good',
      },
      Bad: { Type: 'Fail', Error: 'Odd', Cause: 'two' },
      Good: { Type: 'Succeed' },
    }),
    ResultWriter: {
      Resource: 'arn:aws:states:::s3:putObject',
      Parameters: { Bucket: 'items', Prefix: 'results' },
    },
  });
  const { output } = await states.run(arn, [1, 2, 3]);
  const { ResultWriterDetails: details } = JSON.parse(output ?? '') as {
    readonly ResultWriterDetails: { readonly Bucket: string; readonly Key: string };
  };
  const read = async (Key: string) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'items', Key }));
    return JSON.parse((await Body?.transformToString()) ?? '');
  };
  const { ResultFiles: files } = await read(details.Key);
  const succeeded = await read(files.SUCCEEDED[0].Key);
  expect(succeeded.map(({ Output }: { Output: string }) => Output)).toEqual(['1', '3']);
  expect(await read(files.FAILED[0].Key)).toMatchObject([{ Error: 'Odd', Cause: 'two', Status: 'FAILED' }]);
});

test('more failures than are tolerated fail the run', async () => {
  const arn = await machine({
    ItemProcessor: distributed('STANDARD', { One: { Type: 'Fail', Error: 'Bad' } }),
  });
  const { error, cause } = await states.run(arn, [1, 2]);
  expect({ error, cause }).toEqual({
    error: 'States.ExceedToleratedFailureThreshold',
    cause: 'The specified tolerated failure threshold was exceeded',
  });
});

test('a role that may not start executions of its machine runs no Map', async () => {
  const roleArn = await makeRole(cloud, 'no-children', [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }]);
  const arn = await states.create(
    { StartAt: 'Each', States: { Each: { Type: 'Map', End: true, ItemProcessor: distributed('STANDARD') } } },
    { roleArn },
  );
  const { cause } = await states.run(arn, [1]);
  expect(cause).toContain('states:StartExecution');
});
