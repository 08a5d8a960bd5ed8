import { passRole } from '../../../pass-role.ts';
import { AwsError, operation, thrownBy } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { checkInput } from '../input.ts';
import { findRule, onRule, putRuleRecord } from '../store.ts';
import { targetProblems } from '../targets.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html */
export const putTargets = (context: EventsContext) =>
  operation('events', 'PutTargets', {
    accepts: 'all',
    access: (input) => [
      onRule(context, 'PutTargets')(input),
      ...passRole('events.amazonaws.com', ...(input.Targets ?? []).map(({ RoleArn }) => RoleArn)),
    ],
    *problems({ Targets = [] }) {
      for (const target of Targets) {
        yield* targetProblems(context.env, target);
        yield* thrownBy(() => checkInput(target));
      }
    },
    handle(input) {
      const record = findRule(context, input.Rule, input.EventBusName);
      const targets = new Map(record.targets.map((target) => [target.Id, target]));
      for (const target of input.Targets ?? []) targets.set(target.Id, target);
      if (targets.size > 5)
        throw new AwsError(
          'LimitExceededException',
          'The requested resource exceeds the maximum number allowed: a rule has five targets at most.',
        );
      putRuleRecord(context, { ...record, targets: [...targets.values()] });
      context.dispatcher.changed();
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
  });
