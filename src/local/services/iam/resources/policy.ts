import { documentText } from '../../../document-text.ts';
import { type Invoke, ignoring, resourceType, unsupported } from '../../../service.ts';

interface PolicyProperties {
  readonly PolicyName: string;
  readonly PolicyDocument: object | string;
  readonly Roles?: readonly string[];
  readonly Users?: readonly string[];
  readonly Groups?: readonly string[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html */
export const policy = resourceType<PolicyProperties>({
  type: 'AWS::IAM::Policy',
  mode: 'live',
  honoured: ['PolicyName', 'PolicyDocument', 'Roles', 'Users'],
  async create({ properties, invoke, uniqueName }) {
    if (properties.Groups?.length) throw unsupported('Groups of AWS::IAM::Policy');
    try {
      await put(invoke, properties);
    } catch (error) {
      // Nothing half-made stays behind when one of the principals is not there.
      await remove(invoke, properties);
      throw error;
    }
    return state(uniqueName(64));
  },
  async update({ properties, previous, physicalId, invoke }) {
    await put(invoke, properties);
    await remove(invoke, previous, properties);
    return state(physicalId);
  },
  async delete({ properties, invoke }) {
    await remove(invoke, properties);
  },
});

const state = (physicalId: string) => ({ physicalId, attributes: { Id: physicalId } });

async function put(
  invoke: Invoke,
  { PolicyName, Roles = [], Users = [], ...p }: PolicyProperties,
): Promise<void> {
  const PolicyDocument = documentText(p.PolicyDocument);
  for (const RoleName of Roles)
    await invoke('iam', 'PutRolePolicy', { RoleName, PolicyName, PolicyDocument });
  for (const UserName of Users)
    await invoke('iam', 'PutUserPolicy', { UserName, PolicyName, PolicyDocument });
}

/** Takes the policy off the principals that `kept` no longer names. */
async function remove(
  invoke: Invoke,
  { PolicyName, Roles = [], Users = [] }: PolicyProperties,
  kept?: PolicyProperties,
) {
  const sameName = kept?.PolicyName === PolicyName;
  for (const RoleName of Roles)
    if (!(sameName && kept?.Roles?.includes(RoleName)))
      await ignoring(invoke('iam', 'DeleteRolePolicy', { RoleName, PolicyName }), 'NoSuchEntityException');
  for (const UserName of Users)
    if (!(sameName && kept?.Users?.includes(UserName)))
      await ignoring(invoke('iam', 'DeleteUserPolicy', { UserName, PolicyName }), 'NoSuchEntityException');
}
