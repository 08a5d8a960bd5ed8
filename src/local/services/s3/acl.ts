/**
 * ACLs are checked as AWS checks them, and taken where they give nobody else anything; others are refused, by AWS's
 * own error where the bucket has none, by name where it has. They are not evaluated: bucket policies are.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
 */
import type { AccessControlPolicy } from '@aws-sdk/client-s3';
import { AwsError, unsupported } from '../../service.ts';
import type { BucketRecord } from './buckets.ts';
import { invalidArgument, invalidRequest } from './errors.ts';

interface AclInput {
  readonly ACL?: string | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWrite?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
}

const grantHeaders = {
  GrantFullControl: 'x-amz-grant-full-control',
  GrantRead: 'x-amz-grant-read',
  GrantReadACP: 'x-amz-grant-read-acp',
  GrantWrite: 'x-amz-grant-write',
  GrantWriteACP: 'x-amz-grant-write-acp',
} as const;

type GrantName = keyof typeof grantHeaders;

/** Of requests that write an object; a bucket's and an ACL's own take GrantWrite too. */
export const objectGrantNames = [
  'GrantFullControl',
  'GrantRead',
  'GrantReadACP',
  'GrantWriteACP',
] as const satisfies readonly GrantName[];
export const grantNames = [...objectGrantNames, 'GrantWrite'] as const satisfies readonly GrantName[];

const canned: ReadonlySet<string> = new Set([
  'private',
  'public-read',
  'public-read-write',
  'authenticated-read',
  'aws-exec-read',
  'log-delivery-write',
  'bucket-owner-read',
  'bucket-owner-full-control',
]);

const groups: ReadonlySet<string> = new Set([
  'http://acs.amazonaws.com/groups/global/AllUsers',
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers',
  'http://acs.amazonaws.com/groups/s3/LogDelivery',
]);

const permissions: ReadonlySet<string> = new Set(['FULL_CONTROL', 'READ', 'READ_ACP', 'WRITE', 'WRITE_ACP']);

const canonicalId = /^[0-9a-f]{64}$/;

interface Grant {
  /** A canonical user's id, a group or an address. */
  readonly to: string;
  readonly permission: string;
}

type Owned = Pick<BucketRecord, 'ownership'>;

/** The ACL that comes with something written. */
export function checkAcl(input: AclInput, bucket: Owned, owner: string): void {
  checkCanned(input.ACL);
  const grants = readGrants(input);
  if (input.ACL !== undefined && grants.length > 0)
    throw invalidRequest('Specifying both Canned ACLs and Header Grants is not allowed');
  allow(grants, bucket, owner);
  const { ACL: acl } = input;
  if (acl === undefined || acl === 'bucket-owner-full-control' || acl === 'private') return;
  refuse(bucket, `the ACL ${acl}`);
}

/** The ACL that PutBucketAcl and PutObjectAcl set. */
export function checkPutAcl(
  input: AclInput & { readonly AccessControlPolicy?: AccessControlPolicy | undefined },
  bucket: Owned,
  owner: string,
): void {
  const { AccessControlPolicy: policy } = input;
  checkCanned(input.ACL);
  const grants = readGrants(input);
  const inHeaders = input.ACL !== undefined || grants.length > 0;
  if (!inHeaders && policy === undefined)
    throw new AwsError('MissingSecurityHeader', 'Your request was missing a required header', 400, {
      MissingHeaderName: 'x-amz-acl',
    });
  if (inHeaders && policy !== undefined)
    throw new AwsError('UnexpectedContent', 'This request does not support content');
  if (policy === undefined) checkAcl(input, bucket, owner);
  else allow(readPolicy(policy), bucket, owner);
  if (input.ACL === 'private' && bucket.ownership === 'BucketOwnerEnforced') throw noAcls();
}

function checkCanned(acl: string | undefined): void {
  // AWS says no more than the name and the value.
  if (acl !== undefined && !canned.has(acl)) throw invalidArgument('', 'x-amz-acl', acl);
}

const noGrants: readonly Grant[] = [];

function readGrants(input: AclInput): readonly Grant[] {
  // As in nearly every request.
  if (!grantNames.some((name) => input[name] !== undefined)) return noGrants;
  return grantNames.flatMap((name) => {
    const value = input[name];
    if (value === undefined) return [];
    const permission = name.slice('Grant'.length);
    return value.split(',').map((one): Grant => {
      const [, kind, to = ''] = /^\s*(id|uri|emailAddress)="?([^"]*)"?\s*$/i.exec(one) ?? [];
      if (kind === undefined)
        throw invalidArgument('Argument format not recognized', grantHeaders[name], value);
      if (kind.toLowerCase() === 'uri' && !groups.has(to))
        throw invalidArgument('Invalid group uri', 'uri', to);
      if (kind.toLowerCase() === 'id' && !canonicalId.test(to)) throw invalidArgument('Invalid id', 'id', to);
      return { to, permission };
    });
  });
}

const malformedAcl = () =>
  new AwsError(
    'MalformedACLError',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );

function readPolicy({ Owner: owner, Grants: grants }: AccessControlPolicy): readonly Grant[] {
  if (owner?.ID === undefined || grants === undefined) throw malformedAcl();
  if (!canonicalId.test(owner.ID)) throw invalidArgument('Invalid id', 'CanonicalUser/ID', owner.ID);
  return grants.map(({ Grantee: grantee, Permission: permission = '' }): Grant => {
    if (!grantee || !permissions.has(permission)) throw malformedAcl();
    switch (grantee.Type) {
      case 'CanonicalUser':
        if (grantee.ID === undefined) throw malformedAcl();
        if (!canonicalId.test(grantee.ID))
          throw invalidArgument('Invalid id', 'CanonicalUser/ID', grantee.ID);
        return { to: grantee.ID, permission };
      case 'Group':
        if (grantee.URI === undefined) throw malformedAcl();
        if (!groups.has(grantee.URI)) throw invalidArgument('Invalid group uri', 'Group/URI', grantee.URI);
        return { to: grantee.URI, permission };
      case 'AmazonCustomerByEmail':
        return { to: grantee.EmailAddress ?? '', permission };
      default:
        throw malformedAcl();
    }
  });
}

const allow = (grants: readonly Grant[], bucket: Owned, owner: string): void => {
  const other = grants.find(({ to }) => to !== owner);
  if (other) refuse(bucket, `an ACL that grants ${other.permission} to ${other.to}`);
};

const noAcls = () => new AwsError('AccessControlListNotSupported', 'The bucket does not allow ACLs');

function refuse(bucket: Owned, what: string): never {
  if (bucket.ownership === 'BucketOwnerEnforced') throw noAcls();
  throw unsupported(`${what} (a bucket policy does the same)`);
}
