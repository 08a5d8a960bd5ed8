/** The facts of a type. Custom resources all have those of CloudFormation's own, unless they have some of theirs. */
import type { TypeFacts } from './facts.ts';
import * as types from './index.ts';

export const factsByType: ReadonlyMap<string, TypeFacts> = new Map(
  Object.values(types).map((facts) => [facts.type, facts]),
);

export const factsOf = (type: string): TypeFacts | undefined =>
  factsByType.get(type) ??
  (type.startsWith('Custom::') ? factsByType.get('AWS::CloudFormation::CustomResource') : undefined);

const having = new Map<keyof TypeFacts, readonly string[]>();

/** The types that have the fact: `typesWith('store')`. */
export function typesWith(fact: keyof TypeFacts): readonly string[] {
  const known = having.get(fact);
  if (known !== undefined) return known;
  const found = [...factsByType.values()]
    .filter((facts) => facts[fact] !== undefined)
    .map(({ type }) => type);
  having.set(fact, found);
  return found;
}
