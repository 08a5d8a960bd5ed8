/** A component's answers: the best of its ways in each scenario, with what it takes to notice and to respond. */
import { resourceRef } from '../../architecture/index.ts';
import { formatDuration } from '../../core/duration.ts';
import { defaults, guess, inConfig, part, rehearsed, unattendedText } from './figures.ts';
import type { Component, RecoveryInputs, Way } from './model.ts';
import {
  type Answer,
  type ComponentReport,
  type LossEstimate,
  type Noticed,
  type Scenario,
  type Survives,
  scenarios,
  type TimeEstimate,
  type TimePart,
} from './report.ts';

/** Less is better; losing everything is worst. */
export const lossOrder = (loses: LossEstimate['seconds']): number =>
  loses === null ? 0 : loses === 'all-data' ? Number.POSITIVE_INFINITY : loses;

/** Coming back without the data is not coming back: it meets no target. */
export const rtoOrder = ({ rto, rpo }: Answer): number =>
  rto === null || rpo?.seconds === 'all-data' ? Number.POSITIVE_INFINITY : rto.maxSeconds;

const total = (parts: readonly TimePart[], which: 'minSeconds' | 'maxSeconds'): number =>
  parts.reduce((sum, each) => sum + each[which], 0);

export const estimate = (parts: readonly TimePart[]): TimeEstimate => ({
  minSeconds: total(parts, 'minSeconds'),
  maxSeconds: total(parts, 'maxSeconds'),
  parts,
});

/** Losing less comes first, then being back sooner at worst. */
export function answerOf(component: Component, scenario: Scenario, inputs: RecoveryInputs): Answer {
  const candidates = component.ways
    .filter((way) => way.for.includes(scenario))
    .map((way) => ({ way, time: estimate(partsOf(way, component, inputs)) }))
    .sort(
      (a, b) =>
        compare(lossOrder(a.way.loses), lossOrder(b.way.loses)) ||
        a.time.maxSeconds - b.time.maxSeconds ||
        a.time.minSeconds - b.time.minSeconds,
    );
  const [best] = candidates;
  const doubts = component.doubts.filter((each) => each.for.includes(scenario)).map(({ what }) => what);
  if (best === undefined)
    return {
      scenario,
      survives: 'cannot-tell',
      because: `${component.resource.name} has no model for this.`,
      rto: null,
      rpo: null,
      unclear: ['no model'],
    };
  const survives = survivesBy(best.way, best.time);
  // What is in doubt could only make it better than what is known; when that is good already, the doubt is idle.
  if (doubts.length > 0 && survives !== 'yes')
    return {
      scenario,
      survives: 'cannot-tell',
      because: `Not in the template: ${doubts.join('; ')}. Without it: it ${best.way.how}.`,
      rto: null,
      rpo: null,
      unclear: doubts,
    };
  return {
    scenario,
    survives,
    because: `It ${best.way.how}.${unnoticed(best.way, component.noticed)}`,
    rto: best.time,
    rpo: { seconds: best.way.loses, basis: best.way.lossBasis },
    unclear: [],
  };
}

/** Not `a - b`: two infinities are equal. */
const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

export function survivesBy(way: Way, time: TimeEstimate): Survives {
  if (way.person || lossOrder(way.loses) > 60) return 'no';
  return time.maxSeconds === 0 && way.loses === null ? 'yes' : 'degraded';
}

function unnoticed(way: Way, noticed: Noticed | null): string {
  if (!way.person) return '';
  if (noticed === null) return ' No alarm watches it, so nobody is told.';
  return noticed.tells === 'person'
    ? ''
    : ` Its alarm ${noticed.alarm} goes to a topic without subscribers, so nobody is told.`;
}

function partsOf(way: Way, { id, noticed }: Component, inputs: RecoveryInputs): readonly TimePart[] {
  const measured = inputs.restoreSeconds?.[id];
  const steps = way.steps.map((step) =>
    measured !== undefined && step.basis.source.endsWith(inConfig('restore'))
      ? rehearsed(step.what, measured)
      : step,
  );
  return way.person ? [...noticeParts(noticed, inputs), ...steps] : steps;
}

export function noticeParts(noticed: Noticed | null, inputs: RecoveryInputs): TimePart[] {
  const respond = inputs.respondSeconds ?? defaults.respond;
  const { min, max } = inputs.unattendedSeconds ?? defaults.unattended;
  // Where somebody always looks, an alarm can only tell them sooner.
  if (noticed?.tells !== 'person' || noticed.afterSeconds + 60 + respond.max > max) {
    return [
      part('somebody notices, as nobody is told', min, max, {
        ...guess(unattendedText, 'unattended'),
        assumed: inputs.unattendedSeconds === undefined,
      }),
    ];
  }
  return [
    part(`the alarm ${noticed.alarm} fires`, 0, noticed.afterSeconds + 60, {
      figure: `period × evaluation periods is ${noticed.afterSeconds} s; CloudWatch evaluates every minute`,
      source: `${noticed.alarm}/Properties/EvaluationPeriods`,
      assumed: false,
    }),
    part('somebody who was told begins to act', respond.min, respond.max, {
      ...guess(
        `${formatDuration(respond.min)} to ${formatDuration(respond.max)}, with somebody on call`,
        'respond',
      ),
      assumed: inputs.respondSeconds === undefined,
    }),
  ];
}

export function reportOf(
  component: Component,
  reachedFrom: readonly string[],
  inputs: RecoveryInputs,
): ComponentReport {
  return {
    resource: resourceRef(component.resource),
    kind: component.kind,
    label: component.label,
    reachedFrom,
    answers: scenarios.map((scenario) => answerOf(component, scenario, inputs)),
    noticed: component.noticed,
  };
}
