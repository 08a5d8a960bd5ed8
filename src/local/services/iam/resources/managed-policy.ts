import { type Invoke, resourceType } from '../../../service.ts';

interface ManagedPolicyProperties {
  readonly ManagedPolicyName?: string;
  readonly Path?: string;
  readonly Description?: string;
  readonly PolicyDocument: object;
  readonly Roles?: readonly string[];
  readonly Users?: readonly string[];
}

interface PolicyAnswer {
  readonly Policy: { readonly Arn: string; readonly PolicyId: string };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html */
export const managedPolicy = resourceType<ManagedPolicyProperties>({
  type: 'AWS::IAM::ManagedPolicy',
  mode: 'live',
  honoured: ['ManagedPolicyName', 'Path', 'Description', 'PolicyDocument', 'Roles', 'Users'],
  async create({ properties: p, invoke, uniqueName }) {
    const { Policy } = await invoke<PolicyAnswer>('iam', 'CreatePolicy', {
      PolicyName: p.ManagedPolicyName ?? uniqueName(128),
      Path: p.Path,
      Description: p.Description,
      PolicyDocument: JSON.stringify(p.PolicyDocument),
    });
    const PolicyArn = Policy.Arn;
    try {
      for (const RoleName of p.Roles ?? []) await invoke('iam', 'AttachRolePolicy', { RoleName, PolicyArn });
      for (const UserName of p.Users ?? []) await invoke('iam', 'AttachUserPolicy', { UserName, PolicyArn });
    } catch (error) {
      // Nothing half-made stays behind when a role or user is not there.
      await removePolicy(invoke, PolicyArn, p);
      throw error;
    }
    return { physicalId: PolicyArn, attributes: { PolicyArn, PolicyId: Policy.PolicyId } };
  },
  async update({ properties: p, previous, physicalId: PolicyArn, invoke, previousAttributes }) {
    const { Versions } = await invoke<{ Versions: { VersionId: string; IsDefaultVersion: boolean }[] }>(
      'iam',
      'ListPolicyVersions',
      { PolicyArn },
    );
    // At most five versions are kept; CloudFormation, too, makes room by dropping the oldest.
    const oldest = Versions.find((version) => !version.IsDefaultVersion);
    if (Versions.length >= 5 && oldest)
      await invoke('iam', 'DeletePolicyVersion', { PolicyArn, VersionId: oldest.VersionId });
    await invoke('iam', 'CreatePolicyVersion', {
      PolicyArn,
      PolicyDocument: JSON.stringify(p.PolicyDocument),
      SetAsDefault: true,
    });
    for (const RoleName of p.Roles ?? []) await invoke('iam', 'AttachRolePolicy', { RoleName, PolicyArn });
    for (const RoleName of previous.Roles ?? [])
      if (!p.Roles?.includes(RoleName))
        await invoke('iam', 'DetachRolePolicy', { RoleName, PolicyArn }).catch(gone);
    for (const UserName of p.Users ?? []) await invoke('iam', 'AttachUserPolicy', { UserName, PolicyArn });
    for (const UserName of previous.Users ?? [])
      if (!p.Users?.includes(UserName))
        await invoke('iam', 'DetachUserPolicy', { UserName, PolicyArn }).catch(gone);
    return { physicalId: PolicyArn, attributes: previousAttributes };
  },
  async delete({ physicalId: PolicyArn, properties, invoke }) {
    await removePolicy(invoke, PolicyArn, properties);
  },
});

async function removePolicy(invoke: Invoke, PolicyArn: string, p: ManagedPolicyProperties): Promise<void> {
  for (const RoleName of p.Roles ?? [])
    await invoke('iam', 'DetachRolePolicy', { RoleName, PolicyArn }).catch(gone);
  for (const UserName of p.Users ?? [])
    await invoke('iam', 'DetachUserPolicy', { UserName, PolicyArn }).catch(gone);
  const versions = await invoke<{ Versions: { VersionId: string; IsDefaultVersion: boolean }[] }>(
    'iam',
    'ListPolicyVersions',
    { PolicyArn },
  ).catch(gone);
  for (const { VersionId, IsDefaultVersion } of versions?.Versions ?? [])
    if (!IsDefaultVersion) await invoke('iam', 'DeletePolicyVersion', { PolicyArn, VersionId });
  await invoke('iam', 'DeletePolicy', { PolicyArn }).catch(gone);
}

/** What is to go may be gone already: a rollback starts from half an update. */
function gone(error: unknown): void {
  if ((error as Error).name !== 'NoSuchEntityException') throw error;
}
