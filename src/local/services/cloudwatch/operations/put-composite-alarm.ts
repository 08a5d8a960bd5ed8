import { operation, thrownBy } from '../../../service.ts';
import { checkActions } from '../actions.ts';
import { parseAlarmRule } from '../alarm-rule.ts';
import { type CloudWatchContext, onAlarm, putTags, stateOf } from '../context.ts';
import { validation } from '../errors.ts';

/** Refused: actions suppressors. */
export const putCompositeAlarm = (context: CloudWatchContext) =>
  operation('cloudwatch', 'PutCompositeAlarm', {
    accepts: [
      'ActionsEnabled',
      'AlarmActions',
      'AlarmDescription',
      'AlarmName',
      'AlarmRule',
      'InsufficientDataActions',
      'OKActions',
      'Tags',
    ],
    access: onAlarm(context, 'PutCompositeAlarm'),
    *problems(input) {
      yield* thrownBy(() =>
        checkActions(context.env, input.OKActions, input.AlarmActions, input.InsufficientDataActions),
      );
      yield* thrownBy(() => parseAlarmRule(input.AlarmRule ?? ''));
    },
    handle(input) {
      const { alarms, env } = context;
      const { AlarmName: name = '', AlarmRule: rule = '', AlarmDescription } = input;
      for (const child of parseAlarmRule(rule).children)
        if (!alarms.get(child))
          throw validation(`Could not save the composite alarm: ${child} does not exist.`);
      const before = alarms.get(name);
      if (before?.kind === 'metric') throw validation(`${name} is a metric alarm already.`);
      const now = env.clock.now();
      alarms.configure({
        kind: 'composite',
        name,
        arn: alarms.arn(name),
        rule,
        actionsEnabled: input.ActionsEnabled ?? true,
        okActions: input.OKActions ?? [],
        alarmActions: input.AlarmActions ?? [],
        insufficientDataActions: input.InsufficientDataActions ?? [],
        configuredAt: now,
        ...(AlarmDescription === undefined ? {} : { description: AlarmDescription }),
        ...stateOf(before, now),
      });
      putTags(env, alarms.arn(name), input.Tags);
      return {};
    },
  });
