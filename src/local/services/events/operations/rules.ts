/**
 * Describing, listing, switching and deleting rules.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeRule.html and its siblings
 */
import type {
  DeleteRuleCommandInput,
  DescribeRuleCommandInput,
  DescribeRuleResponse,
  DisableRuleCommandInput,
  EnableRuleCommandInput,
  ListRuleNamesByTargetCommandInput,
  ListRuleNamesByTargetResponse,
  ListRulesCommandInput,
  ListRulesResponse,
  Rule,
} from '@aws-sdk/client-eventbridge';
import { AwsError, operation } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { checkBus, findRule, onRule, page, type RuleRecord } from '../store.ts';

const describe = (context: EventsContext, record: RuleRecord): Rule => ({
  Name: record.name,
  Arn: context.ruleArn(record.name),
  EventPattern: record.eventPattern,
  ScheduleExpression: record.scheduleExpression,
  State: record.state,
  Description: record.description,
  EventBusName: 'default',
});

export const describeRule = (context: EventsContext) =>
  operation<DescribeRuleCommandInput, DescribeRuleResponse>({
    name: 'DescribeRule',
    accepts: 'all',
    access: onRule(context, 'DescribeRule'),
    handle(input) {
      checkBus(context, input.EventBusName);
      const record = findRule(context, input.Name);
      return { ...describe(context, record), CreatedBy: record.createdBy };
    },
  });

export const listRules = (context: EventsContext) =>
  operation<ListRulesCommandInput, ListRulesResponse>({
    name: 'ListRules',
    accepts: 'all',
    access: () => ({ action: 'events:ListRules', resource: '*' }),
    handle({ EventBusName, NamePrefix = '', Limit, NextToken }) {
      checkBus(context, EventBusName);
      const all = [...context.rules.values()].filter(({ name }) => name.startsWith(NamePrefix));
      const { items, next } = page(all, NextToken, Limit);
      return { Rules: items.map((record) => describe(context, record)), NextToken: next };
    },
  });

export const listRuleNamesByTarget = (context: EventsContext) =>
  operation<ListRuleNamesByTargetCommandInput, ListRuleNamesByTargetResponse>({
    name: 'ListRuleNamesByTarget',
    accepts: 'all',
    access: () => ({ action: 'events:ListRuleNamesByTarget', resource: '*' }),
    handle({ EventBusName, TargetArn, Limit, NextToken }) {
      checkBus(context, EventBusName);
      const all = [...context.rules.values()]
        .filter(({ targets }) => targets.some(({ Arn }) => Arn === TargetArn))
        .map(({ name }) => name);
      const { items, next } = page(all, NextToken, Limit);
      return { RuleNames: items, NextToken: next };
    },
  });

const switchTo = (context: EventsContext, name: string | undefined, state: RuleRecord['state']) => {
  const record = findRule(context, name);
  context.rules.put(record.name, { ...record, state });
  context.dispatcher.changed();
  return {};
};

export const enableRule = (context: EventsContext) =>
  operation<EnableRuleCommandInput, object>({
    name: 'EnableRule',
    accepts: 'all',
    access: onRule(context, 'EnableRule'),
    handle(input) {
      checkBus(context, input.EventBusName);
      return switchTo(context, input.Name, 'ENABLED');
    },
  });

export const disableRule = (context: EventsContext) =>
  operation<DisableRuleCommandInput, object>({
    name: 'DisableRule',
    accepts: 'all',
    access: onRule(context, 'DisableRule'),
    handle(input) {
      checkBus(context, input.EventBusName);
      return switchTo(context, input.Name, 'DISABLED');
    },
  });

export const deleteRule = (context: EventsContext) =>
  operation<DeleteRuleCommandInput, object>({
    name: 'DeleteRule',
    // Force is for rules that services manage; there are none here.
    accepts: 'all',
    access: onRule(context, 'DeleteRule'),
    handle({ Name = '', EventBusName }) {
      checkBus(context, EventBusName);
      const record = context.rules.get(Name);
      if (record && record.targets.length > 0)
        throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
      // As on AWS, deleting what is not there is no error.
      context.rules.delete(Name);
      context.dispatcher.changed();
      return {};
    },
  });
