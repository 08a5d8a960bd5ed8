/** Alarms that tell nobody. */
import { listAt } from '../../../architecture/index.ts';
import { isSubscribed } from '../notice.ts';
import { customRule, pillar } from './kit.ts';

export const alarmWithoutAction = customRule({
  id: 'alarm-without-action',
  severity: 'medium',
  title: 'Every alarm does something, and a person hears of it',
  why: 'An alarm that nobody hears turns red in a console that nobody looks at.',
  reference: pillar,
  check: (context) => {
    for (const alarm of context.app.ofType('AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm')) {
      context.checked();
      const actions = listAt(alarm.properties, 'AlarmActions');
      if (actions.length > 0) continue;
      // A part of a composite alarm speaks through it.
      if (alarm.usedBy.some(({ to }) => to.type === 'AWS::CloudWatch::CompositeAlarm')) continue;
      // Alarms that deployments watch act through them.
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
        title: `${alarms.length === 1 ? 'An alarm goes' : `${alarms.length} alarms go`} to ${topic.name}, to which nobody is subscribed in the template`,
        fix: 'AWS::SNS::Subscription with an address of the people on call; or acknowledge it, when they subscribe outside the template',
        evidence: alarms.slice(0, 5).map(({ to }) => ({ at: to.id, shows: 'AlarmActions' })),
      });
    }
  },
});
