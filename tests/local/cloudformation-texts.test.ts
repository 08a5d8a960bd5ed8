/** What CloudFormation says of a template that it refuses: AWS's words alone, as they were recorded there. */
import {
  CloudFormationClient,
  CreateStackCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ssm } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let client: CloudFormationClient;
beforeAll(async () => {
  cloud = await testCloud();
  client = new CloudFormationClient(cloud.client());
});
afterAll(() => cloud.dispose());

const A = ssm('x');
const never = { Never: { 'Fn::Equals': ['a', 'b'] } };
const parameter = (declared: object) => ({
  Parameters: { P: { Type: 'String', ...declared } },
  Resources: { A: ssm({ Ref: 'P' }) },
});
const p = (ParameterValue: string) => [{ ParameterKey: 'P', ParameterValue }];

describe.each<[text: string, template: object | string, parameters?: ReturnType<typeof p>]>([
  ['Template format error: unsupported structure.', '[]'],
  ['Template format error: JSON not well-formed. (line 1, column 25)', '{"this is invalid JSON"="x"}'],
  ['Template format error: YAML not well-formed. (line 1, column 4)', 'a: b: c'],
  ['Template format error: At least one Resources member must be defined.', { Resources: {} }],
  ['Template format error: Any Resources member must be an object.', { Resources: { A: 'a' } }],
  [
    'Template format error: [/Resources/A] Every Resources object must contain a Type member.',
    { Resources: { A: {} } },
  ],
  ["Invalid template resource property 'Invalid'", { Resources: { A: { ...A, Invalid: 1 } } }],
  ['Template format error: Resource name my-id is non alphanumeric.', { Resources: { 'my-id': A } }],
  [
    "[/Outputs/O/Value] 'null' values are not allowed in templates",
    { Resources: { A }, Outputs: { O: { Value: null } } },
  ],
  [
    'Template format error: Every Outputs member must contain a Value object',
    { Resources: { A }, Outputs: { O: {} } },
  ],
  [
    'Template format error: Unresolved resource dependencies [No, Nor] in the Resources block of the template',
    { Resources: { A: ssm({ Ref: 'No' }), B: ssm({ Ref: 'Nor' }), C: ssm({ Ref: 'No' }) } },
  ],
  [
    'Unresolved resource dependencies [B] in the Outputs block of the template',
    {
      Conditions: never,
      Resources: { A, B: { ...A, Condition: 'Never' } },
      Outputs: { O: { Value: { Ref: 'B' } } },
    },
  ],
  [
    'Template error: unresolved condition dependency Missing in Fn::If',
    { Resources: { A: ssm({ 'Fn::If': ['Missing', 'a', 'b'] }) } },
  ],
  [
    'Template error: Unable to get mapping for M::C::Suffix',
    {
      Mappings: { M: { A: { Suffix: 's' } } },
      Resources: { A: ssm({ 'Fn::FindInMap': ['M', 'C', 'Suffix'] }) },
    },
  ],
  [
    'Template format error: Every Mappings attribute must be a String or a List.',
    { Mappings: { M: { A: { S: { t: 'u' } } } }, Resources: { A } },
  ],
  [
    'Template format error: Every Mappings member M must be a map',
    { Mappings: { M: 's' }, Resources: { A } },
  ],
  [
    'Template error: every Fn::Equals object requires a list of 2 string parameters.',
    { Conditions: { C: { 'Fn::Equals': ['a'] } }, Resources: { A } },
  ],
  [
    'Template error: Fn::Select requires a list argument with two elements: an integer index and a list',
    { Resources: { A: ssm({ 'Fn::Select': ['0'] }) } },
  ],
  [
    'Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.',
    { Resources: { A: ssm({ 'Fn::Select': ['0', { 'Fn::Split': ['a'] }] }) } },
  ],
  [
    'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
    { Resources: { A: ssm({ 'Fn::GetAtt': ['B', ''] }), B: A } },
  ],
  ["Parameter 'P' must be a number.", parameter({ Type: 'Number' }), p('x')],
  ["Parameter 'P' must be one of AllowedValues", parameter({ AllowedValues: ['a'] }), p('x')],
  ["Parameter 'P' must match pattern [a-c]+", parameter({ AllowedPattern: '[a-c]+' }), p('x')],
  ["Parameter 'P' must contain at least 3 characters", parameter({ MinLength: 3 }), p('x')],
  ['Parameters: [P] must have values', parameter({})],
  ['Parameters: [P] do not exist in the template', { Resources: { A } }, p('x')],
])('%s', (message, template, Parameters) => {
  const TemplateBody = typeof template === 'string' ? template : JSON.stringify(template);

  it('is the whole answer', async () => {
    await expect(
      client.send(new CreateStackCommand({ StackName: 'refused', TemplateBody, Parameters })),
    ).rejects.toMatchObject({ name: 'ValidationError', message });
  });
});

it('is the same when a template is only validated', async () => {
  const TemplateBody = JSON.stringify({ Resources: { A: ssm({ Ref: 'No' }), B: ssm({ Ref: 'Nor' }) } });
  await expect(client.send(new ValidateTemplateCommand({ TemplateBody }))).rejects.toMatchObject({
    message:
      'Template format error: Unresolved resource dependencies [No, Nor] in the Resources block of the template',
  });
});
