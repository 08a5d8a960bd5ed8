import { operation } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { setRuleState } from '../rules.ts';
import { onRule } from '../store.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DisableRule.html */
export const disableRule = (context: EventsContext) =>
  operation('events', 'DisableRule', {
    accepts: 'all',
    access: onRule(context, 'DisableRule'),
    handle: (input) => setRuleState(context, input, 'DISABLED'),
  });
