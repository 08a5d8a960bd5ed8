/** `review/config.yaml` beside an app: what must hold for the review to pass, and what the template cannot say. */
import { type Severity, severities } from '../finding.ts';
import type { RecoveryInputs } from '../recovery/model.ts';
import { type Scenario, scenarios, type Target } from '../recovery/report.ts';
import type { NagPackName } from '../security/tools/index.ts';
import { Settings, type SettingsProblem } from './settings.ts';

/** cdk-nag's packs. */
const packs = ['AwsSolutions', 'HIPAA', 'NIST', 'PCI', 'Serverless'] as const satisfies NagPackName[];

export interface ReviewConfig {
  readonly gates: {
    /** Open findings of this severity or worse fail the review. Default: high. */
    readonly findings: Severity | 'never';
    /** USD a month, by level of use. Default: no budget. */
    readonly budget: Readonly<Partial<Record<'low' | 'expected' | 'high', number>>>;
    /** Whether a resource without a price fails the review. Default: false. */
    readonly notPriced: boolean;
    /** Whether a missed objective of the load file does. Default: true. */
    readonly objectives: boolean;
    /** Whether a missed recovery target does. Default: true. */
    readonly recovery: boolean;
    /** Whether an item that blocks the launch does. Default: false. */
    readonly readiness: boolean;
  };
  readonly packs: readonly NagPackName[];
  readonly targets: Target & { readonly scenarios: Readonly<Partial<Record<Scenario, Target>>> };
  readonly recovery: RecoveryInputs;
}

export const defaultConfig: ReviewConfig = {
  gates: {
    findings: 'high',
    budget: {},
    notPriced: false,
    objectives: true,
    recovery: true,
    readiness: false,
  },
  packs: ['AwsSolutions'],
  targets: { scenarios: {} },
  recovery: {},
};

/** Everything wrong is in `problems`, with its line; `config` then has the defaults in its place. */
export function readConfig(text: string): {
  readonly config: ReviewConfig;
  readonly problems: readonly SettingsProblem[];
} {
  const settings = new Settings(text);
  settings.only([], ['gates', 'packs', 'recovery']);
  settings.only(['gates'], ['findings', 'budget', 'notPriced', 'objectives', 'recovery', 'readiness']);
  const { gates } = defaultConfig;
  const config: ReviewConfig = {
    gates: {
      findings: settings.choice(['gates', 'findings'], [...severities, 'never']) ?? gates.findings,
      budget: readBudget(settings),
      notPriced: settings.flag(['gates', 'notPriced']) ?? gates.notPriced,
      objectives: settings.flag(['gates', 'objectives']) ?? gates.objectives,
      recovery: settings.flag(['gates', 'recovery']) ?? gates.recovery,
      readiness: settings.flag(['gates', 'readiness']) ?? gates.readiness,
    },
    packs: settings.texts(['packs'], packs) ?? defaultConfig.packs,
    ...readRecovery(settings),
  };
  return { config, problems: settings.problems };
}

function readBudget(settings: Settings): ReviewConfig['gates']['budget'] {
  const path = ['gates', 'budget'];
  if (typeof settings.value(path) === 'number') return { expected: settings.number(path) ?? 0 };
  const levels = ['low', 'expected', 'high'] as const;
  settings.only(path, levels);
  return Object.fromEntries(
    levels.flatMap((level) => {
      const usd = settings.number([...path, level]);
      return usd === undefined ? [] : [[level, usd]];
    }),
  );
}

const inputs = ['respond', 'unattended', 'redeploy', 'rollback'] as const;

function readRecovery(settings: Settings): Pick<ReviewConfig, 'targets' | 'recovery'> {
  settings.only(['recovery'], ['rto', 'rpo', ...scenarios, 'dataGb', 'restore', 'backlog', ...inputs]);
  const target = (path: readonly string[]): Target => {
    const rtoSeconds = settings.duration([...path, 'rto']);
    const rpoSeconds = settings.duration([...path, 'rpo']);
    return {
      ...(rtoSeconds === undefined ? {} : { rtoSeconds }),
      ...(rpoSeconds === undefined ? {} : { rpoSeconds }),
    };
  };
  const byScenario = scenarios
    .filter((scenario) => settings.value(['recovery', scenario]) !== undefined)
    .map((scenario) => {
      settings.only(['recovery', scenario], ['rto', 'rpo']);
      return [scenario, target(['recovery', scenario])] as const;
    });
  const map = <T>(key: string, read: (path: readonly string[]) => T | undefined): Record<string, T> =>
    Object.fromEntries(
      settings.keys(['recovery', key]).flatMap((name) => {
        const value = read(['recovery', key, name]);
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
  const spans = Object.fromEntries(
    inputs.flatMap((key) => {
      const span = settings.span(['recovery', key]);
      return span === undefined ? [] : [[`${key}Seconds`, span]];
    }),
  );
  const backlogSeconds = settings.duration(['recovery', 'backlog']);
  return {
    targets: { ...target(['recovery']), scenarios: Object.fromEntries(byScenario) },
    recovery: {
      dataGb: map('dataGb', (path) => settings.number(path)),
      restoreSeconds: map('restore', (path) => settings.span(path)),
      ...spans,
      ...(backlogSeconds === undefined ? {} : { backlogSeconds }),
    },
  };
}

/** A new `review/config.yaml`: everything there is to set, as it is without the file. */
export const initConfig = `# What must hold for \`slipway review\` to exit with 0, and what the template cannot say.

gates:
  findings: high          # open findings of this severity or worse fail: critical, high, medium, low, info, never
  # budget: 100           # USD a month at expected use; or { low: 20, expected: 100, high: 400 }
  notPriced: false        # fail when something that costs money has no price
  objectives: true        # fail when an objective of load.yaml is missed
  recovery: true          # fail when a target below is missed
  readiness: false        # fail when an item of readiness.yaml blocks the launch

packs: [AwsSolutions]     # of cdk-nag: AwsSolutions, HIPAA, NIST, PCI, Serverless

# recovery:
#   rto: 1h               # back after at most this, in every scenario
#   rpo: 15m              # at most these minutes of writes lost
#   lost-region: { rto: 1d, rpo: 1h }   # software-fault, lost-instance, lost-zone, lost-region, deleted, bad-deploy
#   dataGb: { default: 10 }             # GB in each store; by its id Stack/LogicalId
#   respond: 15m - 1h     # from the alarm until somebody acts
#   unattended: 1h - 64h  # until somebody notices where nothing tells them
#   rollback: 10m - 30m   # to put the previous version back
#   redeploy: 30m - 2h    # to deploy the whole app where nothing of it is left
#   backlog: 5m           # age of the oldest message that usually waits in a queue
#   restore: {}           # what rehearsed restores took, by store: { Stack/Table: 40m }
`;
