/** Are recovery targets stated, and met? */
import { answer } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const recoveryTargets: Item = {
  id: 'recovery-targets',
  area: 'backup',
  question: 'Are recovery targets stated, and met?',
  next: 'State recovery.rto and recovery.rpo in slipway-review.yaml with the people who lose money meanwhile; the recovery section names the cheapest changes that meet them.',
  reference: practice('reliability', 'rel_planning_for_recovery_objective_defined_recovery'),
  check: ({ recovery }) => {
    const targets = recovery?.targets ?? [];
    if (targets.length === 0)
      return answer('person', 'nobody', 'No recovery targets were stated for this review.');
    const missed = targets.filter(({ verdict }) => verdict !== 'met');
    return answer(
      missed.length === 0 ? 'yes' : missed.length === targets.length ? 'no' : 'partly',
      'review',
      missed.length === 0
        ? `All ${targets.length} targets are met, also at worst.`
        : `${missed.length} of ${targets.length} targets are not sure to be met. ${missed[0]?.because ?? ''}`,
      missed.map(({ scenario, measure, because }) => ({ at: `${scenario} ${measure}`, shows: because })),
    );
  },
};
