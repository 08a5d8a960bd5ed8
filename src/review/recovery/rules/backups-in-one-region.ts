/** Backup plans that keep everything in one region. */
import { listAt, valueAt } from '../../../architecture/index.ts';
import { customRule } from './kit.ts';

export const backupsInOneRegion = customRule({
  id: 'backups-in-one-region',
  severity: 'info',
  title: 'Backup plans keep a copy in another region',
  why: 'A region that is lost takes the backups in it along. It matters when the targets name the loss of a region.',
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
