/** Customer keys that are not rotated. */
import { flagAt, isUnresolved, show, textAt } from '../../../architecture/index.ts';
import { securityRule } from './support/security-rule.ts';

export const keyWithoutRotation = securityRule({
  id: 'key-without-rotation',
  title: 'Customer keys are rotated',
  severity: 'low',
  why: 'Rotation bounds how much is lost when key material is, and most standards ask for it.',
  reference: 'https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html',
  check: ({ app, checked, found, unclear }) => {
    for (const key of app.ofType('AWS::KMS::Key')) {
      const spec = textAt(key.properties, 'KeySpec');
      const origin = textAt(key.properties, 'Origin');
      // Only symmetric keys whose material AWS made can be rotated by AWS.
      if (
        (spec !== undefined && spec !== 'SYMMETRIC_DEFAULT') ||
        (origin !== undefined && origin !== 'AWS_KMS')
      )
        continue;
      checked();
      const flag = flagAt(key.properties, 'EnableKeyRotation');
      if (isUnresolved(flag)) unclear({ resource: key, what: 'EnableKeyRotation', because: flag.reason });
      if (flag === true || isUnresolved(flag)) continue;
      found({
        resource: key,
        title: `Key ${key.name} is never rotated`,
        fix: 'Set EnableKeyRotation: true (CDK: enableKeyRotation: true).',
        evidence: [show(key, 'EnableKeyRotation')],
      });
    }
  },
});
