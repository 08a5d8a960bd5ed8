/** Buckets whose policy does not refuse plain HTTP. */
import { accessOf, isDeploymentMachinery } from '../../../architecture/index.ts';
import { securityRule } from './support/security-rule.ts';

export const transportNotEnforced = securityRule({
  id: 'transport-not-enforced',
  title: 'Buckets refuse requests without TLS',
  severity: 'low',
  why: 'S3 answers plain HTTP too; a misconfigured client then sends objects and presigned URLs in the clear.',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html',
  check: ({ app, checked, found, unclear }) => {
    const model = accessOf(app);
    for (const bucket of app.ofType('AWS::S3::Bucket')) {
      if (isDeploymentMachinery(app, bucket)) continue;
      checked();
      const policies = model.policiesAt(bucket);
      const refuses = policies.some(({ statements }) =>
        statements.some(
          ({ effect, conditions }) =>
            effect === 'Deny' &&
            Object.entries(conditions).some(([operator, keys]) =>
              Object.entries(keys).some(
                ([key, value]) =>
                  operator.startsWith('Bool') &&
                  /^aws:SecureTransport$/i.test(key) &&
                  String(value) === 'false',
              ),
            ),
        ),
      );
      if (refuses) continue;
      const unknown = policies.find((policy) => policy.unknown !== undefined);
      if (unknown?.unknown !== undefined) {
        unclear({
          resource: bucket,
          what: 'whether its policy refuses plain HTTP',
          because: unknown.unknown,
        });
        continue;
      }
      found({
        resource: bucket,
        title: `Bucket ${bucket.name} answers plain HTTP`,
        fix: 'Add a statement to its policy: Effect Deny, Principal *, Action s3:*, Condition Bool aws:SecureTransport false (CDK: enforceSSL: true).',
        evidence: [
          {
            at: policies[0]?.path ?? bucket.id,
            shows: policies.length === 0 ? 'no bucket policy' : 'no Deny on aws:SecureTransport',
          },
        ],
      });
    }
  },
});
