/** Logs that are kept for ever or hardly at all. */

import { daysText } from '../format.ts';
import { isOver, propertyRule } from './kit.ts';

export const logRetention = propertyRule({
  id: 'log-retention',
  severity: 'low',
  title: 'Every log group says how long it keeps logs, and at least a week',
  why: 'Too short, and the logs of an incident are gone before anybody looks; without an end, they are paid for ever.',
  reference:
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html',
  types: ['AWS::Logs::LogGroup'],
  property: 'RetentionInDays',
  good: isOver(7),
  says: (resource, value) =>
    value === undefined
      ? `${resource.name} keeps its logs for ever`
      : `${resource.name} keeps its logs for ${daysText(value)} only`,
  fix: 'RetentionInDays: 30, or as long as incidents may stay unnoticed',
});
