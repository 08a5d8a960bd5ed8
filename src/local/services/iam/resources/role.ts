import type { Role } from '@aws-sdk/client-iam';
import { documentText } from '../../../document-text.ts';
import { retag, type Tag, tagList } from '../../../resource-tags.ts';
import { type Invoke, ignoring, resourceType } from '../../../service.ts';

interface RoleProperties {
  readonly RoleName?: string;
  readonly Path?: string;
  readonly AssumeRolePolicyDocument: object | string;
  readonly Description?: string;
  readonly MaxSessionDuration?: number;
  readonly PermissionsBoundary?: string;
  readonly ManagedPolicyArns?: readonly string[];
  readonly Policies?: readonly { readonly PolicyName: string; readonly PolicyDocument: object | string }[];
  readonly Tags?: readonly Tag[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html */
export const role = resourceType<RoleProperties>({
  type: 'AWS::IAM::Role',
  mode: 'live',
  honoured: [
    'RoleName',
    'Path',
    'AssumeRolePolicyDocument',
    'Description',
    'MaxSessionDuration',
    'PermissionsBoundary',
    'ManagedPolicyArns',
    'Policies',
    'Tags',
  ],
  async find({ properties: p, invoke, uniqueName }) {
    const RoleName = p.RoleName ?? uniqueName(64);
    const found = await ifThere(invoke('iam', 'GetRole', { RoleName }));
    return found && state(RoleName, found.Role);
  },
  async create({ properties: p, invoke, uniqueName, tags }) {
    const RoleName = p.RoleName ?? uniqueName(64);
    const { Role } = await invoke('iam', 'CreateRole', {
      RoleName,
      Path: p.Path,
      AssumeRolePolicyDocument: documentText(p.AssumeRolePolicyDocument),
      Description: p.Description,
      MaxSessionDuration: p.MaxSessionDuration,
      PermissionsBoundary: p.PermissionsBoundary,
      Tags: tagList(tags),
    });
    try {
      await applyPolicies(invoke, RoleName, p, {});
    } catch (error) {
      // Nothing half-made stays behind when a policy is refused.
      await removeRole(invoke, RoleName, p);
      throw error;
    }
    return state(RoleName, Role);
  },
  async update({
    properties: p,
    previous,
    physicalId: RoleName,
    invoke,
    previousAttributes,
    tags,
    previousTags,
  }) {
    await invoke('iam', 'UpdateAssumeRolePolicy', {
      RoleName,
      PolicyDocument: documentText(p.AssumeRolePolicyDocument),
    });
    await invoke('iam', 'UpdateRole', {
      RoleName,
      Description: p.Description ?? '',
      MaxSessionDuration: p.MaxSessionDuration ?? 3600,
    });
    if (p.PermissionsBoundary)
      await invoke('iam', 'PutRolePermissionsBoundary', {
        RoleName,
        PermissionsBoundary: p.PermissionsBoundary,
      });
    else if (previous.PermissionsBoundary) await invoke('iam', 'DeleteRolePermissionsBoundary', { RoleName });
    await applyPolicies(invoke, RoleName, p, previous);
    await retag(tags, previousTags, {
      remove: (TagKeys) => invoke('iam', 'UntagRole', { RoleName, TagKeys }),
      set: (changed) => invoke('iam', 'TagRole', { RoleName, Tags: tagList(changed) }),
    });
    return { physicalId: RoleName, attributes: previousAttributes };
  },
  gone: ['NoSuchEntityException'],
  async delete({ physicalId: RoleName, properties, invoke }) {
    await removeRole(invoke, RoleName, properties);
  },
});

const state = (RoleName: string, made: Role | undefined) => ({
  physicalId: RoleName,
  attributes: { Arn: made?.Arn, RoleId: made?.RoleId },
});

async function applyPolicies(
  invoke: Invoke,
  RoleName: string,
  wanted: Pick<RoleProperties, 'ManagedPolicyArns' | 'Policies'>,
  previous: Pick<RoleProperties, 'ManagedPolicyArns' | 'Policies'>,
): Promise<void> {
  for (const PolicyArn of wanted.ManagedPolicyArns ?? [])
    await invoke('iam', 'AttachRolePolicy', { RoleName, PolicyArn });
  for (const PolicyArn of previous.ManagedPolicyArns ?? [])
    if (!wanted.ManagedPolicyArns?.includes(PolicyArn))
      await ifThere(invoke('iam', 'DetachRolePolicy', { RoleName, PolicyArn }));
  for (const { PolicyName, PolicyDocument } of wanted.Policies ?? [])
    await invoke('iam', 'PutRolePolicy', {
      RoleName,
      PolicyName,
      PolicyDocument: documentText(PolicyDocument),
    });
  for (const { PolicyName } of previous.Policies ?? [])
    if (!wanted.Policies?.some((policy) => policy.PolicyName === PolicyName))
      await ifThere(invoke('iam', 'DeleteRolePolicy', { RoleName, PolicyName }));
}

/** Removes what the template put on the role, then the role. What somebody else attached makes it fail, as on AWS. */
async function removeRole(invoke: Invoke, RoleName: string, p: RoleProperties): Promise<void> {
  for (const PolicyArn of p.ManagedPolicyArns ?? [])
    await ifThere(invoke('iam', 'DetachRolePolicy', { RoleName, PolicyArn }));
  for (const { PolicyName } of p.Policies ?? [])
    await ifThere(invoke('iam', 'DeleteRolePolicy', { RoleName, PolicyName }));
  await invoke('iam', 'DeleteRole', { RoleName });
}

/** What is to go may be gone already: a rollback starts from half an update. */
const ifThere = <T>(call: Promise<T>) => ignoring(call, 'NoSuchEntityException');
