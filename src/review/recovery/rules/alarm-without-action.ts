/** Alarms without an action, and topics of alarms without a subscriber. */
import { listAt } from '../../../architecture/index.ts';
import { isSubscribed } from '../alarms.ts';
import { recoveryRule, reliabilityPillar } from './property-rule.ts';

export const alarmWithoutAction = recoveryRule({
  id: 'alarm-without-action',
  severity: 'medium',
  title: 'Every alarm has an action, and its topic has a subscriber',
  why: 'Otherwise nobody is notified when the alarm fires.',
  reference: reliabilityPillar,
  check: (context) => {
    for (const alarm of context.app.ofType('AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm')) {
      context.checked();
      const actions = listAt(alarm.properties, 'AlarmActions');
      if (actions.length > 0) continue;
      // A composite alarm acts for the alarms that it combines.
      if (alarm.usedBy.some(({ to }) => to.type === 'AWS::CloudWatch::CompositeAlarm')) continue;
      // A deployment that watches the alarm rolls back when it fires.
      if (alarm.usedBy.some(({ to }) => /Deployment|ECS::Service|SageMaker/.test(to.type))) continue;
      context.found({
        resource: alarm,
        title: `${alarm.name} has no action`,
        fix: 'AlarmActions: a topic that a person is subscribed to',
        evidence: [{ at: `${alarm.id}/Properties/AlarmActions`, shows: 'absent' }],
      });
    }
    for (const topic of context.app.ofType('AWS::SNS::Topic')) {
      const alarms = topic.usedBy.filter(({ path }) => path.includes('AlarmActions'));
      if (alarms.length === 0) continue;
      context.checked();
      if (isSubscribed(topic)) continue;
      context.found({
        resource: topic,
        title: `${alarms.length === 1 ? 'An alarm goes' : `${alarms.length} alarms go`} to ${topic.name}, which has no subscriber in the template`,
        fix: 'AWS::SNS::Subscription with the address of the people on call; or acknowledge this finding when they subscribe outside the template',
        evidence: alarms.slice(0, 5).map(({ to }) => ({ at: to.id, shows: 'AlarmActions' })),
      });
    }
  },
});
