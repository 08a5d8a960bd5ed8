/** The subject: what a review knows of a template, and what it says it does not know. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  architectureOfTemplate,
  isUnresolved,
  readArchitecture,
  textAt,
} from '../../src/architecture/index.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderWith(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-subject-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), JSON.stringify(content));
  }
  return folder;
}

const subject = (resources: object, more: object = {}) =>
  architectureOfTemplate(JSON.stringify({ Resources: resources, ...more }), { name: 'App' });

const stackArtifact = (templateFile: string, more: object = {}) => ({
  type: 'aws:cloudformation:stack',
  environment: 'aws://unknown-account/unknown-region',
  properties: { templateFile },
  ...more,
});

describe('names', () => {
  it('gives a queue that AWS names an ARN and a URL that still say whose they are', () => {
    const { byId } = subject({
      Jobs: { Type: 'AWS::SQS::Queue' },
      Worker: {
        Type: 'AWS::Lambda::Function',
        Properties: { A: { Ref: 'Jobs' }, B: { 'Fn::GetAtt': ['Jobs', 'Arn'] } },
      },
    });
    expect(byId('App/Worker')?.properties).toEqual({
      A: 'https://sqs.us-east-1.amazonaws.com/123456789012/{App/Jobs}',
      B: 'arn:aws:sqs:us-east-1:123456789012:{App/Jobs}',
    });
    expect(byId('App/Worker')?.uses.map((link) => link.to.logicalId)).toEqual(['Jobs', 'Jobs']);
    expect(byId('App/Jobs')?.usedBy[0]?.path).toBe('/Properties/A');
  });

  it('names a database after the subnet group that it stands in by its chosen name', () => {
    const { byId } = subject({
      Group: { Type: 'AWS::RDS::DBSubnetGroup', Properties: { DBSubnetGroupName: 'data' } },
      Db: { Type: 'AWS::RDS::DBInstance', Properties: { DBSubnetGroupName: 'data' } },
    });
    expect(byId('App/Db')?.uses.map((link) => link.to.id)).toEqual(['App/Group']);
  });

  it('uses the name that the template chooses, and finds the resource by a literal ARN', () => {
    const found = subject({
      Files: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': 'files-${AWS::Region}' } } },
      Reader: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyDocument: { Statement: [{ Resource: 'arn:aws:s3:::files-us-east-1/*' }] } },
      },
    });
    expect(found.byId('App/Reader')?.uses.map((link) => link.to.id)).toEqual(['App/Files']);
    expect(found.named('arn:aws:s3:::files-us-east-1')?.id).toBe('App/Files');
    expect(found.named('arn:aws:s3:::files-us-east-1-other/*')).toBeUndefined();
  });

  it('keeps a secret that is looked up as the text that looks it up', () => {
    const found = subject({
      Db: {
        Type: 'AWS::RDS::DBInstance',
        Properties: { MasterUserPassword: '{{resolve:secretsmanager:prod/db:SecretString:password}}' },
      },
    });
    expect(textAt(found.byId('App/Db')?.properties, 'MasterUserPassword')).toBe(
      '{{resolve:secretsmanager:prod/db:SecretString:password}}',
    );
  });
});

describe('what cannot be known', () => {
  it('is unresolved with the parameter that is missing, and does not hide the rest', () => {
    const found = subject(
      { Api: { Type: 'AWS::Lambda::Function', Properties: { MemorySize: { Ref: 'Memory' }, Timeout: 5 } } },
      { Parameters: { Memory: { Type: 'Number' }, Other: { Type: 'String', Default: 'x' } } },
    );
    const properties = found.byId('App/Api')?.properties;
    expect(isUnresolved(properties?.MemorySize)).toBe(true);
    expect(properties?.Timeout).toBe(5);
    expect(found.notUnderstood).toEqual([
      {
        stack: 'App',
        path: '/Parameters/Memory',
        because: expect.stringContaining('--parameters Memory=') as string,
      },
    ]);
  });

  it('is settled by a given parameter', () => {
    const text = JSON.stringify({
      Parameters: { Memory: { Type: 'Number' } },
      Resources: { Api: { Type: 'AWS::Lambda::Function', Properties: { MemorySize: { Ref: 'Memory' } } } },
    });
    const found = architectureOfTemplate(text, { name: 'App', parameters: { Memory: '512' } });
    expect(found.byId('App/Api')?.properties.MemorySize).toBe('512');
    expect(found.notUnderstood).toEqual([]);
  });

  it('includes a condition: what depends on it is taken as present and said so', () => {
    const found = subject(
      {
        Extra: { Type: 'AWS::SNS::Topic', Condition: 'IsProd' },
        No: { Type: 'AWS::SNS::Topic', Condition: 'Never' },
      },
      {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: {
          IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
          Never: { 'Fn::Equals': ['a', 'b'] },
        },
      },
    );
    expect(found.resources.map((resource) => resource.logicalId)).toEqual(['Extra']);
    expect(found.notUnderstood.map(({ path }) => path)).toContain('/Conditions/IsProd');
  });

  it('includes macros: a SAM template is read and the transform is named', () => {
    const found = subject(
      { F: { Type: 'AWS::Serverless::Function', Properties: { Runtime: 'nodejs20.x' } } },
      { Transform: 'AWS::Serverless-2016-10-31' },
    );
    expect(found.byId('App/F')?.properties.Runtime).toBe('nodejs20.x');
    expect(found.notUnderstood[0]?.because).toContain('AWS::Serverless-2016-10-31');
  });

  it('includes broken references: the resource stays, the value is unresolved', () => {
    const found = subject({
      Q: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: { Ref: 'Gone' } } },
    });
    expect(isUnresolved(found.byId('App/Q')?.properties.KmsMasterKeyId)).toBe(true);
    expect(found.notUnderstood[0]?.because).toContain('Gone');
  });
});

describe('an assembly', () => {
  it('is followed through exports from one stack to another', async () => {
    const folder = folderWith({
      'manifest.json': {
        version: '38.0.0',
        artifacts: {
          App: stackArtifact('app.json', { dependencies: ['Data'] }),
          Data: stackArtifact('data.json'),
        },
      },
      'data.json': {
        Resources: { Table: { Type: 'AWS::DynamoDB::Table' } },
        Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Table', 'Arn'] }, Export: { Name: 'Data:Table' } } },
      },
      'app.json': {
        Resources: {
          Api: { Type: 'AWS::Lambda::Function', Properties: { Table: { 'Fn::ImportValue': 'Data:Table' } } },
        },
      },
    });
    const found = await readArchitecture(folder);
    expect(found.stacks.map(({ name }) => name)).toEqual(['Data', 'App']);
    expect(found.byId('App/Api')?.uses.map((link) => link.to.id)).toEqual(['Data/Table']);
  });

  it('is followed into nested stacks, both ways', async () => {
    const folder = folderWith({
      'manifest.json': { version: '38.0.0', artifacts: { App: stackArtifact('app.json') } },
      'app.json': {
        Resources: {
          Queue: { Type: 'AWS::SQS::Queue' },
          Part: {
            Type: 'AWS::CloudFormation::Stack',
            Properties: { Parameters: { QueueArn: { 'Fn::GetAtt': ['Queue', 'Arn'] } } },
            Metadata: { 'aws:asset:path': 'part.json' },
          },
          Reader: {
            Type: 'AWS::Lambda::Function',
            Properties: { Topic: { 'Fn::GetAtt': ['Part', 'Outputs.Topic'] } },
          },
        },
      },
      'part.json': {
        Parameters: { QueueArn: { Type: 'String' } },
        Resources: {
          Topic: { Type: 'AWS::SNS::Topic' },
          Sub: { Type: 'AWS::SNS::Subscription', Properties: { Endpoint: { Ref: 'QueueArn' } } },
        },
        Outputs: { Topic: { Value: { Ref: 'Topic' } } },
      },
    });
    const found = await readArchitecture(folder);
    expect(found.byId('App-Part/Sub')?.uses.map((link) => link.to.id)).toEqual(['App/Queue']);
    expect(found.byId('App/Reader')?.uses.map((link) => link.to.id)).toContain('App-Part/Topic');
    expect(found.notUnderstood).toEqual([]);
  });

  it('says that a nested template which is not there is not reviewed', async () => {
    const folder = folderWith({
      'manifest.json': { version: '38.0.0', artifacts: { App: stackArtifact('app.json') } },
      'app.json': {
        Resources: { Part: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'x' } } },
      },
    });
    const found = await readArchitecture(folder);
    expect(found.notUnderstood).toEqual([
      expect.objectContaining({
        logicalId: 'Part',
        because: expect.stringContaining('not reviewed') as string,
      }),
    ]);
  });

  it('is read although context values are missing, and each is named', async () => {
    const folder = folderWith({
      'manifest.json': {
        version: '38.0.0',
        missing: [{ key: 'vpc-provider:account=1', provider: 'vpc-provider' }],
        artifacts: { App: stackArtifact('app.json') },
      },
      'app.json': { Resources: { Q: { Type: 'AWS::SQS::Queue' } } },
    });
    const found = await readArchitecture(folder);
    expect(found.notUnderstood[0]?.because).toContain('vpc-provider:account=1');
  });
});

describe('what a resource is called in sentences', () => {
  const at = (path: string) => ({ Type: 'AWS::SQS::Queue', Metadata: { 'aws:cdk:path': path } });
  const named = (resources: object) => subject(resources).resources.map(({ name }) => name);

  it('is its construct path without the stack, the CDK’s last step and its hashes', () => {
    expect(
      named({
        A1: at('App/Jobs/Queue/Resource'),
        B1: at('App/AWS679f53fac002430cb0da5b7982bd2287/Default'),
        C1: at(`App/${'0123456789ABCDEF01234567'}Handler/Resource`),
        D1: { Type: 'AWS::SQS::Queue' },
        E1: at('App/Cluster/Resource/Resource/Default'),
      }),
    ).toEqual(['Jobs/Queue', 'AWS679f53fac002430cb0da5b7982bd2287', 'C1', 'D1', 'Cluster']);
  });

  it('is the logical id where two of a stack would be called the same', () => {
    expect(named({ A1: at('App/Q/Resource'), B1: at('App/Q/Default'), C1: at('App/P/Resource') })).toEqual([
      'A1',
      'B1',
      'P',
    ]);
  });

  it('keeps the stack in front where two stacks have one of that name, and leaves out a stage', async () => {
    const stack = (path: string, own: string) => ({
      Resources: { Q: at(`${path}/Queue/Resource`), Own: at(`${path}/${own}/Resource`) },
    });
    const folder = folderWith({
      'manifest.json': {
        version: '38.0.0',
        artifacts: {
          WebArtifact: stackArtifact('web.json', { displayName: 'Prod/Web' }),
          Data: stackArtifact('data.json', { displayName: 'Data' }),
        },
      },
      'web.json': stack('Prod/Web', 'Site'),
      'data.json': stack('Data', 'Table'),
    });
    const { resources } = await readArchitecture(folder);
    expect(resources.map(({ name }) => name).sort()).toEqual([
      'Data/Queue',
      'Site',
      'Table',
      'WebArtifact/Queue',
    ]);
    expect(resources.map(({ block }) => block).sort()).toEqual(['Queue', 'Queue', 'Site', 'Table']);
  });
});

describe('any template', () => {
  const json = fc.jsonValue({ maxDepth: 4 });
  const intrinsic = fc.oneof(
    fc.record({ Ref: fc.constantFrom('A', 'B', 'P', 'Gone') }),
    fc.record({ 'Fn::GetAtt': fc.constantFrom(['A', 'Arn'], ['B'], 'A.Name', 7) }),
    fc.record({ 'Fn::Sub': fc.constantFrom('${A}-${P}', '${Gone.Arn}', '${', ['x']) }),
    fc.record({ 'Fn::If': fc.constantFrom(['C', 1, 2], ['Nope', 1], 'C') }),
    fc.record({ 'Fn::Select': fc.constantFrom([9, ['a']], [0, { Ref: 'A' }]) }),
  );
  const property = fc.oneof(json, intrinsic, fc.array(intrinsic, { maxLength: 3 }));
  const resource = fc.record({
    Type: fc.constantFrom('AWS::SQS::Queue', 'AWS::S3::Bucket', 'Custom::X', 'nonsense'),
    Properties: fc.dictionary(fc.constantFrom('QueueName', 'BucketName', 'X', 'Tags'), property),
    DependsOn: fc.constantFrom('A', 'B', 'Gone', ['A', 'B']),
  });

  it('is read without throwing', () => {
    const read = fc.property(resource, resource, json, (a, b, conditions) => {
      const parts = { Parameters: { P: { Type: 'String' } }, Conditions: { C: conditions } };
      return subject({ A: a, B: b }, parts).resources.length <= 2;
    });
    const { failed, counterexample } = fc.check(read, { numRuns: 300 });
    expect(failed, JSON.stringify(counterexample)).toBe(false);
  });
});

describe('a template file', () => {
  it('is linked whatever the file is called', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-subject-'));
    const file = join(folder, 'my app (1).template.json');
    const uri = {
      'Fn::Sub': 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations',
    };
    const resources = {
      Fn: { Type: 'AWS::Lambda::Function' },
      Post: { Type: 'AWS::ApiGateway::Method', Properties: { Integration: { Uri: uri } } },
    };
    writeFileSync(file, JSON.stringify({ Resources: resources }));
    const found = await readArchitecture(file);
    rmSync(folder, { recursive: true });
    expect(found.resources.map(({ id }) => id)).toEqual(['my-app-1-/Fn', 'my-app-1-/Post']);
    const named = found.namedIn(found.resources[1]?.properties.Integration ?? null);
    expect(named.map(({ id }) => id)).toEqual(['my-app-1-/Fn']);
  });
});
