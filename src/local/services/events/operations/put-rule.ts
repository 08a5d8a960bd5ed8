import { AwsError, operation, unsupported } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { compilePattern } from '../pattern.ts';
import { parseSchedule } from '../schedule.ts';
import { checkBus, onRule } from '../store.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
export const putRule = (context: EventsContext) =>
  operation('events', 'PutRule', {
    accepts: ['Name', 'ScheduleExpression', 'EventPattern', 'State', 'Description', 'Tags', 'EventBusName'],
    access: onRule(context, 'PutRule'),
    handle(input, call) {
      const {
        Name: name = '',
        EventPattern: pattern,
        ScheduleExpression: schedule,
        State = 'ENABLED',
      } = input;
      checkBus(context, input.EventBusName);
      if (!pattern && !schedule)
        throw new AwsError(
          'ValidationException',
          'Parameter(s) EventPattern or ScheduleExpression must be specified.',
        );
      if (State !== 'ENABLED' && State !== 'DISABLED') throw unsupported(`the State ${State} of a rule`);
      if (pattern) compilePattern(pattern);
      if (schedule) parseSchedule(schedule);
      const before = context.rules.get(name);
      // Tags of a rule that exists are changed by TagResource only.
      const tags =
        before?.tags ??
        Object.fromEntries((input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
      context.rules.put(name, {
        name,
        ...(input.Description === undefined ? {} : { description: input.Description }),
        ...(pattern ? { eventPattern: pattern } : {}),
        ...(schedule ? { scheduleExpression: schedule } : {}),
        state: State,
        targets: before?.targets ?? [],
        since: before?.scheduleExpression === schedule && before ? before.since : context.env.clock.now(),
        createdBy: before?.createdBy ?? call.caller.arn,
        tags,
      });
      context.dispatcher.changed();
      return { RuleArn: context.ruleArn(name) };
    },
  });
