/** Log groups that keep everything for ever. */
import { isDeploymentMachinery, isUnresolved, numberAt, show } from '../../../architecture/index.ts';
import { securityRule } from './support/security-rule.ts';

export const logRetention = securityRule({
  id: 'log-retention',
  title: 'Logs are kept for a stated time',
  severity: 'info',
  why: 'Logs hold personal data sooner or later; kept for ever they cost more each month and outlive the right to hold them.',
  reference:
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html',
  check: ({ app, checked, found, unclear }) => {
    for (const group of app.ofType('AWS::Logs::LogGroup')) {
      if (isDeploymentMachinery(app, group)) continue;
      checked();
      const days = numberAt(group.properties, 'RetentionInDays');
      if (isUnresolved(days)) unclear({ resource: group, what: 'RetentionInDays', because: days.reason });
      if (days !== undefined) continue;
      found({
        resource: group,
        title: `Log group ${group.name} is never emptied`,
        fix: 'Set RetentionInDays (CDK: retention: RetentionDays.THREE_MONTHS).',
        evidence: [show(group, 'RetentionInDays')],
      });
    }
  },
});
