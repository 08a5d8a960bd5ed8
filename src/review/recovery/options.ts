/** Recovery options: constructors, and the options that every component has. */
import type { Unresolved } from '../../architecture/app/model.ts';
import { defaults, guess, inConfig, losses, part, steps } from './figures.ts';
import type { DataKind, Doubt, RecoveryInputs, RecoveryOption } from './model.ts';
import type { Basis, ComponentKind, Scenario, TimePart } from './report.ts';

/** No interruption, and nothing is lost. */
export const unaffected = (scenarios: readonly Scenario[], how: string, basis: Basis): RecoveryOption => ({
  scenarios,
  how,
  steps: [],
  needsPerson: false,
  loses: null,
  lossBasis: [basis],
});

export const automatic = (
  scenarios: readonly Scenario[],
  how: string,
  time: readonly TimePart[],
  loses: RecoveryOption['loses'] = null,
  lossBasis: readonly Basis[] = [],
): RecoveryOption => ({ scenarios, how, steps: time, needsPerson: false, loses, lossBasis });

export const manual = (
  scenarios: readonly Scenario[],
  how: string,
  time: readonly TimePart[],
  loses: RecoveryOption['loses'] = null,
  lossBasis: readonly Basis[] = [],
): RecoveryOption => ({ scenarios, how, steps: time, needsPerson: true, loses, lossBasis });

export const doubtOf = (scenarios: readonly Scenario[], property: string, value: Unresolved): Doubt => ({
  scenarios,
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

const backlogOf = (inputs: RecoveryInputs): number => inputs.backlogSeconds ?? defaults.backlogSeconds;

/** The messages that wait in a queue or stream when it is lost. */
const backlogBasis = (inputs: RecoveryInputs): Basis => ({
  ...guess(`the oldest waiting message is usually ${backlogOf(inputs)} s old at most`, 'backlog'),
  assumed: inputs.backlogSeconds === undefined,
});

/** Options that every component has, whatever its type: deploy it again, in another region, or its previous version. */
export function optionsOfAnyComponent(
  kind: ComponentKind,
  data: DataKind,
  inputs: RecoveryInputs,
): RecoveryOption[] {
  const lost = data === 'kept' ? 'all-data' : data === 'transit' ? backlogOf(inputs) : null;
  const basis = lost === null ? [] : data === 'transit' ? [backlogBasis(inputs)] : [losses.noCopy];
  const empty = lost === null ? '' : ', empty';
  return [
    manual(['deleted'], `is deployed again from its source${empty}`, [redeploy(inputs)], lost, basis),
    manual(
      ['lost-region'],
      `is deployed in another region${empty}`,
      [redeploy(inputs, 'deploys the app in another region'), steps.switchRegion],
      lost,
      basis,
    ),
    // A new version of code may start and still be wrong, so CloudFormation does not roll it back.
    kind === 'compute' || kind === 'api'
      ? manual(['bad-deploy'], 'is put back to its previous version', [rollback(inputs)])
      : automatic(['bad-deploy'], 'is changed back by CloudFormation when the update fails', [
          steps.cloudFormationRollsBack,
        ]),
  ];
}

const alreadyRuns = 'already runs in';

/** The app is deployed in another region too. Messages that wait in the lost region's queues are lost. */
export const standbyRegion = (where: string, data: DataKind, inputs: RecoveryInputs): RecoveryOption =>
  data === 'transit'
    ? manual(
        ['lost-region'],
        `${alreadyRuns} ${where}, with empty queues`,
        [steps.switchRegion],
        backlogOf(inputs),
        [backlogBasis(inputs)],
      )
    : manual(['lost-region'], `${alreadyRuns} ${where}`, [steps.switchRegion]);

export const isStandbyRegion = ({ how }: RecoveryOption): boolean => how.startsWith(alreadyRuns);

/** Termination protection of its stack protects a component without data, which is only deleted with the stack. */
export const protectedStack = (stack: string): RecoveryOption =>
  unaffected(['deleted'], 'stays, as its stack has termination protection', {
    figure: 'termination protection is on',
    source: `${stack}: terminationProtection`,
    assumed: false,
  });
