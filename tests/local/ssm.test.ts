import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersCommand,
  LabelParameterVersionCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  RemoveTagsFromResourceCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let ssm: SSMClient;
let made = 0;
beforeAll(async () => {
  cloud = await testCloud();
  ssm = new SSMClient(cloud.client());
});
afterAll(() => cloud.dispose());

const put = (Name: string, Value: string, more: object = {}) =>
  ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true, ...more }));
const value = async (Name: string) => (await ssm.send(new GetParameterCommand({ Name }))).Parameter;

describe('a parameter', () => {
  it('keeps its versions, which are asked for by number and by label', async () => {
    const name = `/app/${made++}`;
    for (const text of ['one', 'two', 'three']) await put(name, text);
    const label = (ParameterVersion: number, ...Labels: string[]) =>
      ssm.send(new LabelParameterVersionCommand({ Name: name, ParameterVersion, Labels }));
    expect((await label(1, 'live', '9lives', 'awsome')).InvalidLabels).toEqual(['9lives', 'awsome']);
    expect(await value(name)).toMatchObject({ Value: 'three', Version: 3 });
    expect(await value(`${name}:2`)).toMatchObject({ Value: 'two', Version: 2, Selector: ':2' });
    expect(await value(`${name}:live`)).toMatchObject({ Value: 'one', Selector: ':live' });
    await label(3, 'live');
    expect(await value(`${name}:live`)).toMatchObject({ Value: 'three' });
    const { Parameters } = await ssm.send(new GetParameterHistoryCommand({ Name: name }));
    expect(Parameters?.map(({ Value, Labels }) => [Value, Labels])).toEqual([
      ['one', []],
      ['two', []],
      ['three', ['live']],
    ]);
    await expect(value(`${name}:4`)).rejects.toMatchObject({ name: 'ParameterVersionNotFound' });
    const several = await ssm.send(new GetParametersCommand({ Names: [`${name}:1`, `${name}:4`] }));
    expect([several.Parameters?.[0]?.Value, several.InvalidParameters]).toEqual(['one', [`${name}:4`]]);
  });

  it('has none of its versions after it is deleted and made again', async () => {
    const name = `/app/${made++}`;
    await put(name, 'one');
    await put(name, 'two');
    await ssm.send(new DeleteParameterCommand({ Name: name }));
    await put(name, 'new');
    expect(await value(`${name}:1`)).toMatchObject({ Value: 'new' });
    await expect(value(`${name}:2`)).rejects.toMatchObject({ name: 'ParameterVersionNotFound' });
  });

  it('keeps a hundred versions, and never loses one that has a label', async () => {
    const name = `p${made++}`;
    for (let version = 1; version <= 101; version++) await put(name, `${version}`);
    await expect(value(`${name}:1`)).rejects.toMatchObject({ name: 'ParameterVersionNotFound' });
    await ssm.send(new LabelParameterVersionCommand({ Name: name, ParameterVersion: 2, Labels: ['keep'] }));
    await expect(put(name, 'more')).rejects.toMatchObject({ name: 'ParameterMaxVersionLimitExceeded' });
  });

  it.each([
    ['aws-key', 'ValidationException'],
    ['/ssm/key', 'ValidationException'],
    ['/a//b', 'ValidationException'],
    ['a/b', 'ValidationException'],
    ['/a/', 'ValidationException'],
    ['é'.repeat(1000), 'ValidationException'],
    [`/${'a/'.repeat(15)}b`, 'HierarchyLevelLimitExceededException'],
  ])('cannot be called %s', async (name, error) => {
    await expect(put(name, 'x')).rejects.toMatchObject({ name: error });
  });

  it('has tags, which come with it once and by their own calls afterwards', async () => {
    const name = `p${made++}`;
    const tags = async () =>
      (await ssm.send(new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: name })))
        .TagList;
    await put(name, 'x', { Overwrite: false, Tags: [{ Key: 'a', Value: '1' }] });
    await expect(put(name, 'y', { Tags: [{ Key: 'a', Value: '2' }] })).rejects.toThrow('AddTagsToResource');
    const on = { ResourceType: 'Parameter', ResourceId: name } as const;
    await ssm.send(new AddTagsToResourceCommand({ ...on, Tags: [{ Key: 'b', Value: '2' }] }));
    await ssm.send(new RemoveTagsFromResourceCommand({ ...on, TagKeys: ['a'] }));
    expect(await tags()).toEqual([{ Key: 'b', Value: '2' }]);
    await expect(
      ssm.send(new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: 'nothing' })),
    ).rejects.toMatchObject({ name: 'InvalidResourceId' });
  });
});
