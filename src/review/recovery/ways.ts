/** Short forms for the ways in which components come back. */
import type { Unresolved } from '../../architecture/app/model.ts';
import { defaults, guess, inConfig, losses, part, steps } from './figures.ts';
import type { Data, Doubt, RecoveryInputs, Way } from './model.ts';
import type { Basis, ComponentKind, Scenario, TimePart } from './report.ts';

/** Not felt, nothing lost. */
export const unfelt = (scenarios: readonly Scenario[], how: string, basis: Basis): Way => ({
  for: scenarios,
  how,
  steps: [],
  person: false,
  loses: null,
  lossBasis: [basis],
});

export const byItself = (
  scenarios: readonly Scenario[],
  how: string,
  time: readonly TimePart[],
  loses: Way['loses'] = null,
  lossBasis: readonly Basis[] = [],
): Way => ({ for: scenarios, how, steps: time, person: false, loses, lossBasis });

export const byHand = (
  scenarios: readonly Scenario[],
  how: string,
  time: readonly TimePart[],
  loses: Way['loses'] = null,
  lossBasis: readonly Basis[] = [],
): Way => ({ for: scenarios, how, steps: time, person: true, loses, lossBasis });

export const doubt = (scenarios: readonly Scenario[], property: string, value: Unresolved): Doubt => ({
  for: scenarios,
  what: `${property}: ${value.reason}`,
});

const spanPart = (what: string, key: 'redeploy' | 'rollback', inputs: RecoveryInputs): TimePart => {
  const span = inputs[`${key}Seconds`];
  const fallback = defaults[key];
  const { min, max } = span ?? fallback;
  return part(
    what,
    min,
    max,
    span === undefined
      ? guess(`${min / 60}–${max / 60} min`, key)
      : { figure: `${min}–${max} s, stated`, source: inConfig(key), assumed: false },
  );
};

export const redeploy = (inputs: RecoveryInputs, where = 'deploys the stack again'): TimePart =>
  spanPart(`a person ${where}`, 'redeploy', inputs);

export const rollback = (inputs: RecoveryInputs): TimePart =>
  spanPart('a person deploys the previous version', 'rollback', inputs);

export const backlogOf = (inputs: RecoveryInputs): number => inputs.backlogSeconds ?? defaults.backlogSeconds;

/** What waits in a queue or stream when it goes. */
export const backlogBasis = (inputs: RecoveryInputs): Basis => ({
  ...guess(`the oldest waiting message is usually ${backlogOf(inputs)} s old at most`, 'backlog'),
  assumed: inputs.backlogSeconds === undefined,
});

/** What holds for everything in a stack, whatever it is: the last resort in each scenario that has one. */
export function lastResorts(kind: ComponentKind, data: Data, inputs: RecoveryInputs): Way[] {
  const lost = data === 'kept' ? 'all-data' : data === 'transit' ? backlogOf(inputs) : null;
  const basis = lost === null ? [] : data === 'transit' ? [backlogBasis(inputs)] : [losses.noCopy];
  const empty = lost === null ? '' : ', empty';
  return [
    byHand(['deleted'], `is deployed again from its source${empty}`, [redeploy(inputs)], lost, basis),
    byHand(
      ['lost-region'],
      `is deployed in another region${empty}`,
      [redeploy(inputs, 'deploys the app in another region'), steps.switchRegion],
      lost,
      basis,
    ),
    // What runs a new version of your code can start well and still be wrong.
    kind === 'compute' || kind === 'api'
      ? byHand(['bad-deploy'], 'is put back to its previous version', [rollback(inputs)])
      : byItself(['bad-deploy'], 'is changed back by CloudFormation when the update fails', [
          steps.cloudFormationRollsBack,
        ]),
  ];
}

/** A second deployment of what keeps no data; what waited in its queues stays behind. */
export const standsElsewhere = (where: string, data: Data, inputs: RecoveryInputs): Way =>
  data === 'transit'
    ? byHand(['lost-region'], `has an empty twin in ${where}`, [steps.switchRegion], backlogOf(inputs), [
        backlogBasis(inputs),
      ])
    : byHand(['lost-region'], `stands ready in ${where}`, [steps.switchRegion]);
