/** What paths, intrinsic functions and choice rules of the states language answer. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';
import { type States, statesOf } from './states-support.ts';

let cloud: TestCloud;
let states: States;
beforeAll(async () => {
  cloud = await testCloud();
  states = await statesOf(cloud);
});
afterAll(() => cloud.dispose());

const input = {
  n: 3,
  text: "it's {x}",
  list: [1, 2, 2, 3],
  items: [
    { sku: 'a', price: 5 },
    { sku: 'b', price: 20 },
  ],
  json: '{"a":1}',
  when: '2030-01-01T00:00:00Z',
};

it.each<readonly [string, unknown]>([
  ['$.items[1].sku', 'b'],
  ['$.items[-1].price', 20],
  ['$.items[*].sku', ['a', 'b']],
  ['$..price', [5, 20]],
  ['$.list[1:3]', [2, 2]],
  ["$.items[?(@.price > 10 && @.sku == 'b')].sku", ['b']],
  ['$.items[?(@.price > 99)]', []],
  ['$.list.length()', 4],
  ['$$.State.Name', 'Try'],
  ["States.Format('{} of {}: \\{\\}', $.n, $.text)", "3 of it's {x}: {}"],
  ['States.StringToJson($.json)', { a: 1 }],
  ['States.JsonToString($.items[0])', '{"sku":"a","price":5}'],
  ["States.Array($.n, 'b', null)", [3, 'b', null]],
  ['States.ArrayPartition($.list, 3)', [[1, 2, 2], [3]]],
  ['States.ArrayContains($.list, 3)', true],
  ['States.ArrayRange(1, 9, 2)', [1, 3, 5, 7, 9]],
  ['States.ArrayGetItem($.list, 3)', 3],
  ['States.ArrayLength($.list)', 4],
  ['States.ArrayUnique($.list)', [1, 2, 3]],
  ["States.Base64Encode('hi')", 'aGk='],
  ["States.Base64Decode('aGk=')", 'hi'],
  ["States.Hash('hi', 'SHA-1')", 'c22b5f9178342609428d6f51b2c5af4c0bde6a42'],
  ['States.JsonMerge($.items[0], States.StringToJson(\'{"price":6}\'), false)', { sku: 'a', price: 6 }],
  ['States.MathAdd($.n, -5)', -2],
  ["States.StringSplit('a,b;c', ',;')", ['a', 'b', 'c']],
])('%s', async (path, expected) => {
  const machine = await states.create({
    StartAt: 'Try',
    States: { Try: { Type: 'Pass', Parameters: { 'x.$': path }, End: true } },
  });
  const { output, cause } = await states.run(machine, input);
  expect(cause).toBeUndefined();
  expect((JSON.parse(output ?? '') as { readonly x: unknown }).x).toEqual(expected);
});

it.each<readonly [object, boolean]>([
  [{ Variable: '$.n', NumericGreaterThan: 2 }, true],
  [{ Variable: '$.n', NumericEqualsPath: '$.list[3]' }, true],
  [{ Variable: '$.text', StringMatches: 'it*{*}' }, true],
  [{ Variable: '$.text', StringMatches: 'it\\*' }, false],
  [{ Variable: '$.n', StringEquals: '3' }, false],
  [{ Variable: '$.none', IsPresent: false }, true],
  [{ Variable: '$.when', TimestampGreaterThan: '2029-12-31T23:59:59+00:00' }, true],
  [{ Not: { Variable: '$.list', IsString: true } }, true],
  [
    {
      And: [
        { Variable: '$.n', IsNumeric: true },
        {
          Or: [
            { Variable: '$.text', IsNull: true },
            { Variable: '$.n', NumericLessThanEquals: 3 },
          ],
        },
      ],
    },
    true,
  ],
])('rule %j', async (rule, holds) => {
  const machine = await states.create({
    StartAt: 'Try',
    States: {
      Try: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
      Yes: { Type: 'Succeed' },
      No: { Type: 'Fail' },
    },
  });
  const { status, cause } = await states.run(machine, input);
  expect(cause).toBeUndefined();
  expect(status).toBe(holds ? 'SUCCEEDED' : 'FAILED');
});
