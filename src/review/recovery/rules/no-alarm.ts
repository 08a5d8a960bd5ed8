/** Entries, queues and streams without an alarm. */

import { readSystem } from '../read-components.ts';
import { recoveryRule } from './property-rule.ts';

export const noAlarm = recoveryRule({
  id: 'no-alarm',
  severity: 'medium',
  title: 'Every entry, queue and stream has an alarm',
  why: 'Without an alarm, most of the recovery time passes before anybody notices.',
  reference:
    'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_monitor_aws_resources_notification_monitor.html',
  check: (context) => {
    const { components, paths } = readSystem(context.app, {});
    const entries = new Set(paths.paths.map(({ entry }) => entry));
    for (const component of components) {
      // A component that fails behind an entry, a queue or a stream shows there.
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
