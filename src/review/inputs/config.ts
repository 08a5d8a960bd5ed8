/** Gates, cdk-nag's packs and recovery targets: what must hold for the review to pass. */
import { type Severity, severities } from '../finding.ts';
import type { RecoveryInputs } from '../recovery/model.ts';
import { type Scenario, scenarios, type Target } from '../recovery/report.ts';
import type { NagPackName } from '../security/tools/index.ts';
import type { Field, Fields, Reader } from './yaml-reader.ts';

/** cdk-nag's packs. */
const packs = ['AwsSolutions', 'HIPAA', 'NIST', 'PCI', 'Serverless'] as const satisfies NagPackName[];

export interface ReviewConfig {
  readonly gates: {
    /** Open findings of this severity or worse fail the review. Default: high. */
    readonly findings: Severity | 'never';
    /** USD a month, by level of use. Default: no budget. */
    readonly budget: Readonly<Partial<Record<'low' | 'expected' | 'high', number>>>;
    /** Whether budgets judge the cost with the free tier: no other app of the account draws on it. Default: false. */
    readonly freeTier: boolean;
    /** Whether a resource without a price fails the review. Default: false. */
    readonly notPriced: boolean;
    /** Whether a missed objective of the load does. Default: true. */
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
    freeTier: false,
    notPriced: false,
    objectives: true,
    recovery: true,
    readiness: false,
  },
  packs: ['AwsSolutions'],
  targets: { scenarios: {} },
  recovery: {},
};

const gateNames = [
  'findings',
  'budget',
  'freeTier',
  'notPriced',
  'objectives',
  'recovery',
  'readiness',
] as const;

/** @param fields those of the file: `gates`, `packs`, `recovery`; what cannot be read keeps its default */
export function readConfig(reader: Reader, fields: Fields): ReviewConfig {
  const of = reader.map(fields.get('gates'), gateNames);
  const { gates } = defaultConfig;
  return {
    gates: {
      findings: reader.choice(of.get('findings'), [...severities, 'never']) ?? gates.findings,
      budget: readBudget(reader, of.get('budget')),
      freeTier: reader.flag(of.get('freeTier')) ?? gates.freeTier,
      notPriced: reader.flag(of.get('notPriced')) ?? gates.notPriced,
      objectives: reader.flag(of.get('objectives')) ?? gates.objectives,
      recovery: reader.flag(of.get('recovery')) ?? gates.recovery,
      readiness: reader.flag(of.get('readiness')) ?? gates.readiness,
    },
    packs: reader.choices(fields.get('packs'), packs) ?? defaultConfig.packs,
    ...readRecovery(reader, fields.get('recovery')),
  };
}

/** A number is the budget at expected use. */
function readBudget(reader: Reader, field: Field | undefined): ReviewConfig['gates']['budget'] {
  if (field === undefined) return {};
  if (!reader.isMap(field)) {
    const expected = reader.number(field);
    return expected === undefined ? {} : { expected };
  }
  const levels = ['low', 'expected', 'high'] as const;
  const of = reader.map(field, levels);
  return Object.fromEntries(
    levels.flatMap((level) => {
      const usd = reader.number(of.get(level));
      return usd === undefined ? [] : [[level, usd]];
    }),
  );
}

const recoveryTimes = ['respond', 'unattended', 'redeploy', 'rollback'] as const;

function readRecovery(reader: Reader, field: Field | undefined): Pick<ReviewConfig, 'targets' | 'recovery'> {
  const keys = ['rto', 'rpo', ...scenarios, 'dataGb', 'restore', 'backlog', ...recoveryTimes];
  const of = reader.map(field, keys);
  const target = (fields: Fields): Target => {
    const rtoSeconds = reader.duration(fields.get('rto'));
    const rpoSeconds = reader.duration(fields.get('rpo'));
    return {
      ...(rtoSeconds === undefined ? {} : { rtoSeconds }),
      ...(rpoSeconds === undefined ? {} : { rpoSeconds }),
    };
  };
  const byScenario = scenarios.flatMap((scenario) => {
    const stated = of.get(scenario);
    return stated === undefined ? [] : [[scenario, target(reader.map(stated, ['rto', 'rpo']))] as const];
  });
  const byStore = <T>(key: string, read: (field: Field) => T | undefined): Record<string, T> =>
    Object.fromEntries(
      [...reader.map(of.get(key))].flatMap(([name, stated]) => {
        const value = read(stated);
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
  const times = Object.fromEntries(
    recoveryTimes.flatMap((key) => {
      const range = reader.durationRange(of.get(key));
      return range === undefined ? [] : [[`${key}Seconds`, range]];
    }),
  );
  const backlogSeconds = reader.duration(of.get('backlog'));
  return {
    targets: { ...target(of), scenarios: Object.fromEntries(byScenario) },
    recovery: {
      dataGb: byStore('dataGb', reader.number),
      restoreSeconds: byStore('restore', reader.durationRange),
      ...times,
      ...(backlogSeconds === undefined ? {} : { backlogSeconds }),
    },
  };
}
