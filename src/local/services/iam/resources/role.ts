import { type Invoke, resourceType } from '../../../service.ts';

interface RoleProperties {
  readonly RoleName?: string;
  readonly Path?: string;
  readonly AssumeRolePolicyDocument: object;
  readonly Description?: string;
  readonly MaxSessionDuration?: number;
  readonly PermissionsBoundary?: string;
  readonly ManagedPolicyArns?: readonly string[];
  readonly Policies?: readonly { readonly PolicyName: string; readonly PolicyDocument: object }[];
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

interface RoleAnswer {
  readonly Role: { readonly Arn: string; readonly RoleId: string };
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
  async create({ properties: p, invoke, uniqueName, stackTags }) {
    const RoleName = p.RoleName ?? uniqueName(64);
    const { Role } = await invoke<RoleAnswer>('iam', 'CreateRole', {
      RoleName,
      Path: p.Path,
      AssumeRolePolicyDocument: JSON.stringify(p.AssumeRolePolicyDocument),
      Description: p.Description,
      MaxSessionDuration: p.MaxSessionDuration === undefined ? undefined : Number(p.MaxSessionDuration),
      PermissionsBoundary: p.PermissionsBoundary,
      Tags: [...Object.entries(stackTags).map(([Key, Value]) => ({ Key, Value })), ...(p.Tags ?? [])],
    });
    try {
      await applyPolicies(invoke, RoleName, p, {});
    } catch (error) {
      // Nothing half-made stays behind when a policy is refused.
      await removeRole(invoke, RoleName, p);
      throw error;
    }
    return { physicalId: RoleName, attributes: { Arn: Role.Arn, RoleId: Role.RoleId } };
  },
  async update({ properties: p, previous, physicalId: RoleName, invoke, previousAttributes }) {
    await invoke('iam', 'UpdateAssumeRolePolicy', {
      RoleName,
      PolicyDocument: JSON.stringify(p.AssumeRolePolicyDocument),
    });
    await invoke('iam', 'UpdateRole', {
      RoleName,
      Description: p.Description ?? '',
      MaxSessionDuration: Number(p.MaxSessionDuration ?? 3600),
    });
    if (p.PermissionsBoundary)
      await invoke('iam', 'PutRolePermissionsBoundary', {
        RoleName,
        PermissionsBoundary: p.PermissionsBoundary,
      });
    else if (previous.PermissionsBoundary) await invoke('iam', 'DeleteRolePermissionsBoundary', { RoleName });
    await applyPolicies(invoke, RoleName, p, previous);
    const gone = (previous.Tags ?? [])
      .map((tag) => tag.Key)
      .filter((key) => !p.Tags?.some((tag) => tag.Key === key));
    if (gone.length > 0) await invoke('iam', 'UntagRole', { RoleName, TagKeys: gone });
    if (p.Tags?.length) await invoke('iam', 'TagRole', { RoleName, Tags: p.Tags });
    return { physicalId: RoleName, attributes: previousAttributes };
  },
  async delete({ physicalId: RoleName, properties, invoke }) {
    await removeRole(invoke, RoleName, properties);
  },
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
      await invoke('iam', 'DetachRolePolicy', { RoleName, PolicyArn }).catch(gone);
  for (const { PolicyName, PolicyDocument } of wanted.Policies ?? [])
    await invoke('iam', 'PutRolePolicy', {
      RoleName,
      PolicyName,
      PolicyDocument: JSON.stringify(PolicyDocument),
    });
  for (const { PolicyName } of previous.Policies ?? [])
    if (!wanted.Policies?.some((policy) => policy.PolicyName === PolicyName))
      await invoke('iam', 'DeleteRolePolicy', { RoleName, PolicyName }).catch(gone);
}

/** Removes what the template put on the role, then the role. What somebody else attached makes it fail, as on AWS. */
async function removeRole(invoke: Invoke, RoleName: string, p: RoleProperties): Promise<void> {
  for (const PolicyArn of p.ManagedPolicyArns ?? [])
    await invoke('iam', 'DetachRolePolicy', { RoleName, PolicyArn }).catch(gone);
  for (const { PolicyName } of p.Policies ?? [])
    await invoke('iam', 'DeleteRolePolicy', { RoleName, PolicyName }).catch(gone);
  await invoke('iam', 'DeleteRole', { RoleName }).catch(gone);
}

/** What is to go may be gone already: a rollback starts from half an update. */
function gone(error: unknown): void {
  if ((error as Error).name !== 'NoSuchEntityException') throw error;
}
