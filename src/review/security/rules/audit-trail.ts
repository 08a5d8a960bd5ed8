/** Whether calls to AWS itself are recorded. Trails are as a rule the account's, not the app's: then it cannot be told. */
import { flagAt, show } from '../../../architecture/index.ts';
import { accessReport } from '../access/index.ts';
import { securityRule } from './support/security-rule.ts';

const switches = [
  { property: 'IsLogging', absent: false, what: 'does not record' },
  { property: 'IsMultiRegionTrail', absent: false, what: 'records one region only' },
  { property: 'EnableLogFileValidation', absent: false, what: 'does not show when its files were changed' },
] as const;

export const auditTrail = securityRule({
  id: 'audit-trail',
  title: 'Calls to AWS are recorded, and the record shows when it was changed',
  severity: 'medium',
  why: 'Without a trail nobody can tell afterwards who changed a policy or read a secret.',
  reference: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html',
  check: ({ app, checked, found, unclear }) => {
    const trails = app.ofType('AWS::CloudTrail::Trail');
    const hasData = accessReport(app).stores.some(({ kind }) => kind !== 'log-group' && kind !== 'parameter');
    if (trails.length === 0 && hasData)
      unclear({
        what: 'whether CloudTrail records calls in this account',
        because:
          'no stack of the app has a trail; it is as a rule set up once for the account or organization',
      });
    for (const trail of trails)
      for (const { property, absent, what } of switches) {
        checked();
        const flag = flagAt(trail.properties, property) ?? absent;
        if (flag !== false) continue;
        found({
          resource: trail,
          about: property,
          severity: property === 'IsLogging' ? 'high' : 'low',
          title: `Trail ${trail.name} ${what}`,
          fix: `Set ${property}: true.`,
          evidence: [show(trail, property)],
        });
      }
  },
});
