/** What runs in copies: tasks, instances, nodes, gateways. */
import type { Way } from './model.ts';
import type { TimePart } from './report.ts';
import { byHand, byItself } from './ways.ts';

export interface Serving {
  /** `task`, `node`, … */
  readonly what: string;
  readonly copies: number;
  readonly zones: number;
  /** Until another copy carries on. Empty: it does already. */
  readonly takeOver: readonly TimePart[];
  /** Until a lost copy is replaced, by itself. */
  readonly replace: readonly TimePart[];
  /** Until a crashed one runs again. Default: as replaced. */
  readonly restart?: readonly TimePart[];
  /** A person's way out of a lost zone when nothing runs elsewhere. */
  readonly otherZone: readonly TimePart[];
  /** What is lost with a copy and what with a zone; default nothing. */
  readonly loses?: Pick<Way, 'loses' | 'lossBasis'>;
}

export function servingWays(serving: Serving): Way[] {
  const { what, copies, zones, takeOver, replace, otherZone, restart = replace } = serving;
  const { loses, lossBasis } = serving.loses ?? { loses: null, lossBasis: [] };
  const ways: Way[] = [
    byItself(['software-fault'], `starts the crashed ${what} again`, restart),
    byItself(['lost-instance'], `starts another ${what}`, replace, loses, lossBasis),
    byHand(['lost-zone'], 'is moved to another zone', otherZone, loses, lossBasis),
  ];
  if (zones > 1)
    ways.push(byItself(['lost-zone'], `starts another ${what} in another zone`, replace, loses, lossBasis));
  if (copies > 1) ways.push(another(['software-fault', 'lost-instance'], what, takeOver));
  if (copies > 1 && zones > 1) ways.push(another(['lost-zone'], `${what} in another zone`, takeOver));
  return ways;
}

export const another = (scenarios: Way['for'], what: string, takeOver: readonly TimePart[]): Way =>
  byItself(scenarios, `has another ${what} that carries on`, takeOver);
