/** What keeps data: how it comes back from its own backups and from AWS Backup. */
import type { Resource } from '../../architecture/index.ts';
import { losses, steps } from './figures.ts';
import type { Context, RestoreFigure, Way } from './model.ts';
import type { Basis, Scenario } from './report.ts';
import { byHand, unfelt } from './ways.ts';

/** Wrong data without any copy: somebody mends what can be mended. */
export const noCopyOf = (scenarios: readonly Scenario[]): Way =>
  byHand(scenarios, 'has no earlier copy: what was overwritten or lost stays so', [], 'all-data', [
    losses.noCopy,
  ]);

/** From AWS Backup's plans; nothing when none selects the resource. */
export function fromBackupPlans(
  resource: Resource,
  context: Context,
  figure: RestoreFigure,
  scenarios: readonly Scenario[],
): Way[] {
  const backup = context.backups.of(resource);
  if (backup === undefined) return [];
  return planWays(backup, context.restore(resource, figure), scenarios);
}

export function planWays(
  backup: {
    readonly plan: string;
    readonly everySeconds: number;
    readonly continuous?: boolean;
    readonly copiesTo: readonly string[];
  },
  restore: ReturnType<Context['restore']>,
  scenarios: readonly Scenario[],
): Way[] {
  const basis: Basis = {
    figure: `${backup.plan} backs up every ${backup.everySeconds / 3_600} h`,
    source: backup.plan,
    assumed: false,
  };
  const ways = [byHand(scenarios, 'is restored from AWS Backup', [restore], backup.everySeconds, [basis])];
  if (backup.copiesTo.length > 0)
    ways.push(
      byHand(
        ['lost-region'],
        `is restored from its copy in ${backup.copiesTo.join(', ')}`,
        [restore, steps.switchRegion],
        backup.everySeconds,
        [basis],
      ),
    );
  return ways;
}

export const guarded = (property: string): Way =>
  unfelt(['deleted'], 'refuses to be deleted', {
    figure: 'deletion protection is on',
    source: property,
    assumed: false,
  });

/** The policy keeps it, and the service itself does not delete what is not empty. */
export const keptByPolicy = (resource: Resource): Way =>
  byHand(
    ['deleted'],
    `stays when its stack is deleted (DeletionPolicy ${resource.node.deletionPolicy})`,
    [steps.pointAtOld],
    null,
    [
      {
        figure: `DeletionPolicy ${resource.node.deletionPolicy}`,
        source: `${resource.id}/DeletionPolicy`,
        assumed: false,
      },
    ],
  );

export const keeps = (resource: Resource): boolean => resource.node.deletionPolicy.startsWith('Retain');

export const keepByPolicyText = (resource: Resource): string =>
  `stays when its stack is deleted (DeletionPolicy ${resource.node.deletionPolicy}), and cannot be deleted by itself while it holds anything`;
