/** The types of a network keep what they are told, answer what AWS documents, and refuse what AWS refuses. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployer, deployer } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let stacks: Deployer;
beforeAll(async () => {
  cloud = await testCloud();
  stacks = deployer(cloud);
});
afterAll(() => cloud.dispose());

const vpc = { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } };
const subnet = (CidrBlock: string, more: object = {}) => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock, ...more },
});
const getAtt = (...at: string[]) => ({ Value: { 'Fn::GetAtt': at } });

describe('a network', () => {
  it('answers what its types document', async () => {
    const { StackStatus, Outputs = [] } = await stacks.create('network', {
      Resources: {
        Vpc: vpc,
        Subnet: subnet('10.0.0.0/24'),
        Address: { Type: 'AWS::EC2::EIP' },
        Endpoint: {
          Type: 'AWS::EC2::VPCEndpoint',
          Properties: {
            VpcId: { Ref: 'Vpc' },
            VpcEndpointType: 'Interface',
            ServiceName: 'com.amazonaws.us-east-1.sqs',
            SubnetIds: [{ Ref: 'Subnet' }],
          },
        },
      },
      Outputs: {
        Zone: getAtt('Subnet', 'AvailabilityZone'),
        Address: { Value: { Ref: 'Address' } },
        PublicIp: getAtt('Address', 'PublicIp'),
        Allocation: getAtt('Address', 'AllocationId'),
        Names: { Value: { 'Fn::Join': [' ', { 'Fn::GetAtt': ['Endpoint', 'DnsEntries'] }] } },
      },
    });
    expect(StackStatus).toBe('CREATE_COMPLETE');
    const of = Object.fromEntries(Outputs.map((one) => [one.OutputKey, one.OutputValue ?? '']));
    expect(of.Zone).toMatch(/^us-east-1[a-f]$/);
    expect(of.Address).toMatch(/^198\.1[89]\.\d+\.\d+$/);
    expect(of.PublicIp).toBe(of.Address);
    expect(of.Allocation).toMatch(/^eipalloc-0[0-9a-f]{16}$/);
    expect(of.Names).toMatch(
      /^Z7HUB22UULQXV:vpce-0[0-9a-f]{16}-\w+\.sqs\.us-east-1\.vpce\.amazonaws\.com Z7HUB22UULQXV:vpce-\w+-\w+-us-east-1a\.sqs/,
    );
  });

  it('of one VPC has no two subnets that overlap, made side by side or in another stack', async () => {
    const together = await stacks.create('together', {
      Resources: { Vpc: vpc, One: subnet('10.0.1.0/24'), Two: subnet('10.0.1.128/25') },
    });
    expect(together.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect((await stacks.story('together')).join('\n')).toContain(
      'conflicts with another subnet (InvalidSubnet.Conflict)',
    );
    const { Outputs = [] } = await stacks.create('owner', {
      Resources: { Vpc: vpc, One: subnet('10.0.1.0/24') },
      Outputs: { Vpc: { Value: { Ref: 'Vpc' } } },
    });
    const other = await stacks.create('other', {
      Resources: { Two: subnet('10.0.1.0/28', { VpcId: Outputs[0]?.OutputValue }) },
    });
    expect(other.StackStatus).toBe('ROLLBACK_COMPLETE');
  });

  it('takes a subnet of a VPC that is made elsewhere', async () => {
    const { StackStatus } = await stacks.create('elsewhere', {
      Resources: { Subnet: subnet('192.168.0.0/24', { VpcId: 'vpc-0123456789abcdef0' }) },
    });
    expect(StackStatus).toBe('CREATE_COMPLETE');
  });
});
