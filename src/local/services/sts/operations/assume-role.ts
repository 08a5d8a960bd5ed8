import type { AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import { formatArn, parseArn } from '../../../../core/arn.ts';
import { type PolicyDocument, PolicyError, parsePolicy } from '../../../../iam/index.ts';
import { accessKeyId } from '../../../iam/access-keys.ts';
import { type Accounts, accessRole, accessRoleName } from '../../../iam/accounts.ts';
import type { IdentityStore, RoleRecord, SessionRecord } from '../../../iam/identity-store.ts';
import { type AccessCheck, AwsError, operation } from '../../../service.ts';
import type { StsContext } from '../context.ts';

/**
 * The role's trust policy decides with the caller's own policies, as for every access check. MFA and provided contexts
 * are refused by name. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const assumeRole = ({ env, accounts }: StsContext) =>
  operation('sts', 'AssumeRole', {
    accepts: [
      ...(['RoleArn', 'RoleSessionName', 'DurationSeconds', 'Policy', 'PolicyArns', 'ExternalId'] as const),
      ...(['SourceIdentity', 'Tags', 'TransitiveTagKeys'] as const),
    ],
    access(input, call) {
      if (!parseArn(input.RoleArn)?.resource) throw invalid(`${input.RoleArn} is invalid`);
      const role = findRole(accounts, input.RoleArn);
      // AWS does not tell callers which roles exist.
      if (!role)
        throw new AwsError(
          'AccessDenied',
          `User: ${call.caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${input.RoleArn} (no such role here)`,
          403,
        );
      const sourceIdentity = input.SourceIdentity ?? call.caller.sourceIdentity;
      const tags = tagRecord(input.Tags);
      const check = (action: string): AccessCheck => ({
        action,
        resource: role.arn,
        resourceKind: 'trust',
        resourceAccountId: accountOf(role),
        resourcePolicy: { name: `trust policy of ${role.name}`, document: role.trustPolicy },
        context: {
          'sts:RoleSessionName': input.RoleSessionName ?? '',
          ...(input.ExternalId ? { 'sts:ExternalId': input.ExternalId } : {}),
          ...(sourceIdentity ? { 'sts:SourceIdentity': sourceIdentity } : {}),
          ...(input.TransitiveTagKeys ? { 'sts:TransitiveTagKeys': input.TransitiveTagKeys } : {}),
        },
      });
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
      return [
        check('sts:AssumeRole'),
        ...(Object.keys(tags).length > 0 ? [check('sts:TagSession')] : []),
        ...(sourceIdentity ? [check('sts:SetSourceIdentity')] : []),
      ];
    },
    handle(input, call) {
      const role = findRole(accounts, input.RoleArn);
      if (!role) throw new AwsError('AccessDenied', `${input.RoleArn} was deleted meanwhile`, 403);
      const name = input.RoleSessionName ?? '';
      const seconds = input.DurationSeconds ?? 3600;
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
      if (call.caller.kind === 'role-session' && seconds > 3600)
        throw invalid(
          'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
        );
      if (seconds > role.maxSessionDuration)
        throw invalid('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
      const calling =
        call.accessKeyId === undefined
          ? undefined
          : accounts.find(call.caller.accountId)?.sessions.get(call.accessKeyId);
      const accountId = accountOf(role);
      accounts.make(accountId);
      const identities = accounts.of(accountId);
      const sourceIdentity = sourceIdentityOf(input, call.caller.sourceIdentity);
      const session = {
        accessKeyId: accessKeyId('ASIA', accountId, env.randomId(10)),
        secretAccessKey: env.randomId(40),
        sessionToken: `Slipway${env.randomId(120)}`,
        expiration: env.clock.wall() + seconds * 1000,
        roleName: role.name,
        roleId: role.id,
        sessionName: name,
        sessionPolicies: sessionPolicies(input, identities),
        ...sessionTags(input, calling),
        ...(sourceIdentity ? { sourceIdentity } : {}),
        issuedAt: env.clock.now(),
      };
      identities.sessions.put(session.accessKeyId, session);
      const packed = packedSize(input);
      return {
        Credentials: {
          AccessKeyId: session.accessKeyId,
          SecretAccessKey: session.secretAccessKey,
          SessionToken: session.sessionToken,
          Expiration: new Date(session.expiration),
        },
        AssumedRoleUser: {
          AssumedRoleId: `${role.id}:${name}`,
          Arn: formatArn({
            service: 'sts',
            account: accountId,
            resource: `assumed-role/${role.name}/${name}`,
          }),
        },
        ...(packed > 0 ? { PackedPolicySize: packed } : {}),
        ...(sourceIdentity ? { SourceIdentity: sourceIdentity } : {}),
      };
    },
  });

/** An account comes into being with the role that the administrator of the home account takes on in it. */
function findRole(accounts: Accounts, arn = ''): RoleRecord | undefined {
  const account = parseArn(arn)?.account ?? '';
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const identities = accounts.find(account);
  const role = identities
    ? identities.roles.get(name)
    : name === accessRoleName && /^\d{12}$/.test(account)
      ? accessRole(account, accounts.home, 0)
      : undefined;
  return role?.arn === arn ? role : undefined;
}

const accountOf = (role: RoleRecord): string => parseArn(role.arn)?.account ?? '';

const invalid = (problem: string) => new AwsError('ValidationError', problem);

const tagRecord = (tags: AssumeRoleCommandInput['Tags']): Record<string, string> =>
  Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));

/** Set once, it stays through every role that is assumed from the session. */
function sourceIdentityOf({ SourceIdentity: wanted }: AssumeRoleCommandInput, kept: string | undefined) {
  if (wanted && kept && wanted !== kept)
    throw new AwsError(
      'AccessDenied',
      `The source identity of this session is ${kept}; it cannot be set to ${wanted}.`,
      403,
    );
  return kept ?? wanted;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_role-chaining */
function sessionTags(input: AssumeRoleCommandInput, calling: SessionRecord | undefined) {
  const lower = (keys: readonly string[]) => new Set(keys.map((key) => key.toLowerCase()));
  const keys = (input.Tags ?? []).map(({ Key = '' }) => Key);
  if (lower(keys).size < keys.length)
    throw invalidValue('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  const transitive = input.TransitiveTagKeys ?? [];
  const passed = lower(keys);
  if (transitive.some((key) => !passed.has(key.toLowerCase())))
    throw invalidValue('The specified transitive tag key must be included in the requested tags.');
  const inheritedKeys = lower(calling?.transitiveTagKeys ?? []);
  if (keys.some((key) => inheritedKeys.has(key.toLowerCase())))
    throw invalidValue(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  const inherited = Object.entries(calling?.tags ?? {}).filter(([key]) =>
    inheritedKeys.has(key.toLowerCase()),
  );
  const tags = { ...Object.fromEntries(inherited), ...tagRecord(input.Tags) };
  return {
    ...(Object.keys(tags).length > 0 ? { tags } : {}),
    ...(transitive.length + inheritedKeys.size > 0
      ? { transitiveTagKeys: [...(calling?.transitiveTagKeys ?? []), ...transitive] }
      : {}),
  };
}

const invalidValue = (message: string) => new AwsError('InvalidParameterValue', message);

/** The inline policy and the managed ones: together they must allow. */
function sessionPolicies(input: AssumeRoleCommandInput, identities: IdentityStore): PolicyDocument[] {
  const managed = (input.PolicyArns ?? []).map(({ arn = '' }) => {
    const document = identities.managedPolicy(arn);
    if (!document) throw invalid(`The policy ${arn} does not exist or is not attachable.`);
    return document;
  });
  try {
    return [...(input.Policy ? [parsePolicy(input.Policy, 'identity')] : []), ...managed];
  } catch (error) {
    if (error instanceof PolicyError) throw new AwsError('MalformedPolicyDocument', error.message);
    throw error;
  }
}

/**
 * Per cent of what policies and tags of a session may take. AWS packs them in a form that it does not publish; here
 * their length is taken against the largest that AWS accepts unpacked.
 */
function packedSize({ Policy = '', PolicyArns = [], Tags = [] }: AssumeRoleCommandInput): number {
  const length =
    Policy.length +
    PolicyArns.reduce((sum, { arn = '' }) => sum + arn.length, 0) +
    Tags.reduce((sum, { Key = '', Value = '' }) => sum + Key.length + Value.length, 0);
  return Math.min(100, Math.ceil((length / 20_480) * 100));
}
