import type { Policy } from '@aws-sdk/client-iam';
import { formatArn, parseArn } from '../../../../core/arn.ts';
import { documentText } from '../../../document-text.ts';
import { required } from '../../../invoke.ts';
import { type Invoke, ignoring, resourceType } from '../../../service.ts';

interface ManagedPolicyProperties {
  readonly ManagedPolicyName?: string;
  readonly Path?: string;
  readonly Description?: string;
  readonly PolicyDocument: object | string;
  readonly Roles?: readonly string[];
  readonly Users?: readonly string[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html */
export const managedPolicy = resourceType<ManagedPolicyProperties>({
  type: 'AWS::IAM::ManagedPolicy',
  mode: 'live',
  honoured: ['ManagedPolicyName', 'Path', 'Description', 'PolicyDocument', 'Roles', 'Users'],
  named: ['ManagedPolicyName'],
  async find({ properties: p, invoke, uniqueName, stackId }) {
    const resource = `policy${p.Path ?? '/'}${p.ManagedPolicyName ?? uniqueName(128)}`;
    const PolicyArn = formatArn({ ...parseArn(stackId), service: 'iam', region: '', resource });
    const found = await ifThere(invoke('iam', 'GetPolicy', { PolicyArn }));
    return found && state(PolicyArn, found.Policy, p);
  },
  async create({ properties: p, invoke, uniqueName }) {
    const { Policy } = await invoke('iam', 'CreatePolicy', {
      PolicyName: p.ManagedPolicyName ?? uniqueName(128),
      Path: p.Path,
      Description: p.Description,
      PolicyDocument: documentText(p.PolicyDocument),
    });
    const PolicyArn = required(Policy?.Arn, 'Policy.Arn');
    try {
      for (const RoleName of p.Roles ?? []) await invoke('iam', 'AttachRolePolicy', { RoleName, PolicyArn });
      for (const UserName of p.Users ?? []) await invoke('iam', 'AttachUserPolicy', { UserName, PolicyArn });
    } catch (error) {
      // Nothing half-made stays behind when a role or user is not there.
      await removePolicy(invoke, PolicyArn, p);
      throw error;
    }
    return state(PolicyArn, Policy, p);
  },
  async update({ properties: p, previous, physicalId: PolicyArn, invoke, previousAttributes }) {
    const { Versions = [] } = await invoke('iam', 'ListPolicyVersions', { PolicyArn });
    // At most five versions are kept; CloudFormation, too, makes room by dropping the oldest.
    const oldest = Versions.find((version) => !version.IsDefaultVersion);
    if (Versions.length >= 5 && oldest)
      await invoke('iam', 'DeletePolicyVersion', { PolicyArn, VersionId: oldest.VersionId });
    const { PolicyVersion } = await invoke('iam', 'CreatePolicyVersion', {
      PolicyArn,
      PolicyDocument: documentText(p.PolicyDocument),
      SetAsDefault: true,
    });
    for (const RoleName of p.Roles ?? []) await invoke('iam', 'AttachRolePolicy', { RoleName, PolicyArn });
    for (const RoleName of previous.Roles ?? [])
      if (!p.Roles?.includes(RoleName))
        await ifThere(invoke('iam', 'DetachRolePolicy', { RoleName, PolicyArn }));
    for (const UserName of p.Users ?? []) await invoke('iam', 'AttachUserPolicy', { UserName, PolicyArn });
    for (const UserName of previous.Users ?? [])
      if (!p.Users?.includes(UserName))
        await ifThere(invoke('iam', 'DetachUserPolicy', { UserName, PolicyArn }));
    return {
      physicalId: PolicyArn,
      attributes: {
        ...previousAttributes,
        AttachmentCount: attachments(p),
        DefaultVersionId: PolicyVersion?.VersionId,
        UpdateDate: PolicyVersion?.CreateDate?.toISOString(),
      },
    };
  },
  gone: ['NoSuchEntityException'],
  async delete({ physicalId: PolicyArn, properties, invoke }) {
    await removePolicy(invoke, PolicyArn, properties);
  },
});

const attachments = ({ Roles = [], Users = [] }: ManagedPolicyProperties) => Roles.length + Users.length;

const state = (PolicyArn: string, made: Policy | undefined, p: ManagedPolicyProperties) => ({
  physicalId: PolicyArn,
  attributes: {
    PolicyArn,
    PolicyId: made?.PolicyId,
    AttachmentCount: attachments(p),
    CreateDate: made?.CreateDate?.toISOString(),
    DefaultVersionId: made?.DefaultVersionId,
    IsAttachable: true,
    PermissionsBoundaryUsageCount: 0,
    UpdateDate: made?.UpdateDate?.toISOString(),
  },
});

async function removePolicy(invoke: Invoke, PolicyArn: string, p: ManagedPolicyProperties): Promise<void> {
  for (const RoleName of p.Roles ?? [])
    await ifThere(invoke('iam', 'DetachRolePolicy', { RoleName, PolicyArn }));
  for (const UserName of p.Users ?? [])
    await ifThere(invoke('iam', 'DetachUserPolicy', { UserName, PolicyArn }));
  const { Versions = [] } = await invoke('iam', 'ListPolicyVersions', { PolicyArn });
  for (const { VersionId, IsDefaultVersion } of Versions)
    if (!IsDefaultVersion) await invoke('iam', 'DeletePolicyVersion', { PolicyArn, VersionId });
  await invoke('iam', 'DeletePolicy', { PolicyArn });
}

/** What is to go may be gone already: a rollback starts from half an update. */
const ifThere = <T>(call: Promise<T>) => ignoring(call, 'NoSuchEntityException');
