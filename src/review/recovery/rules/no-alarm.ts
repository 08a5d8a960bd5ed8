/** Things that users need and nothing watches. */

import { readSystem } from '../read.ts';
import { customRule } from './kit.ts';

export const noAlarm = customRule({
  id: 'no-alarm',
  severity: 'medium',
  title: 'Somebody is told when a component on a user’s path fails',
  why: 'The time until somebody happens to notice is the longest part of most recoveries.',
  reference:
    'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_monitor_aws_resources_notification_monitor.html',
  check: (context) => {
    const { components, paths } = readSystem(context.app, {});
    const entries = new Set(paths.paths.map(({ entry }) => entry));
    for (const component of components) {
      // Entries and buffers: what fails behind them shows there.
      const isBuffer = component.label === 'SQS queue' || component.label === 'Kinesis stream';
      if (!entries.has(component.id) && !isBuffer) continue;
      context.checked();
      if (component.noticed !== null) continue;
      context.found({
        resource: component.resource,
        title: `No alarm watches ${component.resource.name} or what uses it`,
        fix: isBuffer
          ? 'An alarm on the age of the oldest message, to a topic that a person is subscribed to'
          : 'An alarm on its share of 5xx answers, to a topic that a person is subscribed to',
        evidence: [{ at: component.id, shows: 'no AWS::CloudWatch::Alarm names it' }],
      });
    }
  },
});
