import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  GetRoleCommand,
  IAMClient,
  ListPoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let iam: IAMClient;
beforeAll(async () => {
  cloud = await testCloud();
  iam = new IAMClient(cloud.client());
});
afterAll(() => cloud.dispose());

const trust = (principal: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
  });

async function sessionOf(role: string, policy?: object) {
  const sts = new STSClient(cloud.client());
  const { Credentials: c } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${cloud.accountId}:role/${role}`,
      RoleSessionName: 'test',
      ...(policy ? { Policy: JSON.stringify(policy) } : {}),
    }),
  );
  return cloud.client({
    accessKeyId: c?.AccessKeyId ?? '',
    secretAccessKey: c?.SecretAccessKey ?? '',
    sessionToken: c?.SessionToken ?? '',
  });
}

describe('IAM and STS', () => {
  it('gives a role session exactly what its role allows, and says what is missing', async () => {
    await iam.send(
      new CreateRoleCommand({
        RoleName: 'reader',
        AssumeRolePolicyDocument: trust({ AWS: cloud.accountId }),
      }),
    );
    const session = await sessionOf('reader');
    const who = await new STSClient(session).send(new GetCallerIdentityCommand({}));
    expect(who.Arn).toBe(`arn:aws:sts::${cloud.accountId}:assumed-role/reader/test`);

    const asReader = new IAMClient(session);
    const denied = await asReader
      .send(new GetRoleCommand({ RoleName: 'reader' }))
      .catch((error: Error) => error);
    expect(denied).toMatchObject({ name: 'AccessDenied' });
    expect((denied as Error).message).toContain(
      `User: arn:aws:sts::${cloud.accountId}:assumed-role/reader/test is not authorized to perform: iam:GetRole on resource: arn:aws:iam::${cloud.accountId}:role/reader because no identity-based policy allows the iam:GetRole action`,
    );
    expect((denied as Error).message).toContain('"Action":"iam:GetRole"');

    await iam.send(
      new PutRolePolicyCommand({
        RoleName: 'reader',
        PolicyName: 'read',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'iam:GetRole',
              Resource: `arn:aws:iam::${cloud.accountId}:role/reader`,
            },
          ],
        }),
      }),
    );
    expect((await asReader.send(new GetRoleCommand({ RoleName: 'reader' }))).Role?.RoleName).toBe('reader');
    await expect(asReader.send(new ListRolesCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('lets nobody assume a role whose trust policy names somebody else', async () => {
    await iam.send(
      new CreateRoleCommand({
        RoleName: 'for-lambda',
        AssumeRolePolicyDocument: trust({ Service: 'lambda.amazonaws.com' }),
      }),
    );
    await expect(sessionOf('for-lambda')).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(sessionOf('nobody')).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('refuses to delete a role that still has policies, a malformed document, and an unknown AWS managed policy', async () => {
    await expect(iam.send(new DeleteRoleCommand({ RoleName: 'reader' }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
    });
    await expect(
      iam.send(
        new PutRolePolicyCommand({ RoleName: 'reader', PolicyName: 'x', PolicyDocument: '{"Statement": 3}' }),
      ),
    ).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
    await expect(
      iam.send(
        new AttachRolePolicyCommand({
          RoleName: 'reader',
          PolicyArn: 'arn:aws:iam::aws:policy/NoSuchPolicy',
        }),
      ),
    ).rejects.toThrow(/Policy arn:aws:iam::aws:policy\/NoSuchPolicy does not exist or is not attachable/);
  });

  it('leaves nothing behind of a policy whose stack fails because one of its roles is not there', async () => {
    const cloudformation = new CloudFormationClient(cloud.client());
    const PolicyDocument = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sqs:ListQueues', Resource: '*' }],
    };
    const Properties = { PolicyDocument, Roles: ['reader', 'nobody'] };
    const resources = {
      managed: { Type: 'AWS::IAM::ManagedPolicy', Properties },
      inline: { Type: 'AWS::IAM::Policy', Properties: { ...Properties, PolicyName: 'half' } },
    };
    for (const [StackName, Policy] of Object.entries(resources)) {
      await cloudformation.send(
        new CreateStackCommand({
          StackName,
          Capabilities: ['CAPABILITY_NAMED_IAM'],
          TemplateBody: JSON.stringify({ Resources: { Policy } }),
        }),
      );
      const status = async () =>
        (await cloudformation.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]?.StackStatus;
      await vi.waitFor(async () => expect(await status()).toBe('ROLLBACK_COMPLETE'), 10_000);
    }
    expect((await iam.send(new ListPoliciesCommand({ Scope: 'Local' }))).Policies).toEqual([]);
    expect((await iam.send(new ListRolePoliciesCommand({ RoleName: 'reader' }))).PolicyNames).toEqual([
      'read',
    ]);
  });

  it('limits by its session policy what CloudFormation does for a session', async () => {
    await iam.send(
      new CreateRoleCommand({
        RoleName: 'deployer',
        AssumeRolePolicyDocument: trust({ AWS: cloud.accountId }),
      }),
    );
    await iam.send(
      new AttachRolePolicyCommand({
        RoleName: 'deployer',
        PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      }),
    );
    const limited = await sessionOf('deployer', {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'cloudformation:*', Resource: '*' }],
    });
    const cloudformation = new CloudFormationClient(limited);
    const Resources = { Queue: { Type: 'AWS::SQS::Queue', Properties: {} } };
    await cloudformation.send(
      new CreateStackCommand({ StackName: 'limited', TemplateBody: JSON.stringify({ Resources }) }),
    );
    await expect(
      waitUntilStackCreateComplete({ client: cloudformation, maxWaitTime: 31 }, { StackName: 'limited' }),
    ).rejects.toThrow(/ROLLBACK/);
    const { StackEvents } = await cloudformation.send(
      new DescribeStackEventsCommand({ StackName: 'limited' }),
    );
    expect(StackEvents?.map((event) => event.ResourceStatusReason ?? '').join()).toContain(
      'no session policy allows the sqs:CreateQueue action',
    );
  });

  it('ends the sessions of a role when it is deleted, also when one of its name is made again', async () => {
    const role = { RoleName: 'again', AssumeRolePolicyDocument: trust({ AWS: cloud.accountId }) };
    await iam.send(new CreateRoleCommand(role));
    const session = new STSClient(await sessionOf('again'));
    await iam.send(new DeleteRoleCommand({ RoleName: 'again' }));
    await iam.send(new CreateRoleCommand(role));
    await expect(session.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });
  });

  it('keeps roles and sessions over a restart', async () => {
    const { stateDirectory } = cloud;
    const session = await sessionOf('reader');
    await cloud.close();
    cloud = await testCloud({ stateDirectory });
    iam = new IAMClient(cloud.client());
    const who = await new STSClient({ ...session, endpoint: cloud.endpoint }).send(
      new GetCallerIdentityCommand({}),
    );
    expect(who.Arn).toContain('assumed-role/reader/test');
  });
});
