/** Does every alarm reach a person? */
import { answer, fromRules } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const alarmsReachPeople: Item = {
  id: 'alarms-reach-people',
  area: 'monitoring',
  question: 'Does every alarm reach a person?',
  next: 'Subscribe the people on call to the topic that alarms go to; when that happens outside the template, acknowledge it.',
  blocks: true,
  reference: practice('operational-excellence', 'ops_event_response_alert_process'),
  check: (inputs) => {
    const found = fromRules(
      inputs,
      ['alarm-without-action'],
      'Every alarm goes to a topic that somebody is subscribed to',
    );
    // Without alarms nobody is told of anything, which is no reason to launch.
    return found.answer === 'not-applicable'
      ? answer('no', 'template', 'The template has no alarm, so nobody is told of anything.')
      : found;
  },
};
