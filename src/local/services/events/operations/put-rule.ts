import { isRoleArn } from '../../../../core/arn.ts';
import { compilePattern } from '../../../event-pattern.ts';
import { passRole } from '../../../pass-role.ts';
import { AwsError, operation, thrownBy, unsupported } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { parseSchedule } from '../schedule.ts';
import { defaultBus, findBus, onRule, putRuleRecord, type RuleRecord, ruleArn, ruleKey } from '../store.ts';

const isState = (state: string): state is RuleRecord['state'] => state === 'ENABLED' || state === 'DISABLED';
const otherState = (state: string) => unsupported(`the State ${state} of a rule`);

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
export const putRule = (context: EventsContext) =>
  operation('events', 'PutRule', {
    accepts: [
      'Name',
      'ScheduleExpression',
      'EventPattern',
      'State',
      'Description',
      'Tags',
      'EventBusName',
      'RoleArn',
    ],
    access: (input) => [
      onRule(context, 'PutRule')(input),
      ...passRole('events.amazonaws.com', input.RoleArn),
    ],
    *problems({ EventPattern: pattern, ScheduleExpression: schedule, State, EventBusName, RoleArn }) {
      if (RoleArn !== undefined && !isRoleArn(RoleArn))
        yield new AwsError('ValidationException', `Provided role ${RoleArn} is not a valid ARN of a role.`);
      if (schedule && EventBusName && !/^(?:default|.*:event-bus\/default)$/.test(EventBusName))
        yield new AwsError(
          'ValidationException',
          'ScheduleExpression is supported only on the default event bus.',
        );
      if (!pattern && !schedule)
        yield new AwsError(
          'ValidationException',
          'Parameter(s) EventPattern or ScheduleExpression must be specified.',
        );
      if (State !== undefined && !isState(State)) yield otherState(State);
      if (pattern) yield* thrownBy(() => compilePattern(pattern));
      if (schedule) yield* thrownBy(() => parseSchedule(schedule));
    },
    handle(input, call) {
      const {
        Name: name = '',
        EventPattern: pattern,
        ScheduleExpression: schedule,
        State = 'ENABLED',
      } = input;
      if (!isState(State)) throw otherState(State);
      const { name: bus } = findBus(context, input.EventBusName);
      const before = context.rules.get(ruleKey(bus, name));
      // Tags of a rule that exists are changed by TagResource only.
      const tags =
        before?.tags ??
        Object.fromEntries((input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
      const record: RuleRecord = {
        name,
        ...(bus === defaultBus ? {} : { bus }),
        ...(input.RoleArn ? { roleArn: input.RoleArn } : {}),
        ...(input.Description === undefined ? {} : { description: input.Description }),
        ...(pattern ? { eventPattern: pattern } : {}),
        ...(schedule ? { scheduleExpression: schedule } : {}),
        state: State,
        targets: before?.targets ?? [],
        since: before?.scheduleExpression === schedule && before ? before.since : context.env.clock.now(),
        createdBy: before?.createdBy ?? call.caller.arn,
        tags,
      };
      putRuleRecord(context, record);
      context.dispatcher.changed();
      return { RuleArn: ruleArn(context, record) };
    },
  });
