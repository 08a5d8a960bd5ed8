/** The whole app's answers: the worst of the components that users need, compared with the targets. */

import { formatDuration } from '../../core/duration.ts';
import { answerOf, lossOrder, rtoOrder } from './answer.ts';
import { lossText, timeRange } from './format.ts';
import type { Component, RecoveryInputs } from './model.ts';
import {
  type Answer,
  componentKinds,
  type Scenario,
  type Survives,
  scenarios,
  scenarioText,
  type Target,
  type TargetResult,
  type WholeAnswer,
} from './report.ts';

export interface Targets extends Target {
  /** A scenario's own targets; what it does not state falls back to the general ones. */
  readonly scenarios?: Readonly<Partial<Record<Scenario, Target>>>;
}

interface Answered {
  readonly component: Component;
  readonly answer: Answer;
}

const severityOf: Readonly<Record<Survives, number>> = { yes: 0, degraded: 1, no: 2, 'cannot-tell': 3 };

export function wholeOf(needed: readonly Component[], inputs: RecoveryInputs): WholeAnswer[] {
  if (needed.length === 0) return scenarios.map(cannotTell);
  return scenarios.map((scenario) => {
    const all = needed.map((component) => ({ component, answer: answerOf(component, scenario, inputs) }));
    const known = all.filter(({ answer }) => answer.rto !== null);
    const [slowest] = [...known].sort(
      (a, b) =>
        order(rtoOrder(b.answer), rtoOrder(a.answer)) ||
        maxOf(b) - maxOf(a) ||
        (b.answer.rto?.minSeconds ?? 0) - (a.answer.rto?.minSeconds ?? 0) ||
        kindOrder(a) - kindOrder(b),
    );
    const [losing] = [...known].sort((a, b) => order(lossOf(b), lossOf(a)) || kindOrder(a) - kindOrder(b));
    const unclear = all.filter(({ answer }) => answer.survives === 'cannot-tell');
    const worst = all.reduce<Survives>(
      (sum, { answer }) => (severityOf[answer.survives] > severityOf[sum] ? answer.survives : sum),
      'yes',
    );
    const loses = losing !== undefined && lossOf(losing) > 0;
    return {
      scenario,
      survives: worst,
      rto: unclear.length > 0 ? null : (slowest?.answer.rto ?? { minSeconds: 0, maxSeconds: 0, parts: [] }),
      rpo: unclear.length > 0 ? null : (losing?.answer.rpo ?? { seconds: null, basis: [] }),
      ...(slowest !== undefined && maxOf(slowest) > 0 ? { limitedBy: slowest.component.id } : {}),
      ...(loses ? { losesAt: losing.component.id } : {}),
      because: sentence(slowest, loses ? losing : undefined, unclear),
    };
  });
}

/** Without a known component the whole cannot be told, rather than survive everything. */
const cannotTell = (scenario: Scenario): WholeAnswer => ({
  scenario,
  survives: 'cannot-tell',
  rto: null,
  rpo: null,
  because: 'The template has no component that this review knows, so nothing can be said of the whole.',
});

/** Of components with equal times the one that runs code is named first. */
const kindOrder = ({ component }: Answered): number => componentKinds.indexOf(component.kind);
/** Not `a - b`: two infinities are equal. */
const order = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);
const maxOf = ({ answer }: Answered): number => answer.rto?.maxSeconds ?? 0;
const lossOf = ({ answer }: Answered): number => lossOrder(answer.rpo?.seconds ?? null);

function sentence(
  slowest: Answered | undefined,
  losing: Answered | undefined,
  unclear: readonly Answered[],
): string {
  if (unclear.length > 0)
    return `Cannot be told for ${unclear.map(({ component }) => component.resource.name).join(', ')}: ${unclear
      .flatMap(({ answer }) => answer.unclear)
      .slice(0, 3)
      .join('; ')}.`;
  if (slowest === undefined || maxOf(slowest) === 0) return 'No component on the path is interrupted.';
  const { component, answer } = slowest;
  const back = answer.rto === null ? '' : timeRange(answer.rto.minSeconds, answer.rto.maxSeconds);
  const first = `${component.label} ${component.resource.name} takes longest, ${back}: ${lower(answer.because)}`;
  if (losing === undefined) return first;
  const seconds = losing.answer.rpo?.seconds ?? null;
  const lost = seconds === 'all-data' ? 'All data is lost' : `Up to ${lossText(seconds)} of writes is lost`;
  return losing.component === component
    ? `${first} ${lost}.`
    : `${first} ${lost} at ${losing.component.label} ${losing.component.resource.name}.`;
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

export const targetOf = (targets: Targets, scenario: Scenario): Target => ({
  ...(targets.rtoSeconds === undefined ? {} : { rtoSeconds: targets.rtoSeconds }),
  ...(targets.rpoSeconds === undefined ? {} : { rpoSeconds: targets.rpoSeconds }),
  ...targets.scenarios?.[scenario],
});

/** Whether the answer meets the target at worst. */
function meets(answer: Answer, target: Target, measure: 'rto' | 'rpo'): boolean {
  if (measure === 'rto') return target.rtoSeconds === undefined || rtoOrder(answer) <= target.rtoSeconds;
  return (
    target.rpoSeconds === undefined ||
    (answer.rpo !== null && lossOrder(answer.rpo.seconds) <= target.rpoSeconds)
  );
}

export function targetResults(
  needed: readonly Component[],
  targets: Targets,
  inputs: RecoveryInputs,
): TargetResult[] {
  return scenarios.flatMap((scenario) => {
    const target = targetOf(targets, scenario);
    const all = needed.map((component) => ({ component, answer: answerOf(component, scenario, inputs) }));
    return (['rto', 'rpo'] as const).flatMap((measure): TargetResult[] => {
      const seconds = measure === 'rto' ? target.rtoSeconds : target.rpoSeconds;
      if (seconds === undefined) return [];
      const figure = measure === 'rto' ? ({ answer }: Answered) => rtoOrder(answer) : lossOf;
      const missing = all
        .filter(({ answer }) => !meets(answer, target, measure))
        .sort((a, b) => order(figure(b), figure(a)));
      const unclear = missing.filter(({ answer }) => answer.rto === null);
      const missed = missing.filter(({ answer }) => answer.rto !== null);
      const verdict =
        missed.length > 0 ? 'missed' : unclear.length > 0 || needed.length === 0 ? 'cannot-tell' : 'met';
      const [worst] = missed.length > 0 ? missed : unclear;
      const metAtBest =
        verdict === 'missed' &&
        measure === 'rto' &&
        missed.every(
          ({ answer }) => (answer.rto?.minSeconds ?? 0) <= seconds && answer.rpo?.seconds !== 'all-data',
        ) &&
        unclear.length === 0;
      return [
        {
          scenario,
          measure,
          targetSeconds: seconds,
          verdict,
          metAtBest,
          components: missing.map(({ component }) => component.id),
          because: why(scenario, measure, seconds, verdict, metAtBest, worst, missed),
        },
      ];
    });
  });
}

function why(
  scenario: Scenario,
  measure: 'rto' | 'rpo',
  seconds: number,
  verdict: TargetResult['verdict'],
  metAtBest: boolean,
  worst: Answered | undefined,
  missed: readonly Answered[],
): string {
  const name = scenarioText[scenario].name;
  const asked =
    measure === 'rto' ? `back within ${formatDuration(seconds)}` : `at most ${formatDuration(seconds)} lost`;
  if (worst === undefined && verdict === 'cannot-tell')
    return `${name}: no component is known that could miss it.`;
  if (worst === undefined) return `${name}: ${asked}, also at worst.`;
  const { component, answer } = worst;
  if (verdict === 'cannot-tell')
    return `${name}: cannot be told for ${component.resource.name}: ${answer.unclear.join('; ')}.`;
  const called = component.resource.name;
  const withoutData = missed.filter((each) => each.answer.rpo?.seconds === 'all-data').length;
  if (measure === 'rpo') {
    const others = missed.length > 1 ? `; so may ${missed.length - 1} more, or less but too much` : '';
    return `${name}: ${called} may lose ${lossText(answer.rpo?.seconds ?? null)}${others}.`;
  }
  if (answer.rpo?.seconds === 'all-data') {
    const who = withoutData > 1 ? `${called} and ${withoutData - 1} more do` : `${called} does`;
    const slow = missed.length - withoutData;
    const rest = slow === 0 ? '' : `; ${slow} more ${slow === 1 ? 'is' : 'are'} too slow`;
    return `${name}: ${who} not come back with the data, whatever the time${rest}.`;
  }
  const { minSeconds = 0, maxSeconds = 0 } = answer.rto ?? {};
  const who = missed.length > 1 ? `the slowest of ${missed.length}, ${called},` : called;
  return metAtBest
    ? `${name}: ${who} is back after ${formatDuration(minSeconds)} at best, but ${formatDuration(maxSeconds)} at worst.`
    : `${name}: ${who} takes ${timeRange(minSeconds, maxSeconds)}.`;
}
