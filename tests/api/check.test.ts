/** An app is judged as a whole, all stacks and images, before anything of it is made. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkApp, verdictLines } from '../../src/api/check-app.ts';
import { deployTarget } from '../../src/api/deploy-target.ts';
import { type TestCloud, testCloud } from '../local/harness.ts';

let cloud: TestCloud;
const folder = mkdtempSync(join(tmpdir(), 'slipway-check-test-'));
beforeAll(async () => {
  cloud = await testCloud();
});
afterAll(async () => {
  await cloud.dispose();
  rmSync(folder, { recursive: true, force: true });
});

interface StackOfApp {
  readonly template: object;
  readonly dockerfile?: string;
  readonly dependencies?: readonly string[];
}

/** A cloud assembly as the CDK writes it. */
function assembly(name: string, stacks: Readonly<Record<string, StackOfApp>>): string {
  const out = join(folder, name);
  mkdirSync(out);
  const artifacts: Record<string, object> = {};
  for (const [id, { template, dockerfile, dependencies = [] }] of Object.entries(stacks)) {
    writeFileSync(join(out, `${id}.template.json`), JSON.stringify(template));
    const dockerImages: Record<string, object> = {};
    if (dockerfile !== undefined) {
      mkdirSync(join(out, `image-${id}`));
      writeFileSync(join(out, `image-${id}`, 'Dockerfile'), dockerfile);
      dockerImages[id] = {
        source: { directory: `image-${id}` },
        destinations: { here: { repositoryName: 'images', imageTag: id.toLowerCase() } },
      };
    }
    writeFileSync(
      join(out, `${id}.assets.json`),
      JSON.stringify({ version: '39.0.0', files: {}, dockerImages }),
    );
    artifacts[`${id}.assets`] = { type: 'cdk:asset-manifest', properties: { file: `${id}.assets.json` } };
    artifacts[id] = {
      type: 'aws:cloudformation:stack',
      environment: 'aws://unknown-account/unknown-region',
      properties: { templateFile: `${id}.template.json` },
      dependencies: [`${id}.assets`, ...dependencies],
      displayName: id,
    };
  }
  writeFileSync(join(out, 'manifest.json'), JSON.stringify({ version: '39.0.0', artifacts }));
  return out;
}

const queueStack = {
  Resources: { Queue: { Type: 'AWS::SQS::Queue' } },
  Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Queue', 'Arn'] }, Export: { Name: 'queue-arn' } } },
};

const stackNames = async () => {
  const { StackSummaries = [] } = await new CloudFormationClient(cloud.client()).send(
    new ListStacksCommand(),
  );
  return StackSummaries.map(({ StackName }) => StackName);
};

describe('an app', () => {
  it('is refused whole, with every reason of every stack and image, before its first stack is made', async () => {
    const target = assembly('refused', {
      First: { template: queueStack },
      Second: {
        template: {
          Resources: {
            Cluster: { Type: 'AWS::EKS::Cluster', Metadata: { 'aws:cdk:path': 'Second/Cluster/Resource' } },
            Long: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 1000 } },
            Stage: {
              Type: 'AWS::ApiGateway::Stage',
              Properties: { RestApiId: 'a', DeploymentId: 'd', StageName: 's', CacheClusterEnabled: true },
            },
          },
        },
        dockerfile:
          'FROM node:22-slim\nRUN apt-get install -y libnothing-dev\nADD https://example.com/x /x\n',
        dependencies: ['First'],
      },
    });
    const error = await deployTarget({ target, cloud }).then(
      () => new Error('deployed'),
      (reason: Error) => reason,
    );
    for (const text of [
      'AWS::EKS::Cluster: the resource type is not supported\n    Second: Cluster (Second/Cluster/Resource)',
      'DelaySeconds',
      'caches of stages',
      'Dockerfile:2: ',
      'libnothing-dev',
      'Dockerfile:3: ',
    ])
      expect(error.message).toContain(text);
    expect(error).toMatchObject({ code: 'local.deploy-failed' });
    expect(await stackNames()).toEqual([]);
  });

  it('hears of malformed parts of a template, missing assets and refused types at once, each reason once', async () => {
    const clusters = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`Cluster${i}`, { Type: 'AWS::EKS::Cluster' }]),
    );
    const target = assembly('all-at-once', {
      First: { template: { Resources: clusters } },
      Second: {
        template: {
          Transform: 'Macro',
          Resources: {
            Bad: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Nobody' } } },
            Odd: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::Join': 'x' } } },
            Cluster: { Type: 'AWS::EKS::Cluster' },
            Long: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 1000 } },
          },
        },
      },
    });
    writeFileSync(
      join(target, 'First.assets.json'),
      JSON.stringify({
        version: '39.0.0',
        files: {
          gone: {
            source: { path: 'gone', packaging: 'zip' },
            destinations: { here: { bucketName: 'b', objectKey: 'gone.zip' } },
          },
        },
      }),
    );
    const verdict = await checkApp({ target, cloud });
    const lines = verdictLines(verdict);
    expect(lines).toContain('  AWS::EKS::Cluster: the resource type is not supported (13 resources)');
    expect(lines).toContain('    First: Cluster0');
    expect(lines).toContain('    and 3 more, which slipway check --json lists');
    const text = lines.join('\n');
    for (const one of [
      'the transform Macro is not supported',
      '/Resources/Bad/Properties/QueueName: Template format error: Unresolved resource dependencies [Nobody]',
      '/Resources/Odd/Properties/QueueName',
      'DelaySeconds',
      `the asset gone is not there: ${join(target, 'gone')}`,
    ])
      expect(text).toContain(one);
  });

  it('may import what an earlier stack of it exports, and take parameters that it makes', async () => {
    const target = assembly('imports', {
      First: {
        template: {
          ...queueStack,
          Resources: {
            ...queueStack.Resources,
            Name: {
              Type: 'AWS::SSM::Parameter',
              Properties: { Type: 'String', Name: '/app/name', Value: 'x' },
            },
          },
        },
      },
      Second: {
        template: {
          Parameters: { Name: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/app/name' } },
          Resources: {
            Rule: {
              Type: 'AWS::Events::Rule',
              Properties: {
                ScheduleExpression: 'rate(1 day)',
                Targets: [{ Id: 'queue', Arn: { 'Fn::ImportValue': 'queue-arn' } }],
              },
            },
          },
        },
        dependencies: ['First'],
      },
      Third: {
        template: {
          Resources: {
            Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { 'Fn::ImportValue': 'no-such' } } },
          },
        },
        dependencies: ['Second'],
      },
    });
    const verdict = await checkApp({ target, cloud });
    expect(verdictLines(verdict)).toEqual(['Third:', '  No export named no-such found.']);
    expect(verdict.stacks.map(({ stackName, live }) => [stackName, live])).toEqual([
      ['First', 2],
      ['Second', 1],
      ['Third', 1],
    ]);
    expect(await stackNames()).toEqual([]);
  });

  it('is not refused for values that only a deployment tells, also of an earlier stack', async () => {
    const target = assembly('guesses', {
      Network: {
        template: {
          Resources: {
            Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
            Subnet: {
              Type: 'AWS::EC2::Subnet',
              Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' },
            },
            Group: {
              Type: 'AWS::EC2::SecurityGroup',
              Properties: { GroupDescription: 'x', VpcId: { Ref: 'Vpc' } },
            },
          },
          Outputs: {
            Group: { Value: { 'Fn::GetAtt': ['Group', 'GroupId'] }, Export: { Name: 'group' } },
            Subnet: { Value: { Ref: 'Subnet' }, Export: { Name: 'subnet' } },
            // Nothing tells the parts of this text before it is there.
            Part: {
              Value: { 'Fn::Select': [5, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Group', 'GroupId'] }] }] },
              Export: { Name: 'part' },
            },
          },
        },
      },
      Code: {
        template: {
          Resources: {
            Role: {
              Type: 'AWS::IAM::Role',
              Properties: {
                AssumeRolePolicyDocument: {
                  Version: '2012-10-17',
                  Statement: {
                    Effect: 'Allow',
                    Action: 'sts:AssumeRole',
                    Principal: { Service: 'lambda.amazonaws.com' },
                  },
                },
              },
            },
            Function: {
              Type: 'AWS::Lambda::Function',
              Properties: {
                Code: { ZipFile: 'exports.handler = async () => 1' },
                Handler: 'index.handler',
                Runtime: 'nodejs22.x',
                Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
                Environment: { Variables: { PART: { 'Fn::ImportValue': 'part' } } },
                VpcConfig: {
                  SecurityGroupIds: [{ 'Fn::ImportValue': 'group' }],
                  SubnetIds: [{ 'Fn::ImportValue': 'subnet' }],
                },
              },
            },
          },
        },
        dependencies: ['Network'],
      },
    });
    expect(verdictLines(await checkApp({ target, cloud }))).toEqual([]);
  });

  it('takes what a nested stack answers for what it will be', async () => {
    const inner = {
      Resources: { Topic: { Type: 'AWS::SNS::Topic' } },
      Outputs: { Function: { Value: 'arn:aws:lambda:us-east-1:000000000000:function:made' } },
    };
    const TemplateURL = 'https://templates.s3.us-east-1.amazonaws.com/inner.json';
    const custom = (output: string) => ({
      Type: 'Custom::Thing',
      Properties: { ServiceToken: { 'Fn::GetAtt': ['Inner', `Outputs.${output}`] } },
    });
    const template = (nested: string, output: string) => ({
      stackName: 'Outer',
      template: JSON.stringify({
        Resources: {
          Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL } },
          Custom: custom(output),
        },
      }),
      nested: { 'inner.json': nested },
    });
    const queue = { Value: 'arn:aws:sqs:us-east-1:000000000000:queue' };
    const refused = async (nested: object, output: string) =>
      (await cloud.check([template(JSON.stringify(nested), output)])).flatMap(({ refusals }) =>
        refusals.map(({ logicalId, what }) => `${logicalId}: ${what}`),
      );
    expect(await refused(inner, 'Function')).toEqual([]);
    expect(await refused({ ...inner, Outputs: { Queue: queue } }, 'Queue')).toEqual([
      expect.stringContaining('Custom: Slipway does not support the ServiceToken arn:aws:sqs'),
    ]);
  });

  const topic = (DisplayName: unknown) => ({ Type: 'AWS::SNS::Topic', Properties: { DisplayName } });
  const late = {
    'an attribute that the type has not, in an output': {
      Outputs: { O: { Value: { 'Fn::GetAtt': ['Queue', 'Nope'] } } },
      reason: 'resource Queue does not support attribute type Nope in Fn::GetAtt',
    },
    'an attribute whose name is computed': {
      Parameters: { Name: { Type: 'String', Default: 'Nope' } },
      Outputs: { O: { Value: { 'Fn::GetAtt': ['Queue', { Ref: 'Name' }] } } },
      reason: 'resource Queue does not support attribute type Nope in Fn::GetAtt',
    },
    'an import whose name is computed': {
      Parameters: { Name: { Type: 'String', Default: 'nope' } },
      Resources: { Topic: topic({ 'Fn::ImportValue': { 'Fn::Sub': '${Name}-x' } }) },
      reason: 'No export named nope-x found.',
    },
    'an import of an output': {
      Outputs: { O: { Value: { 'Fn::ImportValue': 'nope' } } },
      reason: 'No export named nope found.',
    },
    'an output of another stack': {
      Resources: { Topic: topic({ 'Fn::GetStackOutput': { StackName: 'No', OutputName: 'Arn' } }) },
      reason: 'the output Arn of the stack No in us-east-1 is not known',
    },
    'a parameter of SSM': {
      Resources: { Topic: topic({ 'Fn::Sub': '{{resolve:ssm:/${AWS::StackName}/nope}}' }) },
      reason: 'Parameter /',
    },
    'a custom resource that a topic provides': {
      Resources: {
        Topic: topic('x'),
        Custom: { Type: 'Custom::Thing', Properties: { ServiceToken: { Ref: 'Topic' } } },
      },
      reason: 'it must be the ARN of a function',
    },
  };

  it.each(Object.entries(late))('is refused at the start for %s', async (title, { reason, ...template }) => {
    const name = `late-${Object.keys(late).indexOf(title)}`;
    const Resources = { ...queueStack.Resources, ...('Resources' in template ? template.Resources : {}) };
    const target = assembly(name, { Stack: { template: { ...template, Resources } } });
    const lines = verdictLines(await checkApp({ target, cloud })).join('\n');
    expect(lines).toContain(reason);
  });

  it('may use the outputs and parameters that an earlier stack of it will have', async () => {
    const target = assembly('to-come', {
      First: {
        template: {
          Resources: {
            ...queueStack.Resources,
            Name: {
              Type: 'AWS::SSM::Parameter',
              Properties: { Type: 'String', Name: '/to-come', Value: 'x' },
            },
          },
          Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Queue', 'Arn'] } } },
        },
      },
      Second: {
        template: {
          Resources: {
            A: topic({ 'Fn::GetStackOutput': { StackName: 'First', OutputName: 'Arn' } }),
            B: topic('{{resolve:ssm:/to-come}}'),
          },
        },
        dependencies: ['First'],
      },
    });
    expect(verdictLines(await checkApp({ target, cloud }))).toEqual([]);
  });
});
