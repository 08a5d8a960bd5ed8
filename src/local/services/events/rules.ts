/** What the operations on rules share. */
import type { Rule } from '@aws-sdk/client-eventbridge';
import type { EventsContext } from './context.ts';
import { defaultBus, findRule, putRuleRecord, type RuleRecord, ruleArn } from './store.ts';

export const describeRecord = (context: EventsContext, record: RuleRecord): Rule => ({
  Name: record.name,
  Arn: ruleArn(context, record),
  EventPattern: record.eventPattern,
  ScheduleExpression: record.scheduleExpression,
  State: record.state,
  Description: record.description,
  EventBusName: record.bus ?? defaultBus,
  RoleArn: record.roleArn,
});

export const setRuleState = (
  context: EventsContext,
  input: { readonly Name: string | undefined; readonly EventBusName?: string | undefined },
  state: RuleRecord['state'],
) => {
  const record = findRule(context, input.Name, input.EventBusName);
  putRuleRecord(context, { ...record, state });
  context.dispatcher.changed();
  return {};
};
