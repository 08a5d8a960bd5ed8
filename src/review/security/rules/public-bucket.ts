/** Buckets that anyone can read or write, through whatever combination of policy, ACL, access point and block. */

import { storeKind } from '../../../architecture/index.ts';
import { exposureReport } from '../exposure/index.ts';
import { securityRule } from './support/security-rule.ts';

export const publicBucket = securityRule({
  id: 'public-bucket',
  title: 'No bucket is open to everyone',
  severity: 'high',
  why: 'Anyone on the internet can take, replace or fill what lies in the bucket, and the owner pays for the traffic.',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
  check: ({ app, checked, found, unclear }) => {
    const report = exposureReport(app);
    checked(app.ofType('AWS::S3::Bucket').length);
    for (const entry of report.entries) {
      const bucket = app.byId(entry.resource.id);
      if (entry.kind !== 'bucket' || bucket === undefined || entry.authentication === 'some') continue;
      if (entry.authentication === 'unknown') {
        unclear({
          resource: bucket,
          what: `whether ${entry.what}`,
          because: 'the block on public access could not be resolved',
        });
        continue;
      }
      const isWebsite = bucket.properties.WebsiteConfiguration !== undefined;
      found({
        resource: bucket,
        about: entry.what,
        severity: entry.writes ? 'critical' : isWebsite ? 'medium' : 'high',
        title: `Bucket ${bucket.name} is open to everyone: ${entry.what}`,
        fix: 'Set all four switches of PublicAccessBlockConfiguration (CDK: blockPublicAccess: BlockPublicAccess.BLOCK_ALL), remove the statement or ACL, and serve the objects through CloudFront with origin access control.',
        evidence: [
          entry.opens,
          {
            at: `${bucket.id}/Properties/PublicAccessBlockConfiguration`,
            shows: 'does not block it',
          },
        ],
      });
    }
    for (const { resource, what, because } of report.unclear) {
      const bucket = resource === undefined ? undefined : app.byId(resource.id);
      if (bucket !== undefined && storeKind(bucket) === 'bucket')
        unclear({ resource: bucket, what, because });
    }
  },
});
