/**
 * What a caller has to acknowledge before a template may make IAM entities.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
 */
import type { Capability } from '@aws-sdk/client-cloudformation';
import type { Template } from '../../../template/index.ts';

const iamTypes = new Set(
  [
    'AccessKey',
    'Group',
    'InstanceProfile',
    'ManagedPolicy',
    'Policy',
    'Role',
    'User',
    'UserToGroupAddition',
  ].map((name) => `AWS::IAM::${name}`),
);
const names = ['GroupName', 'InstanceProfileName', 'ManagedPolicyName', 'RoleName', 'UserName'];

export function capabilitiesOf(template: Template): { needed: Capability[]; reason?: string } {
  const found = Object.values(template.Resources).filter((one) => iamTypes.has(one.Type));
  if (found.length === 0) return { needed: [] };
  const named = found.some(
    ({ Type, Properties = {} }) =>
      Type !== 'AWS::IAM::UserToGroupAddition' &&
      Type !== 'AWS::IAM::AccessKey' &&
      names.some((name) => Properties[name] !== undefined),
  );
  return {
    needed: [named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'],
    reason: `The following resource(s) require capabilities: [${[...new Set(found.map((one) => one.Type))].join(', ')}]`,
  };
}
