/** Backup plans without a copy in another region. */
import { listAt, valueAt } from '../../../architecture/index.ts';
import { recoveryRule } from './property-rule.ts';

export const backupsInOneRegion = recoveryRule({
  id: 'backups-in-one-region',
  severity: 'info',
  title: 'Backup plans keep a copy in another region',
  why: 'When the region is lost, its backups are lost too. It matters when there is a target for the loss of a region.',
  reference: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html',
  check: (context) => {
    for (const plan of context.app.ofType('AWS::Backup::BackupPlan')) {
      context.checked();
      const rules = listAt(plan.properties, 'BackupPlan.BackupPlanRule');
      if (rules.some((rule) => listAt(rule, 'CopyActions').length > 0)) continue;
      context.found({
        resource: plan,
        title: `${plan.name} keeps its backups in ${plan.inStack.region} only`,
        fix: 'CopyActions with a vault in another region, in the rule that keeps longest',
        evidence: [
          {
            at: `${plan.id}/Properties/BackupPlan/BackupPlanRule`,
            shows: `${rules.length} rule(s), ${valueAt(rules[0], 'RuleName') === undefined ? '' : String(valueAt(rules[0], 'RuleName'))} without CopyActions`,
          },
        ],
      });
    }
  },
});
