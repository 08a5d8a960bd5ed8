import { operation } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { setRuleState } from '../rules.ts';
import { onRule } from '../store.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EnableRule.html */
export const enableRule = (context: EventsContext) =>
  operation('events', 'EnableRule', {
    accepts: 'all',
    access: onRule(context, 'EnableRule'),
    handle: (input) => setRuleState(context, input, 'ENABLED'),
  });
