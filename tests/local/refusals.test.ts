/**
 * What a template says is judged before anything is made: each member below is refused by CreateChangeSet, with its
 * text, beside all the others of its template.
 */
import { ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployer, deployer, ssm } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';
import { type Refused, refused } from './refusals/members.ts';

let cloud: TestCloud;
let stacks: Deployer;
beforeAll(async () => {
  cloud = await testCloud();
  stacks = deployer(cloud);
});
afterAll(() => cloud.dispose());

let count = 0;
const named = { Capabilities: ['CAPABILITY_NAMED_IAM' as const] };
async function refusalOf(resources: object, more: object = {}): Promise<string> {
  const name = `refused-${++count}`;
  return stacks.changeSet(name, 'CREATE', { Resources: resources, ...more }, named).then(
    () => 'accepted',
    (error: Error) => error.message,
  );
}

const byType = [...new Set(refused.map(({ type }) => type))].map((type): [string, readonly Refused[]] => [
  type,
  refused.filter((one) => one.type === type),
]);

describe('a template is refused before anything is made', () => {
  it.each(byType)('for each value of %s that is not supported', async (Type, members) => {
    const message = await refusalOf({
      // What AWS refuses is told at once only beside what Slipway refuses.
      Stops: { Type: 'AWS::EKS::Cluster' },
      ...Object.assign({}, ...members.map(({ others }) => others)),
      ...Object.fromEntries(
        members.map(({ properties: Properties }, at) => [`R${at}`, { Type, Properties }]),
      ),
    });
    const lines = message.split('\n');
    for (const [at, { says }] of members.entries())
      for (const text of says)
        expect(
          lines.some((line) => line.startsWith(`R${at} (${Type}): `) && line.includes(text)),
          `${text} in ${message}`,
        ).toBe(true);
  });

  it('for all of its resources at once, also beside a parameter that SSM does not have', async () => {
    const message = await refusalOf(
      {
        A: { Type: 'AWS::EKS::Cluster', Properties: { Vpc: { Ref: 'Vpc' } } },
        B: { Type: 'AWS::CloudFormation::WaitCondition', Properties: { Handle: 'x', Timeout: '0' } },
        C: ssm('x'),
      },
      { Parameters: { Vpc: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/aws/service/vpc' } } },
    );
    expect(message).toContain('Unable to fetch parameters [/aws/service/vpc]');
    expect(message).toContain('A (AWS::EKS::Cluster): the resource type is not supported');
    expect(message).toContain('B (AWS::CloudFormation::WaitCondition): A WaitCondition needs');
    expect(message).not.toContain('C (');
  });

  it('for a parameter without a value, and for what is behind it', async () => {
    const message = await refusalOf(
      { A: { Type: 'AWS::ApiGateway::Model', Properties: { RestApiId: { Ref: 'Name' }, Name: 'a-b' } } },
      { Parameters: { Name: { Type: 'String' } } },
    );
    expect(message).toContain('Parameters: [Name] must have values');
    expect(message).toContain('A (AWS::ApiGateway::Model): Model name must be alphanumeric');
  });

  it('and a check makes nothing', async () => {
    const set = await stacks.changeSet('nothing-made', 'CREATE', {
      Resources: { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api' } } },
    });
    const { StackResourceSummaries } = await stacks.client.send(
      new ListStackResourcesCommand({ StackName: set.StackId }),
    );
    expect(StackResourceSummaries).toEqual([]);
  });
});
