/** Sizes of policies. White space is not counted. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
import type { PolicyDocument } from '../../../iam/index.ts';
import { AwsError } from '../../service.ts';

const exceeded = (message: string) => new AwsError('LimitExceededException', message, 409);

const documents = { PolicySize: 6144, ACLSizePerRole: 2048 } as const;

/** @param quota as AWS names it: of a managed policy, of a role's trust policy */
export function checkDocumentSize(text: string | undefined, quota: keyof typeof documents): void {
  const size = (text ?? '').replace(/\s/g, '').length;
  if (size > documents[quota]) throw exceeded(`Cannot exceed quota for ${quota}: ${documents[quota]}`);
}

const inline = { role: 10_240, user: 2048 } as const;

/** All inline policies of one role or user together. */
export function checkInlineSize<T extends Readonly<Record<string, PolicyDocument>>>(
  policies: T,
  owner: keyof typeof inline,
  name: string,
): T {
  const size = Object.values(policies).reduce(
    (sum, document) => sum + JSON.stringify(document).replace(/\s/g, '').length,
    0,
  );
  if (size > inline[owner])
    throw exceeded(`Maximum policy size of ${inline[owner]} bytes exceeded for ${owner} ${name}`);
  return policies;
}

const policiesPerRole = 10;

export function checkAttachedCount(attached: string[]): string[] {
  if (attached.length > policiesPerRole)
    throw exceeded(`Cannot exceed quota for PoliciesPerRole: ${policiesPerRole}`);
  return attached;
}
