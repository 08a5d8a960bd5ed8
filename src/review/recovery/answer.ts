/** A component's answers: the best of its recovery options in each scenario, with the time to detect and to respond. */
import { resourceRef } from '../../architecture/index.ts';
import { formatDuration } from '../../core/duration.ts';
import { defaults, guess, inConfig, part, rehearsed, unattendedText } from './figures.ts';
import type { Component, RecoveryInputs, RecoveryOption } from './model.ts';
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

/** For comparing losses: a larger number is a greater loss. */
export const lossOrder = (loses: LossEstimate['seconds']): number =>
  loses === null ? 0 : loses === 'all-data' ? Number.POSITIVE_INFINITY : loses;

/** A component that runs again without its data meets no target. */
export const rtoOrder = ({ rto, rpo }: Answer): number =>
  rto === null || rpo?.seconds === 'all-data' ? Number.POSITIVE_INFINITY : rto.maxSeconds;

const total = (parts: readonly TimePart[], which: 'minSeconds' | 'maxSeconds'): number =>
  parts.reduce((sum, each) => sum + each[which], 0);

const estimate = (parts: readonly TimePart[]): TimeEstimate => ({
  minSeconds: total(parts, 'minSeconds'),
  maxSeconds: total(parts, 'maxSeconds'),
  parts,
});

/** The option with the smallest loss; of equal ones the fastest at worst. */
export function answerOf(component: Component, scenario: Scenario, inputs: RecoveryInputs): Answer {
  const candidates = component.options
    .filter((option) => option.scenarios.includes(scenario))
    .map((option) => ({ option, time: estimate(partsOf(option, component, inputs)) }))
    .sort(
      (a, b) =>
        compare(lossOrder(a.option.loses), lossOrder(b.option.loses)) ||
        a.time.maxSeconds - b.time.maxSeconds ||
        a.time.minSeconds - b.time.minSeconds,
    );
  const [best] = candidates;
  const doubts = component.doubts.filter((each) => each.scenarios.includes(scenario)).map(({ what }) => what);
  if (best === undefined)
    return {
      scenario,
      survives: 'cannot-tell',
      because: `${component.resource.name} has no model for this.`,
      rto: null,
      rpo: null,
      unclear: ['no model'],
    };
  const survives = survivesBy(best.option, best.time);
  // An unresolved property can only add an option, so it does not matter when the component survives without it.
  if (doubts.length > 0 && survives !== 'yes')
    return {
      scenario,
      survives: 'cannot-tell',
      because: `Not in the template: ${doubts.join('; ')}. Without it: it ${best.option.how}.`,
      rto: null,
      rpo: null,
      unclear: doubts,
    };
  return {
    scenario,
    survives,
    because: `It ${best.option.how}.${nobodyToldText(best.option, component.noticed)}`,
    rto: best.time,
    rpo: { seconds: best.option.loses, basis: best.option.lossBasis },
    unclear: [],
  };
}

/** Not `a - b`: two infinities are equal. */
const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

function survivesBy(option: RecoveryOption, time: TimeEstimate): Survives {
  if (option.needsPerson || lossOrder(option.loses) > 60) return 'no';
  return time.maxSeconds === 0 && option.loses === null ? 'yes' : 'degraded';
}

function nobodyToldText(option: RecoveryOption, noticed: Noticed | null): string {
  if (!option.needsPerson) return '';
  if (noticed === null) return ' No alarm watches it, so nobody is told.';
  return noticed.tells === 'person'
    ? ''
    : ` Its alarm ${noticed.alarm} goes to a topic without subscribers, so nobody is told.`;
}

function partsOf(
  option: RecoveryOption,
  { id, noticed }: Component,
  inputs: RecoveryInputs,
): readonly TimePart[] {
  const measured = inputs.restoreSeconds?.[id];
  const steps = option.steps.map((step) =>
    measured !== undefined && step.basis.source.endsWith(inConfig('restore'))
      ? rehearsed(step.what, measured)
      : step,
  );
  return option.needsPerson ? [...noticeParts(noticed, inputs), ...steps] : steps;
}

function noticeParts(noticed: Noticed | null, inputs: RecoveryInputs): TimePart[] {
  const respond = inputs.respondSeconds ?? defaults.respond;
  const { min, max } = inputs.unattendedSeconds ?? defaults.unattended;
  // An alarm that is slower than a person who looks anyway does not count.
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
