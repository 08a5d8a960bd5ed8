/** Paths of one expression must not touch each other: AWS's two complaints about them. */
import { validation } from '../errors.ts';
import { type ExpressionKind, type Path, showPath } from './ast.ts';

export function checkPaths(kind: ExpressionKind, paths: readonly Path[]): void {
  for (const problem of ['overlap', 'conflict'] as const)
    for (let i = 1; i < paths.length; i++)
      for (let j = 0; j < i; j++) {
        const one = paths[j];
        const two = paths[i];
        if (one && two && clash(one, two) === problem)
          throw validation(
            `Invalid ${kind}: Two document paths ${problem} with each other; must remove or rewrite one of these paths; path one: ${showPath(one)}, path two: ${showPath(two)}`,
          );
      }
}

function clash(one: Path, two: Path): 'overlap' | 'conflict' | undefined {
  const length = Math.min(one.length, two.length);
  for (let i = 0; i < length; i++) {
    if (one[i] === two[i]) continue;
    // An index and a name of the same value: it would have to be a list and a map.
    return typeof one[i] === typeof two[i] ? undefined : 'conflict';
  }
  return 'overlap';
}

export const topNames = (paths: readonly Path[]): string[] => paths.map(([name]) => String(name));
