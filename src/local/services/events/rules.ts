/** What the operations on rules share. */
import type { Rule } from '@aws-sdk/client-eventbridge';
import type { EventsContext } from './context.ts';
import { findRule, type RuleRecord } from './store.ts';

export const describeRecord = (context: EventsContext, record: RuleRecord): Rule => ({
  Name: record.name,
  Arn: context.ruleArn(record.name),
  EventPattern: record.eventPattern,
  ScheduleExpression: record.scheduleExpression,
  State: record.state,
  Description: record.description,
  EventBusName: 'default',
});

export const setRuleState = (
  context: EventsContext,
  name: string | undefined,
  state: RuleRecord['state'],
) => {
  const record = findRule(context, name);
  context.rules.put(record.name, { ...record, state });
  context.dispatcher.changed();
  return {};
};
