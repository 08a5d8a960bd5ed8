/** Recovery options of what runs in copies: tasks, instances, nodes. */
import type { RecoveryOption } from './model.ts';
import { automatic, manual } from './options.ts';
import type { TimePart } from './report.ts';

interface RunningCopies {
  /** `task`, `node`, … */
  readonly what: string;
  readonly copies: number;
  readonly zones: number;
  /** Until another copy does its work. Empty: at once. */
  readonly takeOver: readonly TimePart[];
  /** Until AWS has replaced a lost copy. */
  readonly replace: readonly TimePart[];
  /** Until a crashed one runs again. Default: as replaced. */
  readonly restart?: readonly TimePart[];
  /** What a person does when its only zone is lost. */
  readonly otherZone: readonly TimePart[];
  /** What is lost with a copy and what with a zone; default nothing. */
  readonly loses?: Pick<RecoveryOption, 'loses' | 'lossBasis'>;
}

export function optionsOfCopies(running: RunningCopies): RecoveryOption[] {
  const { what, copies, zones, takeOver, replace, otherZone, restart = replace } = running;
  const { loses, lossBasis } = running.loses ?? { loses: null, lossBasis: [] };
  const options: RecoveryOption[] = [
    automatic(['software-fault'], `starts the crashed ${what} again`, restart),
    automatic(['lost-instance'], `starts another ${what}`, replace, loses, lossBasis),
    manual(['lost-zone'], 'is moved to another zone', otherZone, loses, lossBasis),
  ];
  if (zones > 1)
    options.push(
      automatic(['lost-zone'], `starts another ${what} in another zone`, replace, loses, lossBasis),
    );
  if (copies > 1) options.push(anotherCopy(['software-fault', 'lost-instance'], what, takeOver));
  if (copies > 1 && zones > 1) options.push(anotherCopy(['lost-zone'], `${what} in another zone`, takeOver));
  return options;
}

export const anotherCopy = (
  scenarios: RecoveryOption['scenarios'],
  what: string,
  takeOver: readonly TimePart[],
): RecoveryOption => automatic(scenarios, `has another ${what} that carries on`, takeOver);
