/** Log groups without a retention, or with one under a week. */

import { daysText } from '../format.ts';
import { isAtLeast, propertyRule } from './property-rule.ts';

export const logRetention = propertyRule({
  id: 'log-retention',
  severity: 'low',
  title: 'Every log group says how long it keeps logs, and at least a week',
  why: 'With a short retention the logs of an incident may be gone before anybody reads them; without one they are stored, and paid for, for ever.',
  reference:
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html',
  types: ['AWS::Logs::LogGroup'],
  property: 'RetentionInDays',
  isMet: isAtLeast(7),
  finding: (resource, value) =>
    value === undefined
      ? `${resource.name} keeps its logs for ever`
      : `${resource.name} keeps its logs for ${daysText(value)} only`,
  fix: 'RetentionInDays: 30, or as long as incidents may stay unnoticed',
});
