/** AWS's own managed policies: listed, shown, attached and evaluated, and refused by name where AWS has none. */
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  IAMClient,
  ListPoliciesCommand,
  ListPolicyVersionsCommand,
  type Policy,
  PutRolePermissionsBoundaryCommand,
  paginateListPolicies,
} from '@aws-sdk/client-iam';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let iam: IAMClient;
beforeAll(async () => {
  cloud = await testCloud();
  iam = new IAMClient(cloud.client());
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'role',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: cloud.accountId }, Action: 'sts:AssumeRole' }],
      }),
    }),
  );
});
afterAll(() => cloud.dispose());

const arn = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const attach = (name: string) =>
  iam.send(new AttachRolePolicyCommand({ RoleName: 'role', PolicyArn: arn(name) }));

async function asRole() {
  const { Credentials } = await new STSClient(cloud.client()).send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${cloud.accountId}:role/role`,
      RoleSessionName: 'test',
    }),
  );
  return new SQSClient(
    cloud.client({
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    }),
  );
}

describe("AWS's managed policies", () => {
  it('are listed page by page, by scope and by path', async () => {
    const all: Policy[] = [];
    for await (const { Policies } of paginateListPolicies({ client: iam }, { Scope: 'AWS' }))
      all.push(...(Policies ?? []));
    expect(all.length).toBeGreaterThan(1500);
    expect(new Set(all.map(({ Arn }) => Arn)).size).toBe(all.length);

    const under = await iam.send(new ListPoliciesCommand({ PathPrefix: '/service-role/', MaxItems: 1000 }));
    expect(under.IsTruncated).toBe(false);
    expect(new Set(under.Policies?.map(({ Path }) => Path))).toEqual(new Set(['/service-role/']));

    const own = await iam.send(new ListPoliciesCommand({ Scope: 'Local' }));
    expect(own.Policies).toEqual([]);
  });

  it('are shown with their dates, their versions and the document of the default one', async () => {
    const PolicyArn = arn('service-role/AWSLambdaSQSQueueExecutionRole');
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    expect(Policy).toMatchObject({
      PolicyName: 'AWSLambdaSQSQueueExecutionRole',
      Path: '/service-role/',
      DefaultVersionId: 'v1',
      IsAttachable: true,
    });
    expect(Policy?.CreateDate?.toISOString()).toBe('2018-06-14T21:50:45.000Z');
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
    expect(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? ''))).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: [
            'sqs:ReceiveMessage',
            'sqs:DeleteMessage',
            'sqs:GetQueueAttributes',
            'logs:CreateLogGroup',
            'logs:CreateLogStream',
            'logs:PutLogEvents',
          ],
          Resource: '*',
        },
      ],
    });

    const { Versions } = await iam.send(
      new ListPolicyVersionsCommand({ PolicyArn: arn('ReadOnlyAccess'), MaxItems: 1000 }),
    );
    expect(Versions?.length).toBeGreaterThan(100);
    expect(Versions?.filter(({ IsDefaultVersion }) => IsDefaultVersion)).toHaveLength(1);
    await expect(
      iam.send(new GetPolicyVersionCommand({ PolicyArn: arn('ReadOnlyAccess'), VersionId: 'v1' })),
    ).rejects.toThrow(/of its older versions only the dates/);
  });

  it.each([
    ['AmazonSQSFullAccess', true],
    ['AmazonSQSReadOnlyAccess', true],
    ['job-function/ViewOnlyAccess', true],
    ['PowerUserAccess', true],
    ['AmazonDynamoDBFullAccess_v2', false],
    ['service-role/AWSLambdaKinesisExecutionRole', false],
  ])('%s lets its holder list queues: %s', async (name, allowed) => {
    await attach(name);
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: arn(name) }));
    expect(Policy?.AttachmentCount).toBe(1);
    const call = (await asRole()).send(new ListQueuesCommand({}));
    await (allowed
      ? expect(call).resolves.toBeDefined()
      : expect(call).rejects.toMatchObject({ name: 'AccessDenied' }));
    await iam.send(new DetachRolePolicyCommand({ RoleName: 'role', PolicyArn: arn(name) }));
  });

  it.each([
    ['AmazonS3FullAcces', 'AmazonS3FullAccess'],
    ['AWSLambdaBasicExecutionRole', 'service-role/AWSLambdaBasicExecutionRole'],
    ['service-role/AmazonSQSFullAccess', 'AmazonSQSFullAccess'],
  ])('refuses %s, which AWS does not have, and names %s', async (wrong, right) => {
    const message = new RegExp(`policy/${wrong} does not exist .*did you mean .*${arn(right)}[,?]`);
    await expect(attach(wrong)).rejects.toThrow(message);
    await expect(
      iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'role', PermissionsBoundary: arn(wrong) })),
    ).rejects.toThrow(message);
    await expect(iam.send(new GetPolicyCommand({ PolicyArn: arn(wrong) }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });

  it("refuses to attach a service-linked role's policy to a role of the account", async () => {
    await expect(attach('aws-service-role/AutoScalingServiceRolePolicy')).rejects.toThrow(
      'Cannot attach a Service Role Policy to a customer role',
    );
  });
});
