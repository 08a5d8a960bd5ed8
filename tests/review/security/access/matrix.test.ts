/** Who may do what to which data, and by which statement. */
import { describe, expect, it } from 'vitest';
import { accessOf, architectureOfTemplate } from '../../../../src/architecture/index.ts';
import { accessReport } from '../../../../src/review/security/access/index.ts';

const trust =
  '{ Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: "sts:AssumeRole" }] }';

function appWith(statements: string, more = ''): ReturnType<typeof architectureOfTemplate> {
  return architectureOfTemplate(`
Parameters: { Outside: { Type: String } }
Resources:
  Role: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust} } }
  Policy:
    Type: AWS::IAM::Policy
    Properties: { PolicyName: own, Roles: [!Ref Role], PolicyDocument: { Version: "2012-10-17", Statement: [${statements}] } }
  Work: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt Role.Arn, Environment: { Variables: { BUCKET: !Ref Files } } } }
  Files: { Type: AWS::S3::Bucket }
  Orders: { Type: AWS::DynamoDB::Table, Properties: { KeySchema: [] } }
${more}`);
}

const cell = (app: ReturnType<typeof appWith>, store: string) =>
  accessReport(app).cells.find((one) => one.store === `template/${store}`);

describe('access matrix', () => {
  it('names the statement that allows, by level', () => {
    const found = cell(
      appWith(
        '{ Effect: Allow, Action: "s3:PutObject", Resource: !Sub "${Files.Arn}/*" }, { Effect: Allow, Action: "s3:Get*", Resource: !Sub "${Files.Arn}/*" }',
      ),
      'Files',
    );
    expect(found?.write).toMatchObject([
      {
        actions: ['s3:PutObject'],
        allowed: 'yes',
        evidence: { at: 'template/Policy/Properties/PolicyDocument/Statement/0' },
      },
    ]);
    expect(found?.read).toMatchObject([
      {
        actions: ['s3:GetObject'],
        evidence: { at: 'template/Policy/Properties/PolicyDocument/Statement/1' },
      },
    ]);
    expect(found?.admin).toEqual([]);
  });

  it('counts a part of a bucket as access to it', () => {
    const found = cell(
      appWith('{ Effect: Allow, Action: "s3:GetObject", Resource: !Sub "${Files.Arn}/reports/*" }'),
      'Files',
    );
    expect(found?.read[0]?.actions).toEqual(['s3:GetObject']);
  });

  it('leaves out what an explicit deny takes away', () => {
    const found = cell(
      appWith(
        '{ Effect: Allow, Action: "s3:*", Resource: "*" }, { Effect: Deny, Action: "s3:DeleteObject", Resource: "*" }',
      ),
      'Files',
    );
    expect(found?.write.flatMap(({ actions }) => actions)).toEqual(['s3:PutObject']);
  });

  it('tells access under a condition from access', () => {
    const found = cell(
      appWith(
        '{ Effect: Allow, Action: "s3:GetObject", Resource: "*", Condition: { StringEquals: { "aws:ResourceTag/team": a } } }',
      ),
      'Files',
    );
    expect(found?.read[0]?.allowed).toBe('conditions');
  });

  it('cannot tell where the resource could not be resolved, and says what', () => {
    const found = cell(appWith('{ Effect: Allow, Action: "s3:GetObject", Resource: !Ref Outside }'), 'Files');
    expect(found?.read[0]).toMatchObject({ allowed: 'cannot-tell' });
  });

  it('finds access that a bucket policy gives', () => {
    const found = cell(
      appWith(
        '{ Effect: Allow, Action: "sqs:SendMessage", Resource: "*" }',
        `  Open:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Files
      PolicyDocument:
        Statement: [{ Effect: Allow, Principal: { AWS: !GetAtt Role.Arn }, Action: "s3:GetObject", Resource: !Sub "\${Files.Arn}/*" }]`,
      ),
      'Files',
    );
    expect(found?.read[0]?.evidence.at).toBe('template/Open/Properties/PolicyDocument/Statement/0');
  });

  it('holds a permissions boundary against the role’s own policies', () => {
    const app = architectureOfTemplate(`
Resources:
  Boundary: { Type: AWS::IAM::ManagedPolicy, Properties: { PolicyDocument: { Statement: [{ Effect: Allow, Action: "sqs:*", Resource: "*" }] } } }
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: ${trust}
      PermissionsBoundary: !Ref Boundary
      Policies: [{ PolicyName: own, PolicyDocument: { Statement: [{ Effect: Allow, Action: "*", Resource: "*" }] } }]
  Files: { Type: AWS::S3::Bucket }
  Queue: { Type: AWS::SQS::Queue }`);
    expect(accessReport(app).cells.map(({ store }) => store)).toEqual(['template/Queue']);
  });

  it('needs both the key’s policy and the role’s own to use a key', () => {
    const key = (statement: string) =>
      cell(
        appWith(
          '{ Effect: Allow, Action: "kms:Decrypt", Resource: !GetAtt Key.Arn }',
          `  Key: { Type: AWS::KMS::Key, Properties: { KeyPolicy: { Statement: [${statement}] } } }`,
        ),
        'Key',
      );
    const account = '{ Effect: Allow, Principal: { AWS: "123456789012" }, Action: "kms:*", Resource: "*" }';
    const other = '{ Effect: Allow, Principal: { AWS: "111122223333" }, Action: "kms:*", Resource: "*" }';
    expect(key(account)?.read[0]?.actions).toEqual(['kms:Decrypt']);
    expect(key(other)).toBeUndefined();
  });

  it('says whether what runs as the role is told of the store', () => {
    const app = appWith('{ Effect: Allow, Action: ["s3:GetObject", "dynamodb:GetItem"], Resource: "*" }');
    expect(cell(app, 'Files')?.need).toMatchObject({
      verdict: 'named',
      evidence: [{ at: 'template/Work/Properties/Environment/Variables/BUCKET' }],
    });
    expect(cell(app, 'Orders')?.need.verdict).toBe('not-named');
  });

  it('takes a measured run over what the configuration says', () => {
    const app = appWith('{ Effect: Allow, Action: ["s3:GetObject", "dynamodb:GetItem"], Resource: "*" }');
    const measured = [{ principal: 'Role', action: 'dynamodb:GetItem', resource: 'template/Orders' }];
    const verdicts = accessReport(app, measured).cells.map(({ store, need }) => [store, need.verdict]);
    expect(Object.fromEntries(verdicts)).toEqual({
      'template/Files': 'unused',
      'template/Orders': 'measured',
    });
  });

  it('names a managed policy that it does not know, instead of guessing', () => {
    const app = architectureOfTemplate(`
Resources:
  Role: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust}, ManagedPolicyArns: ["arn:aws:iam::aws:policy/AWSSomethingNew"] } }
  Files: { Type: AWS::S3::Bucket }`);
    const report = accessReport(app);
    expect(report.principals[0]?.unknownPolicies).toEqual(['arn:aws:iam::aws:policy/AWSSomethingNew']);
    expect(report.unclear[0]?.what).toContain('AWSSomethingNew');
    expect(report.cells).toEqual([]);
    const [identity] = accessOf(app).identities;
    const files = app.byId('template/Files');
    if (identity === undefined || files === undefined) throw new Error('the template was not read');
    expect(accessOf(app).may(identity, 's3:GetObject', `${files.arn}/x`, files)).toMatchObject({
      allowed: 'cannot-tell',
      because: expect.stringContaining('AWSSomethingNew'),
    });
  });

  it('cannot tell under a permissions boundary that it does not know', () => {
    const app = architectureOfTemplate(`
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: ${trust}
      PermissionsBoundary: arn:aws:iam::123456789012:policy/company-boundary
      Policies: [{ PolicyName: own, PolicyDocument: { Statement: [{ Effect: Allow, Action: "s3:ListBucket", Resource: "*" }] } }]
  Files: { Type: AWS::S3::Bucket }`);
    expect(accessReport(app).cells[0]?.read[0]).toMatchObject({ allowed: 'cannot-tell' });
  });

  it('gives users what their groups may do', () => {
    const app = architectureOfTemplate(`
Resources:
  Admins: { Type: AWS::IAM::Group, Properties: { Policies: [{ PolicyName: all, PolicyDocument: { Statement: [{ Effect: Allow, Action: "s3:PutBucketPolicy", Resource: "*" }] } }] } }
  Ada: { Type: AWS::IAM::User, Properties: { Groups: [!Ref Admins] } }
  Files: { Type: AWS::S3::Bucket }`);
    expect(accessReport(app).cells[0]).toMatchObject({
      principal: 'template/Ada',
      admin: [{ actions: ['s3:PutBucketPolicy'], policy: 'all' }],
    });
  });

  it('adds up several policies at one queue, and names the one that decides', () => {
    const app = architectureOfTemplate(`
Resources:
  Queue: { Type: AWS::SQS::Queue }
  First: { Type: AWS::SQS::QueuePolicy, Properties: { Queues: [!Ref Queue], PolicyDocument: { Statement: [{ Effect: Allow, Principal: { AWS: "111122223333" }, Action: "sqs:SendMessage", Resource: "*" }] } } }
  Second: { Type: AWS::SQS::QueuePolicy, Properties: { Queues: [!Ref Queue], PolicyDocument: { Statement: [{ Effect: Allow, Principal: "*", Action: "sqs:ReceiveMessage", Resource: "*" }] } } }`);
    const queue = app.byId('template/Queue');
    if (queue === undefined) throw new Error('the template was not read');
    const model = accessOf(app);
    expect(model.mayAnyone('sqs:ReceiveMessage', queue.arn, queue)).toMatchObject({
      allowed: 'yes',
      statement: { path: 'template/Second/Properties/PolicyDocument/Statement/0' },
    });
    expect(model.mayAnyone('sqs:SendMessage', queue.arn, queue).allowed).toBe('no');
  });
});
