/** AWS Backup: which resources a plan backs up (by ARN or tag), how often, and whether a copy goes to another region. */
import {
  type Architecture,
  flagAt,
  listAt,
  type Resource,
  textAt,
  valueAt,
} from '../../architecture/index.ts';

interface BackedUp {
  /** The plan's resource id. */
  readonly plan: string;
  readonly everySeconds: number;
  readonly continuous: boolean;
  /** Regions of its copies other than its own. */
  readonly copiesTo: readonly string[];
}

export interface BackupIndex {
  of(resource: Resource): BackedUp | undefined;
  /** Plans or selections that could not be read, by name. */
  readonly unclear: readonly string[];
}

const day = 86_400;

/** The longest gap of a schedule: `rate(n unit)`, `cron(m h …)`; daily when it cannot be read, which is AWS Backup's default. */
function gapOf(schedule: string | undefined): number {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(schedule ?? '');
  if (rate !== null) {
    const unit = rate[2] === 'minute' ? 60 : rate[2] === 'hour' ? 3_600 : day;
    return Number(rate[1]) * unit;
  }
  const cron = /^cron\(\S+ (\S+) (\S+) (\S+) (\S+)/.exec(schedule ?? '');
  if (cron === null) return day;
  const [, hour = '', dayOfMonth = '', , dayOfWeek = ''] = cron;
  const isEvery = (field: string) => field === '*' || field === '?';
  if (!isEvery(dayOfMonth)) return 31 * day;
  if (!isEvery(dayOfWeek)) return 7 * day;
  const step = /^\*\/(\d+)$|^0\/(\d+)$/.exec(hour);
  if (step !== null) return Number(step[1] ?? step[2]) * 3_600;
  return hour === '*' ? 3_600 : day;
}

export function readBackups(app: Architecture): BackupIndex {
  const unclear: string[] = [];
  const selections = app.ofType('AWS::Backup::BackupSelection').flatMap((selection) => {
    const planName = textAt(selection.properties, 'BackupPlanId');
    const plan = typeof planName === 'string' ? app.named(planName) : undefined;
    if (plan === undefined) {
      unclear.push(`${selection.name} selects for a plan that is not in the template`);
      return [];
    }
    const rules = listAt(plan.properties, 'BackupPlan.BackupPlanRule');
    const gaps = rules.map((rule) => {
      const schedule = textAt(rule, 'ScheduleExpression');
      return gapOf(typeof schedule === 'string' ? schedule : undefined);
    });
    const copies = rules.flatMap((rule) =>
      listAt(rule, 'CopyActions').flatMap((copy) => {
        const vault = textAt(copy, 'DestinationBackupVaultArn');
        const region = typeof vault === 'string' ? vault.split(':')[3] : undefined;
        return region === undefined || region === plan.inStack.region ? [] : [region];
      }),
    );
    const backedUp: BackedUp = {
      plan: plan.id,
      everySeconds: Math.min(...gaps, 365 * day),
      continuous: rules.some((rule) => flagAt(rule, 'EnableContinuousBackup') === true),
      copiesTo: [...new Set(copies)],
    };
    return [{ selection, backedUp }];
  });
  return {
    unclear,
    of: (resource) =>
      selections
        .filter(({ selection }) => selects(app, selection, resource))
        .map(({ backedUp }) => backedUp)
        .sort((a, b) => a.everySeconds - b.everySeconds)[0],
  };
}

function selects(app: Architecture, selection: Resource, resource: Resource): boolean {
  const chosen = valueAt(selection.properties, 'BackupSelection');
  const resources = listAt(chosen, 'Resources');
  if (resources.includes('*') || app.namedIn(resources).includes(resource)) return true;
  const pattern = resources.some(
    (entry) =>
      typeof entry === 'string' && entry.endsWith('*') && resource.arn.startsWith(entry.slice(0, -1)),
  );
  if (pattern) return true;
  return listAt(chosen, 'ListOfTags').some((tag) => {
    const key = textAt(tag, 'ConditionKey');
    const value = textAt(tag, 'ConditionValue');
    return typeof key === 'string' && resource.tags[key.replace(/^aws:ResourceTag\//, '')] === value;
  });
}
