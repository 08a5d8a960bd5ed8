/**
 * The values of a template's parameters for its check: a parameter without a value, or with one that SSM does not have,
 * is told and then stood in for, so that it does not hide what else is wrong.
 */
import { reasonOf } from '../../../core/events.ts';
import {
  type ParameterDeclaration,
  resolveParameters,
  supplySsmValues,
  type Template,
} from '../../../template/index.ts';
import { asInvalid } from './errors.ts';

export interface ParameterValues {
  readonly values: Readonly<Record<string, string | readonly string[]>>;
  /** Why they are not the values of a deployment. Empty: they are. */
  readonly wrong: readonly string[];
}

export function parameterValues(
  template: Template,
  given: Readonly<Record<string, string>>,
  ssm: Readonly<Record<string, string>>,
): ParameterValues {
  try {
    return { values: supplySsmValues(template, resolveParameters(template, given), ssm), wrong: [] };
  } catch (error) {
    const one = (name: string, declared: ParameterDeclaration) =>
      [name, alone(name, declared, template, given[name], ssm) ?? standIn(name, declared)] as const;
    return {
      values: Object.fromEntries(
        Object.entries(template.Parameters).map(([name, declared]) => one(name, declared)),
      ),
      wrong: [reasonOf(asInvalid(error))],
    };
  }
}

/** The value of one parameter; undefined when it has none that is right. */
function alone(
  name: string,
  declared: ParameterDeclaration,
  template: Template,
  given: string | undefined,
  ssm: Readonly<Record<string, string>>,
) {
  const only: Template = { ...template, Parameters: { [name]: declared } };
  try {
    const resolved = resolveParameters(only, given === undefined ? {} : { [name]: given });
    return supplySsmValues(only, resolved, ssm)[name];
  } catch {
    return undefined;
  }
}

function standIn(name: string, { Type, AllowedValues }: ParameterDeclaration): string | readonly string[] {
  const value = AllowedValues?.[0] ?? (Type.includes('Number') ? '1' : name);
  return /^(CommaDelimitedList|List<)|<List</.test(Type) ? [value] : value;
}
