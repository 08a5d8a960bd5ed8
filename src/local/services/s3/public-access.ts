/**
 * Does a bucket policy make the bucket public? S3's meaning of it: a statement that allows everyone, and is not
 * narrowed by a condition on fixed values of certain keys.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
import type { PolicyDocument, PrincipalElement, Statement } from '../../../iam/index.ts';

const narrowing = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
]);

const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];

const namesEveryone = (principal: PrincipalElement | undefined): boolean =>
  principal === '*' ||
  (principal !== undefined && list((principal as { AWS?: string | readonly string[] }).AWS).includes('*'));

/** A fixed value: no wildcards and no policy variables; of addresses, not the whole internet. */
const isFixed = (value: string) => !/[*?]|\$\{/.test(value) && !/^(0\.0\.0\.0|::)\/\d+$/.test(value);

function isNarrowed(statement: Statement): boolean {
  return Object.entries(statement.Condition ?? {}).some(([operator, keys]) => {
    if (!/^(String(Equals|Like|EqualsIgnoreCase)|Arn(Equals|Like)|IpAddress)(IfExists)?$/.test(operator))
      return false;
    return Object.entries(keys).some(
      ([key, values]) =>
        narrowing.has(key.toLowerCase()) && list(values).every((value) => isFixed(String(value))),
    );
  });
}

export const isPublicPolicy = (document: PolicyDocument): boolean =>
  list(document.Statement).some(
    (statement) =>
      statement.Effect === 'Allow' &&
      (namesEveryone(statement.Principal) || statement.NotPrincipal !== undefined) &&
      !isNarrowed(statement),
  );
