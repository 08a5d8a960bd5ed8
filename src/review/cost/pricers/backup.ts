/** Backup plans: https://aws.amazon.com/backup/pricing/ */
import { namedAt, type Resource, valueAt } from '../../../architecture/index.ts';
import { type Amount, constant, sum, times } from '../amount.ts';
import { freeOfCharge, line, type Pricer } from './model.ts';
import { mapsIn } from './properties.ts';
import { assumed, derived, monthly } from './questions.ts';

export const backupPlan: Pricer = {
  types: ['AWS::Backup::BackupPlan'],
  questions: (plan) => [
    monthly('storedGB', 'Backups kept', 'GB', (flow) => {
      const chosen = plan.usedBy
        .flatMap(({ to: selection }) => namedAt(flow.app, selection, 'BackupSelection.Resources'))
        .map(({ to }) => to)
        .filter((one) => flow.asks(one, 'storedGB'));
      return chosen.length === 0
        ? assumed(constant(10, 'GB'), 'what it selects is not seen in the template')
        : derived(
            sum(
              chosen.map((one) => flow.of(one, 'storedGB')),
              'GB',
            ),
            `one full copy of ${chosen.map(({ name }) => name).join(', ')}`,
          );
    }),
    {
      key: 'copies',
      asks: 'Full copies that are kept at a time',
      unit: 'copy',
      kind: 'each',
      defaultAnswer: () =>
        assumed(constant(copiesOf(plan), 'copy'), 'as many as its rules keep, a copy a day, each full'),
    },
  ],
  items: (plan, flow) => {
    const kept: Amount = times(flow.of(plan, 'storedGB'), flow.of(plan, 'copies'));
    const note = 'at the price of table backups; other services’ differ a little';
    const share = warmShare(plan);
    return [
      line(
        'backup.dynamodb.warm',
        share === 1
          ? kept
          : times(kept, share, `${Math.round(share * 100)} % before they move to cold storage`),
        { note },
      ),
      ...(share === 1
        ? []
        : [
            line(
              'backup.dynamodb.cold',
              times(kept, 1 - share, `${Math.round((1 - share) * 100)} % in cold storage`),
              { note },
            ),
          ]),
    ];
  },
};

/** Of the days that the longest rule keeps a copy, those before it moves to cold storage. */
function warmShare(plan: Resource): number {
  const rules = mapsIn(valueAt(plan.properties, 'BackupPlan.BackupPlanRule'));
  const kept = copiesOf(plan);
  const moves = rules.flatMap((rule) => {
    const after = valueAt(rule, 'Lifecycle.MoveToColdStorageAfterDays');
    return typeof after === 'number' ? [after] : [];
  });
  return moves.length === 0 ? 1 : Math.min(1, Math.max(...moves) / kept);
}

function copiesOf(plan: Resource): number {
  const rules = mapsIn(valueAt(plan.properties, 'BackupPlan.BackupPlanRule'));
  const days = rules.map((rule) => {
    const value = valueAt(rule, 'Lifecycle.DeleteAfterDays');
    return typeof value === 'number' ? value : 35;
  });
  return Math.max(1, ...days);
}

export const backupParts: Pricer = {
  types: ['AWS::Backup::BackupVault', 'AWS::Backup::BackupSelection', 'AWS::Backup::Framework'],
  items: () => [
    freeOfCharge('backups are counted with their plan', 'https://aws.amazon.com/backup/pricing/'),
  ],
};
