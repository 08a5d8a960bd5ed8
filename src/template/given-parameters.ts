/** The values that a user gives for template parameters: `Name`, for every stack that declares it, or `Stack:Name`. */
import { SlipwayError } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import type { Template } from './model.ts';

type ParameterTexts = Readonly<Record<string, string>>;

interface NamedStack {
  readonly stackName: string;
  /** The names that the CDK has for it. */
  readonly alsoNamed?: readonly string[];
  readonly template: Pick<Template, 'Parameters'>;
}

/** Of `Stack:Name` the two; a name of a parameter holds no colon. */
function partsOf(key: string): { readonly stack?: string; readonly name: string } {
  const colon = key.lastIndexOf(':');
  return colon < 0 ? { name: key } : { stack: key.slice(0, colon), name: key.slice(colon + 1) };
}

const isNamed = ({ stackName, alsoNamed = [] }: NamedStack, name: string): boolean =>
  stackName === name || alsoNamed.includes(name);

/** What one stack takes of the given; what is given for it by name comes before what is given for all. */
export function parametersOf(stack: NamedStack, given: ParameterTexts): ParameterTexts {
  const mine = Object.entries(given)
    .map(([key, value]) => ({ ...partsOf(key), value }))
    .filter(
      (one) =>
        Object.hasOwn(stack.template.Parameters, one.name) &&
        (one.stack === undefined || isNamed(stack, one.stack)),
    )
    .sort((a, b) => Number(a.stack !== undefined) - Number(b.stack !== undefined));
  return Object.fromEntries(mine.map(({ name, value }) => [name, value]));
}

/** @throws SlipwayError template.invalid for a parameter that no template declares, and a stack that is not there */
export function refuseUnknownParameters(given: ParameterTexts, stacks: readonly NamedStack[]): void {
  const problems = Object.keys(given).flatMap((key) => {
    const { stack, name } = partsOf(key);
    const asked = stack === undefined ? stacks : stacks.filter((one) => isNamed(one, stack));
    if (asked.length === 0)
      return `there is no stack ${stack}, for which ${key} is given${hint(
        stack ?? '',
        stacks.map(({ stackName }) => stackName),
      )}`;
    const known = asked.flatMap(({ template }) => Object.keys(template.Parameters));
    return known.includes(name) ? [] : `no template declares the parameter ${key}${hint(name, known)}`;
  });
  if (problems.length === 0) return;
  throw new SlipwayError('template.invalid', problems.join('\n'), {
    fix: 'name what the templates declare, as NAME=VALUE or STACK:NAME=VALUE, or leave it out',
  });
}

function hint(name: string, known: readonly string[]): string {
  if (known.length === 0) return '; they declare none';
  const near = nearest(name, known);
  return near === undefined ? `; there are ${[...new Set(known)].join(', ')}` : `; did you mean ${near}?`;
}
