/**
 * Buckets open to everyone, through any combination of bucket policy, ACL, website and access points, with the block
 * on public access. Buckets made since April 2023 have that block and no ACLs unless the template says otherwise:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
 */
import {
  type AccessLevel,
  flagAt,
  inShort,
  isUnresolved,
  listAt,
  type Resource,
  show,
  textAt,
  valueAt,
} from '../../../../architecture/index.ts';
import type { Guard } from '../../report.ts';
import type { DoorContext, DoorKind } from '../door.ts';
import { isBound } from '../guards.ts';

const block = 'PublicAccessBlockConfiguration';

type Blocked = 'yes' | 'no' | 'unknown';

/** Whether one of the named switches of the block is on. */
function blockedBy(bucket: Resource, ...switches: readonly string[]): Blocked {
  const value = bucket.properties[block];
  if (value === undefined) return 'yes';
  const flags = switches.map((name) => flagAt(value, name));
  return flags.includes(true) ? 'yes' : isUnresolved(value) || flags.some(isUnresolved) ? 'unknown' : 'no';
}

const questions: readonly { action: string; part: string; level: AccessLevel; what: string }[] = [
  { action: 's3:GetObject', part: '/{any}', level: 'read', what: 'objects read by anyone' },
  { action: 's3:ListBucket', part: '', level: 'read', what: 'objects listed by anyone' },
  { action: 's3:PutObject', part: '/{any}', level: 'write', what: 'objects written by anyone' },
  { action: 's3:DeleteObject', part: '/{any}', level: 'write', what: 'objects deleted by anyone' },
];

function byPolicy(context: DoorContext, bucket: Resource): void {
  const points = context.app
    .ofType('AWS::S3::AccessPoint')
    .filter(({ properties }) => context.app.namedIn(properties.Bucket).includes(bucket));
  for (const holder of [bucket, ...points]) {
    const blocked = blockedBy(holder, 'BlockPublicPolicy', 'RestrictPublicBuckets');
    if (blocked === 'yes' || textAt(holder.properties, 'VpcConfiguration.VpcId') !== undefined) continue;
    const policies = context.access.policiesAt(holder);
    const arn = holder.arn;
    const ways = new Set([arn, ...policies.flatMap((one) => one.statements.flatMap((s) => s.resources))]);
    for (const { action, part, level, what } of questions) {
      const asked = [...ways].map((way) =>
        way.startsWith(arn) ? (way === arn ? `${arn}${part}` : way.replaceAll(/[*?]+/g, 'any')) : arn,
      );
      const answers = asked.map((one) => context.access.mayAnyone(action, one, holder));
      const answer = answers.find(({ allowed }) => allowed === 'yes' || allowed === 'conditions');
      const isUnsure = answers.some(({ allowed }) => allowed === 'cannot-tell');
      if (answer === undefined) {
        if (isUnsure)
          context.unclear(
            holder,
            `whether anyone has ${action}`,
            answers[0]?.because ?? 'its policy is not resolved',
          );
        continue;
      }
      const evidence = { at: answer.statement?.path ?? holder.id, shows: `${action} for everyone` };
      const guards: Guard[] = isBound(answer) ? [{ kind: 'condition', limits: 'some', evidence }] : [];
      context.door({
        kind: 'bucket',
        resource: bucket,
        what: holder === bucket ? what : `${what} through ${holder.name}`,
        opens: evidence,
        guards,
        writes: level === 'write',
        unknown: blocked === 'unknown',
        access: [level],
        next: [],
      });
    }
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const openAcls: Readonly<Record<string, readonly AccessLevel[]>> = {
  PublicRead: ['read'],
  PublicReadWrite: ['read', 'write'],
  AuthenticatedRead: ['read'],
};

function byAcl(context: DoorContext, bucket: Resource): void {
  const acl = textAt(bucket.properties, 'AccessControl');
  const access = typeof acl === 'string' ? openAcls[acl] : undefined;
  if (isUnresolved(acl)) context.unclear(bucket, 'AccessControl', acl.reason);
  if (access === undefined) return;
  const ownership = listAt(bucket.properties, 'OwnershipControls.Rules').map((rule) =>
    inShort(valueAt(rule, 'ObjectOwnership')),
  );
  const hasAcls = ownership.length > 0 && !ownership.includes('BucketOwnerEnforced');
  const blocked = blockedBy(bucket, 'BlockPublicAcls', 'IgnorePublicAcls');
  if (!hasAcls || blocked === 'yes') return;
  context.door({
    kind: 'bucket',
    resource: bucket,
    what: `the ACL ${inShort(acl)}`,
    opens: show(bucket, 'AccessControl'),
    guards: [],
    writes: access.includes('write'),
    unknown: blocked === 'unknown',
    access,
    next: [],
  });
}

export const buckets: DoorKind = (context) => {
  for (const bucket of context.app.ofType('AWS::S3::Bucket')) {
    byPolicy(context, bucket);
    byAcl(context, bucket);
  }
};
