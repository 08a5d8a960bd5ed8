/** What must hold for the review to pass. Each gate says its verdict with the figures it rests on. */

import { formatDuration } from '../core/duration.ts';
import { checkBudget } from './cost/budget.ts';
import { isOpen, severities } from './finding.ts';
import { plural, tally } from './forms/format.ts';
import type { ReviewConfig } from './inputs/config.ts';
import { allFindings, type Gate, type ReviewReport } from './report.ts';

type Reviewed = Omit<ReviewReport, 'gates'>;

export function judge(report: Reviewed, config: ReviewConfig): readonly Gate[] {
  return [
    ...findingsGate(report, config),
    ...budgetGates(report, config),
    ...notPricedGate(report, config),
    ...objectivesGate(report, config),
    ...recoveryGate(report, config),
    ...readinessGate(report, config),
  ];
}

function findingsGate(report: Reviewed, { gates }: ReviewConfig): Gate[] {
  const limit = gates.findings;
  if (limit === 'never') return [];
  const counted = severities.slice(0, severities.indexOf(limit) + 1);
  const open = allFindings({ ...report, gates: [] }).filter(isOpen);
  const over = open.filter((finding) => counted.includes(finding.severity));
  const counts = counted.map(
    (severity) => [severity, over.filter((one) => one.severity === severity).length] as const,
  );
  return [
    {
      gate: 'findings',
      verdict: over.length === 0 ? 'passed' : 'failed',
      because:
        over.length === 0
          ? `no open finding is ${limit === 'critical' ? 'critical' : `${limit} or worse`}`
          : `${tally(counts)} open; fix them, or acknowledge them in code with a reason and an expiry`,
    },
  ];
}

function budgetGates({ cost }: Reviewed, { gates }: ReviewConfig): Gate[] {
  return (['low', 'expected', 'high'] as const).flatMap((level): Gate[] => {
    const budget = gates.budget[level];
    if (budget === undefined) return [];
    if (cost === undefined)
      return [{ gate: 'budget', verdict: 'cannot-tell', because: 'the cost was not reviewed' }];
    const { verdict, because } = checkBudget(cost, budget, { level, freeTier: gates.freeTier });
    return [{ gate: 'budget', verdict: verdicts[verdict], because }];
  });
}

const verdicts = { pass: 'passed', over: 'failed', 'cannot-tell': 'cannot-tell' } as const;

function notPricedGate({ cost }: Reviewed, { gates }: ReviewConfig): Gate[] {
  if (!gates.notPriced || cost === undefined) return [];
  const { notPriced } = cost;
  const because =
    notPriced.length === 0
      ? 'everything that costs money has a price'
      : `${plural(notPriced.length, 'thing')} without a price`;
  return [{ gate: 'not-priced', verdict: notPriced.length === 0 ? 'passed' : 'failed', because }];
}

function objectivesGate({ capacity }: Reviewed, { gates }: ReviewConfig): Gate[] {
  const stated = capacity?.objectives.filter((objective) => objective.stated) ?? [];
  if (!gates.objectives || stated.length === 0) return [];
  const missed = stated.filter((objective) => objective.verdict === 'missed');
  const unknown = stated.filter((objective) => objective.verdict === 'cannot-tell');
  if (missed.length > 0)
    return [
      {
        gate: 'objectives',
        verdict: 'failed',
        because: `missed: ${missed.map(({ text }) => text).join('; ')}`,
      },
    ];
  if (unknown.length > 0)
    return [
      { gate: 'objectives', verdict: 'cannot-tell', because: unknown.map(({ text }) => text).join('; ') },
    ];
  return [
    {
      gate: 'objectives',
      verdict: 'passed',
      because: `${plural(stated.length, 'objective')} met under the stated load`,
    },
  ];
}

function recoveryGate({ recovery }: Reviewed, { gates }: ReviewConfig): Gate[] {
  if (!gates.recovery || recovery === undefined || recovery.targets.length === 0) return [];
  const name = ({ scenario, measure, targetSeconds }: (typeof recovery.targets)[number]): string =>
    `${scenario.replaceAll('-', ' ')} (${measure.toUpperCase()} ${formatDuration(targetSeconds)})`;
  const missed = recovery.targets.filter((target) => target.verdict === 'missed');
  const unknown = recovery.targets.filter((target) => target.verdict === 'cannot-tell');
  if (missed.length > 0)
    return [{ gate: 'recovery', verdict: 'failed', because: `missed: ${missed.map(name).join('; ')}` }];
  if (unknown.length > 0)
    return [{ gate: 'recovery', verdict: 'cannot-tell', because: unknown.map(name).join('; ') }];
  return [
    { gate: 'recovery', verdict: 'passed', because: `${plural(recovery.targets.length, 'target')} met` },
  ];
}

function readinessGate({ readiness }: Reviewed, { gates }: ReviewConfig): Gate[] {
  if (!gates.readiness || readiness === undefined) return [];
  const because = readiness.ready
    ? 'nothing stands between this app and its launch'
    : `${plural(readiness.blocking.length, 'item')} not ready: ${readiness.blocking.join(', ')}`;
  return [{ gate: 'readiness', verdict: readiness.ready ? 'passed' : 'failed', because }];
}
