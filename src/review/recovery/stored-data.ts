/** Recovery options of what stores data: backups of AWS Backup, deletion protection, DeletionPolicy. */
import type { Resource } from '../../architecture/index.ts';
import { losses, steps } from './figures.ts';
import type { Context, RecoveryOption, RestoreFigure } from './model.ts';
import { manual, unaffected } from './options.ts';
import type { Basis, Scenario } from './report.ts';

/** There is no copy to restore. */
export const withoutCopy = (scenarios: readonly Scenario[]): RecoveryOption =>
  manual(scenarios, 'has no copy to restore: overwritten or lost data stays lost', [], 'all-data', [
    losses.noCopy,
  ]);

/** Restores from AWS Backup; none when no plan selects the resource. */
export function optionsOfBackupPlans(
  resource: Resource,
  context: Context,
  figure: RestoreFigure,
  scenarios: readonly Scenario[],
): RecoveryOption[] {
  const backup = context.backups.of(resource);
  if (backup === undefined) return [];
  return optionsOfBackup(backup, context.restore(resource, figure), scenarios);
}

export function optionsOfBackup(
  backup: {
    readonly plan: string;
    readonly everySeconds: number;
    readonly continuous?: boolean;
    readonly copiesTo: readonly string[];
  },
  restore: ReturnType<Context['restore']>,
  scenarios: readonly Scenario[],
): RecoveryOption[] {
  const basis: Basis = {
    figure: `${backup.plan} backs up every ${backup.everySeconds / 3_600} h`,
    source: backup.plan,
    assumed: false,
  };
  const options = [manual(scenarios, 'is restored from AWS Backup', [restore], backup.everySeconds, [basis])];
  if (backup.copiesTo.length > 0)
    options.push(
      manual(
        ['lost-region'],
        `is restored from its copy in ${backup.copiesTo.join(', ')}`,
        [restore, steps.switchRegion],
        backup.everySeconds,
        [basis],
      ),
    );
  return options;
}

export const protectedFromDeletion = (property: string): RecoveryOption =>
  unaffected(['deleted'], 'refuses to be deleted', {
    figure: 'deletion protection is on',
    source: property,
    assumed: false,
  });

/** DeletionPolicy keeps the resource when its stack is deleted. */
export const retainedByPolicy = (resource: Resource): RecoveryOption =>
  manual(
    ['deleted'],
    `stays when its stack is deleted (DeletionPolicy ${resource.node.deletionPolicy})`,
    [steps.useRetained],
    null,
    [
      {
        figure: `DeletionPolicy ${resource.node.deletionPolicy}`,
        source: `${resource.id}/DeletionPolicy`,
        assumed: false,
      },
    ],
  );

export const isRetained = (resource: Resource): boolean => resource.node.deletionPolicy.startsWith('Retain');

export const retainedText = (resource: Resource): string =>
  `stays when its stack is deleted (DeletionPolicy ${resource.node.deletionPolicy}), and cannot be deleted by itself while it holds anything`;
