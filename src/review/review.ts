/**
 * The review: every section over one app, gates over the sections. A section that fails through a bug of ours is
 * named in `failures` and the others are whole. Reads no file and prints nothing.
 */

import type { Architecture } from '../architecture/index.ts';
import { applyAcknowledgements } from './acknowledgements/index.ts';
import type { Load } from './capacity/index.ts';
import { reviewCapacity } from './capacity/index.ts';
import { costOf } from './cost/cost.ts';
import type { PriceOverrides } from './cost/prices/index.ts';
import type { Usage } from './cost/usage/model.ts';
import { buildDiagram, type Diagram } from './diagram/index.ts';
import type { Finding, RuleResult } from './finding.ts';
import { judge } from './gates.ts';
import { defaultConfig, type ReviewConfig } from './inputs/config.ts';
import { type KeptAnswers, type LocalRun, type ReadinessInputs, reviewReadiness } from './readiness/index.ts';
import { pricesFrom, reviewRecovery } from './recovery/index.ts';
import type { ReviewReport, Section } from './report.ts';
import { accessReport } from './security/access/index.ts';
import { exposureReport } from './security/exposure/index.ts';
import type { MeasuredAction, SecurityReport } from './security/report.ts';
import { runSecurityRules } from './security/rules/index.ts';
import { encryptionReport } from './security/rules/support/encryption.ts';
import { mergeResults, openTools } from './security/tools/index.ts';

export const sections = [
  'cost',
  'security',
  'capacity',
  'recovery',
  'readiness',
] as const satisfies Section[];

export interface ReviewInputs {
  /** `YYYY-MM-DD`: acknowledgements and answers expire by it. */
  readonly today: string;
  readonly config?: ReviewConfig;
  /** Default: all. */
  readonly sections?: readonly Section[];
  readonly usage?: Usage;
  readonly load?: Load;
  /** What people answered of the launch list. */
  readonly answers?: KeptAnswers;
  readonly prices?: PriceOverrides;
  /** What a local run was seen to do. */
  readonly actions?: readonly MeasuredAction[];
  readonly localRun?: LocalRun;
  /** Where cdk-nag and cloudformation-validate are looked for when they are not beside Slipway. */
  readonly appFolder?: string;
  /** Where answers and engines of those tools are kept between reviews. Default: nowhere. */
  readonly cacheFolder?: string;
  /** Whether to wait while an outside tool's engine is built for the first time. Default: true. */
  readonly waitForEngine?: boolean;
}

export async function review(app: Architecture, inputs: ReviewInputs): Promise<ReviewReport> {
  const config = inputs.config ?? defaultConfig;
  const wanted = inputs.sections ?? sections;
  const failures: { section: Section | 'diagram'; error: string }[] = [];
  const milliseconds: Record<string, number> = {};
  const part = async <T>(
    section: Section | 'diagram',
    work: () => T | Promise<T>,
  ): Promise<T | undefined> => {
    if (section !== 'diagram' && !wanted.includes(section)) return undefined;
    const started = performance.now();
    try {
      return await work();
    } catch (error) {
      failures.push({
        section,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
      return undefined;
    } finally {
      milliseconds[section] = performance.now() - started;
    }
  };
  const price = pricesFrom(inputs.prices);
  const packs = config.packs;
  const tools = openTools({
    nagPacks: packs,
    ...(inputs.appFolder === undefined ? {} : { appFolder: inputs.appFolder }),
    ...(inputs.cacheFolder === undefined ? {} : { cacheFolder: inputs.cacheFolder }),
    ...(inputs.waitForEngine === undefined ? {} : { waitForEngine: inputs.waitForEngine }),
  });
  try {
    // The outside tools load in threads of their own while everything else is worked out.
    const fromTools = wanted.includes('security') ? tools.check(app) : undefined;
    // Observed again below; without this a failure meanwhile would end the process.
    fromTools?.catch(() => undefined);
    const diagram = await part('diagram', () => buildDiagram(app));
    const cost = await part('cost', () =>
      costOf(app, inputs.usage, inputs.prices === undefined ? {} : { overrides: inputs.prices }),
    );
    const capacity = await part('capacity', () =>
      reviewCapacity(app, inputs.load, {
        price: (id, region, quantity) => {
          const usd = price(id, region, quantity);
          return typeof usd === 'number' ? { usd } : usd;
        },
      }),
    );
    const { rtoSeconds, rpoSeconds, scenarios } = config.targets;
    const hasTargets =
      rtoSeconds !== undefined || rpoSeconds !== undefined || Object.keys(scenarios).length > 0;
    const recovery = await part('recovery', () =>
      reviewRecovery(app, {
        ...config.recovery,
        price,
        ...(hasTargets ? { targets: config.targets } : {}),
      }),
    );
    const security = await part('security', async (): Promise<SecurityReport> => {
      const own = runSecurityRules(app, inputs.actions === undefined ? {} : { measured: inputs.actions });
      const parts = {
        exposure: exposureReport(app),
        access: accessReport(app, inputs.actions),
        encryption: { stores: encryptionReport(app) },
      };
      const outside = (await fromTools) ?? { results: [], runs: [] };
      return { results: [...own, ...outside.results], ...parts, tools: outside.runs };
    });
    const judged = acknowledge({ app, today: inputs.today, security, capacity, recovery });
    const readiness = await part('readiness', () =>
      reviewReadiness({
        app,
        today: inputs.today,
        ...(inputs.answers === undefined ? {} : { answers: inputs.answers }),
        ...(inputs.localRun === undefined ? {} : { localRun: inputs.localRun }),
        ...evidenceOf(judged, cost),
      }),
    );
    const report = {
      version: 1 as const,
      app: {
        name: app.name,
        region: app.region,
        resources: app.resources.length,
        stacks: app.stacks.map(({ name }) => ({
          name,
          resources: app.resources.filter((resource) => resource.stack === name).length,
        })),
      },
      diagram: diagram ?? nothingDrawn,
      ...(cost === undefined ? {} : { cost }),
      ...judged,
      ...(readiness === undefined ? {} : { readiness }),
      assumptions: app.assumptions,
      notUnderstood: app.notUnderstood,
      failures,
      milliseconds,
    };
    return { ...report, gates: judge(report, config) };
  } finally {
    await tools.close();
  }
}

const nothingDrawn: Diagram = { nodes: [], edges: [], groups: [], left: [] };

interface Judged {
  readonly security?: ReviewReport['security'];
  readonly capacity?: ReviewReport['capacity'];
  readonly recovery?: ReviewReport['recovery'];
}

/** Merges what several tools say of one problem, and applies the acknowledgements in the code to all findings. */
function acknowledge({
  app,
  today,
  security,
  capacity,
  recovery,
}: Judged & { readonly app: Architecture; readonly today: string }): Judged & {
  readonly acknowledgements: readonly Finding[];
} {
  const all = [...(security?.results ?? []), ...(capacity?.rules ?? []), ...(recovery?.rules ?? [])];
  const merged = mergeResults(all, app);
  const findings = applyAcknowledgements(
    merged.flatMap((result) => result.findings),
    app,
    today,
    {
      ran: new Set(all.map(({ rule }) => rule)),
      isPartial: [security, capacity, recovery].includes(undefined),
    },
  );
  const byKey = new Map(findings.map((finding) => [keyOf(finding), finding]));
  const known = new Set(merged.flatMap((result) => result.findings.map(keyOf)));
  const applied = merged.map(
    (result): RuleResult => ({
      ...result,
      findings: result.findings.map((finding) => byKey.get(keyOf(finding)) ?? finding),
    }),
  );
  const take = (from: number, count: number) => applied.slice(from, from + count);
  const securityCount = security?.results.length ?? 0;
  const capacityCount = capacity?.rules.length ?? 0;
  return {
    ...(security === undefined ? {} : { security: { ...security, results: take(0, securityCount) } }),
    ...(capacity === undefined
      ? {}
      : { capacity: { ...capacity, rules: take(securityCount, capacityCount) } }),
    ...(recovery === undefined
      ? {}
      : { recovery: { ...recovery, rules: take(securityCount + capacityCount, recovery.rules.length) } }),
    acknowledgements: findings.filter((finding) => !known.has(keyOf(finding))),
  };
}

/** What the readiness items ask of the other sections. */
function evidenceOf(
  { security, capacity, recovery }: Judged,
  cost: ReviewReport['cost'],
): Omit<ReadinessInputs, 'app' | 'localRun'> {
  const stated = capacity?.objectives.filter((objective) => objective.stated) ?? [];
  const missed = stated.filter(({ verdict }) => verdict !== 'met');
  return {
    ...(recovery === undefined ? {} : { recovery }),
    ...(security === undefined ? {} : { security: security.results.flatMap((result) => result.findings) }),
    ...(stated.length === 0
      ? {}
      : {
          capacity: {
            met: missed.length === 0,
            because:
              missed.length === 0
                ? 'every stated objective is met'
                : `not met: ${missed.map(({ text }) => text).join('; ')}`,
          },
        }),
    ...(cost === undefined
      ? {}
      : {
          cost: {
            usdPerMonth: cost.totals.all.expected,
            usdPerMonthWithoutFree: cost.totals.allWithoutFree.expected,
            notPriced: cost.notPriced.map(({ resource, what }) => `${resource.id}: ${what}`),
          },
        }),
  };
}

const keyOf = (finding: Finding): string => `${finding.source}|${finding.fingerprint}`;
