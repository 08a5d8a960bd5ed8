import { AwsError, operation, thrownBy, unsupported } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { compilePattern } from '../pattern.ts';
import { parseSchedule } from '../schedule.ts';
import { checkBus, onRule, type RuleRecord } from '../store.ts';

const isState = (state: string): state is RuleRecord['state'] => state === 'ENABLED' || state === 'DISABLED';
const otherState = (state: string) => unsupported(`the State ${state} of a rule`);

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
export const putRule = (context: EventsContext) =>
  operation('events', 'PutRule', {
    accepts: ['Name', 'ScheduleExpression', 'EventPattern', 'State', 'Description', 'Tags', 'EventBusName'],
    access: onRule(context, 'PutRule'),
    *problems({ EventPattern: pattern, ScheduleExpression: schedule, State, EventBusName }) {
      yield* thrownBy(() => checkBus(context, EventBusName));
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
