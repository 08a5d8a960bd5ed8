/** Names that lead to things outside of the app which somebody else could come to own. */
import { listAt, propertyOf, textAt, valueAt } from '../../../architecture/index.ts';
import { securityRule } from './support/security-rule.ts';

/** Hosts that AWS gives to whoever makes a thing of that name. */
const claimable =
  /([a-z0-9.-]+)\.(s3(?:-website)?[.-][a-z0-9-]*\.?amazonaws\.com|s3\.amazonaws\.com|elasticbeanstalk\.com|[a-z0-9-]+\.elasticbeanstalk\.com)\.?$/i;

export const danglingReference = securityRule({
  id: 'dangling-reference',
  title: 'Names lead only to things that the app owns',
  severity: 'medium',
  why: 'When a bucket or environment that a name leads to is deleted, whoever makes one of that name serves pages under your domain.',
  reference: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/protection-from-dangling-dns.html',
  check: ({ app, checked, found }) => {
    for (const record of app.ofType('AWS::Route53::RecordSet')) {
      const texts = [
        ...listAt(record.properties, 'ResourceRecords'),
        valueAt(record.properties, 'AliasTarget.DNSName') ?? '',
      ];
      checked();
      for (const text of texts) {
        if (typeof text !== 'string' || !claimable.test(text) || app.namedIn(text).length > 0) continue;
        // An alias to a website bucket works only for a bucket of the record's own name.
        const name = textAt(record.properties, 'Name');
        const isOwn =
          typeof name === 'string' &&
          app
            .ofType('AWS::S3::Bucket')
            .some(({ properties }) => properties.BucketName === name.replace(/\.$/, ''));
        if (isOwn) continue;
        found({
          resource: record,
          about: text,
          title: `The record ${record.name} leads to ${text}, which is not part of the app`,
          fix: 'Point the record at a resource of the app by reference (CDK: a RecordTarget alias), and remove it together with what it leads to.',
          evidence: [{ at: propertyOf(record, 'ResourceRecords'), shows: text }],
        });
      }
    }
    for (const distribution of app.ofType('AWS::CloudFront::Distribution'))
      for (const [index, origin] of listAt(distribution.properties, 'DistributionConfig.Origins').entries()) {
        const host = textAt(origin, 'DomainName');
        checked();
        if (typeof host !== 'string' || !claimable.test(host) || app.namedIn(host).length > 0) continue;
        found({
          resource: distribution,
          about: host,
          severity: 'low',
          title: `${distribution.name} fetches from ${host}, a bucket that is not part of the app`,
          fix: 'Make sure that the bucket is yours and is kept as long as the distribution; better, define it in the app and restrict it with origin access control.',
          evidence: [
            { at: propertyOf(distribution, `DistributionConfig.Origins.${index}.DomainName`), shows: host },
          ],
        });
      }
  },
});
