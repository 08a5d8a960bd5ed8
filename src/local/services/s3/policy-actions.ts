/**
 * Which actions of a bucket's policy are about the bucket and which about its objects.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */

import { compileGlob, tokenize } from '../../../iam/glob.ts';
import type { Statement } from '../../../iam/index.ts';

const ofObjects = [
  ...['AbortMultipartUpload', 'BypassGovernanceRetention', 'DeleteObject', 'DeleteObjectTagging'],
  ...[
    'DeleteObjectVersion',
    'DeleteObjectVersionTagging',
    'GetObject',
    'GetObjectAcl',
    'GetObjectAttributes',
  ],
  ...['GetObjectLegalHold', 'GetObjectRetention', 'GetObjectTagging', 'GetObjectTorrent', 'GetObjectVersion'],
  ...['GetObjectVersionAcl', 'GetObjectVersionAttributes', 'GetObjectVersionForReplication'],
  ...[
    'GetObjectVersionTagging',
    'GetObjectVersionTorrent',
    'InitiateReplication',
    'ListMultipartUploadParts',
  ],
  ...['ObjectOwnerOverrideToBucketOwner', 'PutObject', 'PutObjectAcl', 'PutObjectLegalHold'],
  ...['PutObjectRetention', 'PutObjectTagging', 'PutObjectVersionAcl', 'PutObjectVersionTagging'],
  ...['RenameObject', 'ReplicateDelete', 'ReplicateObject', 'ReplicateTags', 'RestoreObject'],
  ...['UpdateObjectEncryption'],
];

const ofBuckets = [
  ...['CreateBucket', 'CreateBucketMetadataTableConfiguration', 'DeleteBucket', 'DeleteBucketPolicy'],
  ...['DeleteBucketMetadataTableConfiguration', 'DeleteBucketOwnershipControls', 'DeleteBucketWebsite'],
  ...['DeleteBucketPublicAccessBlock', 'GetAccelerateConfiguration', 'GetAnalyticsConfiguration'],
  ...['GetBucketAbac', 'GetBucketAcl', 'GetBucketCORS', 'GetBucketLocation', 'GetBucketLogging'],
  ...['GetBucketMetadataTableConfiguration', 'GetBucketNotification', 'GetBucketObjectLockConfiguration'],
  ...['GetBucketOwnershipControls', 'GetBucketPolicy', 'GetBucketPolicyStatus', 'GetBucketPublicAccessBlock'],
  ...['GetBucketRequestPayment', 'GetBucketTagging', 'GetBucketVersioning', 'GetBucketWebsite'],
  ...['GetEncryptionConfiguration', 'GetIntelligentTieringConfiguration', 'GetInventoryConfiguration'],
  ...['GetLifecycleConfiguration', 'GetMetricsConfiguration', 'GetReplicationConfiguration', 'ListBucket'],
  ...['ListBucketMultipartUploads', 'ListBucketVersions', 'ListTagsForResource', 'PauseReplication'],
  ...['PutAccelerateConfiguration', 'PutAnalyticsConfiguration', 'PutBucketAbac', 'PutBucketAcl'],
  ...['PutBucketCORS', 'PutBucketLogging', 'PutBucketNotification', 'PutBucketObjectLockConfiguration'],
  ...['PutBucketOwnershipControls', 'PutBucketPolicy', 'PutBucketPublicAccessBlock'],
  ...['PutBucketRequestPayment', 'PutBucketTagging', 'PutBucketVersioning', 'PutBucketWebsite'],
  ...['PutEncryptionConfiguration', 'PutIntelligentTieringConfiguration', 'PutInventoryConfiguration'],
  ...['PutLifecycleConfiguration', 'PutMetricsConfiguration', 'PutReplicationConfiguration', 'TagResource'],
  ...['UntagResource', 'UpdateBucketMetadataInventoryTableConfiguration'],
  ...['UpdateBucketMetadataJournalTableConfiguration'],
];

/** They are allowed on the account, which a bucket's policy cannot name. */
const ofAccounts = ['ListAllMyBuckets', 'GetAccountPublicAccessBlock', 'PutAccountPublicAccessBlock'];

const lower = (names: readonly string[]) => names.map((name) => `s3:${name}`.toLowerCase());
const levels = { objects: lower(ofObjects), buckets: lower(ofBuckets), accounts: lower(ofAccounts) };

const many = <T>(value: T | readonly T[] | undefined): readonly T[] => [value ?? []].flat() as readonly T[];

/** What AWS finds wrong with the actions of a statement. */
export function actionProblem({ Action, Resource, NotResource }: Statement): string | undefined {
  const resources = many(Resource ?? NotResource);
  const object = resources.some((one) => one === '*' || /^arn:[^:]*:s3:::[^/]*[/*]/.test(one));
  const bucket = resources.some((one) => !/^arn:[^:]*:s3:::[^/]*\//.test(one));
  for (const action of many(Action)) {
    const matches = compileGlob(tokenize(action.toLowerCase(), 'text'));
    const covers = (names: readonly string[]) => names.some(matches);
    const about = { objects: covers(levels.objects), buckets: covers(levels.buckets) };
    if (!about.objects && !about.buckets && !covers(levels.accounts)) return 'Policy has invalid action';
    // What NotResource leaves is everything but a few.
    if (NotResource === undefined && !(about.objects && object) && !(about.buckets && bucket))
      return 'Action does not apply to any resource(s) in statement';
  }
  return undefined;
}
