/** Has every alarm been made to fire once? */
import { listAt } from '../../../architecture/index.ts';
import { answer, notApplicable } from '../checks.ts';
import type { Item } from '../model.ts';
import { operationalReadiness } from '../well-architected.ts';

export const alarmsTested: Item = {
  id: 'alarms-tested',
  area: 'monitoring',
  question: 'Has every alarm been made to fire once?',
  next: 'Inject the fault in a test, or set-alarm-state once, and see the message arrive.',
  reference: operationalReadiness,
  check: ({ app, localRun }) => {
    const alarms = app
      .ofType('AWS::CloudWatch::Alarm')
      .filter(({ properties }) =>
        listAt(properties, 'AlarmActions').some(
          (action) => !app.namedIn(action).some(({ type }) => type.includes('ScalingPolicy')),
        ),
      );
    if (alarms.length === 0) return notApplicable('The template has no alarm that tells anybody.');
    if (localRun?.alarmsFired === undefined)
      return answer(
        'person',
        'nobody',
        `No local run says which of the ${alarms.length} alarms were seen to fire.`,
      );
    const fired = new Set(localRun.alarmsFired);
    const quiet = alarms.filter(({ id, logicalId }) => !fired.has(id) && !fired.has(logicalId));
    const seen = alarms.length - quiet.length;
    return answer(
      quiet.length === 0 ? 'yes' : seen === 0 ? 'no' : 'partly',
      'local-run',
      `${seen} of ${alarms.length} alarms were seen to fire on ${localRun.measuredAt}.`,
      quiet.map(({ id }) => ({ at: id, shows: 'never seen to fire' })),
      quiet,
    );
  },
};
