/**
 * The values of a template's parameters for its check: a parameter without a value, or with one that is wrong or that
 * SSM does not have, is told and then stood in for, so that it does not hide what else is wrong.
 */
import { reasonOf } from '../../../core/events.ts';
import { lookup } from '../../../core/lookup.ts';
import {
  type ParameterDeclaration,
  parseTemplate,
  resolveParameters,
  supplySsmValues,
  type Template,
} from '../../../template/index.ts';
import type { MissingParameter } from '../../../template/verdict.ts';
import { asInvalid } from './errors.ts';
import type { StackRecord } from './model.ts';
import type { Records } from './records.ts';

export interface ParameterValues {
  readonly values: Readonly<Record<string, string | readonly string[]>>;
  /** Why they are not the values of a deployment. Empty: they are. */
  readonly wrong: readonly string[];
  readonly missing: readonly MissingParameter[];
}

type Texts = Readonly<Record<string, string>>;

export function parameterValues(template: Template, given: Texts, ssm: Texts): ParameterValues {
  const values = (only: Template, texts: Texts) => supplySsmValues(only, resolveParameters(only, texts), ssm);
  try {
    return { values: values(template, given), wrong: [], missing: [] };
  } catch (error) {
    const missing = Object.entries(template.Parameters).flatMap(([name, declared]) =>
      lookup(given, name) === undefined && declared.Default === undefined
        ? [missingParameter(name, declared)]
        : [],
    );
    const found: Record<string, string | readonly string[]> = {};
    const undeclared = Object.keys(given).some((name) => lookup(template.Parameters, name) === undefined);
    const wrong: string[] = [];
    for (const [name, declared] of Object.entries(template.Parameters)) {
      const value = lookup(given, name);
      const only: Template = { ...template, Parameters: { [name]: declared } };
      try {
        Object.assign(found, values(only, value === undefined ? {} : { [name]: value }));
      } catch (wrongOne) {
        found[name] = standIn(name, declared);
        if (!missing.some((one) => one.name === name)) wrong.push(reasonOf(asInvalid(wrongOne)));
      }
    }
    if (missing.length > 0)
      wrong.unshift(`Parameters: [${missing.map(({ name }) => name).join(', ')}] must have values`);
    // Of a value for a parameter that is not declared no single parameter knows.
    if (undeclared) wrong.unshift(reasonOf(asInvalid(error)));
    return { values: found, wrong: wrong.length > 0 ? wrong : [reasonOf(asInvalid(error))], missing };
  }
}

const missingParameter = (
  name: string,
  { Type, Description, AllowedValues, NoEcho }: ParameterDeclaration,
): MissingParameter => ({
  name,
  type: Type,
  ...(Description ? { description: Description } : {}),
  ...(AllowedValues ? { allowedValues: AllowedValues } : {}),
  noEcho: NoEcho === true,
});

function standIn(name: string, { Type, AllowedValues }: ParameterDeclaration): string | readonly string[] {
  const value = AllowedValues?.[0] ?? (Type.includes('Number') ? '1' : name);
  return /^(CommaDelimitedList|List<)|<List</.test(Type) ? [value] : value;
}

/**
 * The values that a stack has and keeps when none is given: those of parameters without a default, and those that were
 * given. A value that was the default of the stack's template gives way to the default of the new one.
 */
export function previousValues(
  records: Records,
  stack: StackRecord | undefined,
  template: Template,
  given: Texts,
): Record<string, string> {
  const before = stack?.target ?? stack?.current;
  if (stack === undefined || before === undefined) return {};
  const kept = Object.entries(template.Parameters).flatMap(([name, { Default }]) => {
    const value = lookup(before.parameters, name);
    return value === undefined || lookup(given, name) !== undefined || value === Default
      ? []
      : [{ name, value, Default }];
  });
  if (kept.length === 0) return {};
  const { Parameters: former } = parseTemplate(records.template(stack.id, before.templateHash), {
    parameters: before.parameters,
    leaveOutUnknown: true,
  });
  return Object.fromEntries(
    kept
      .filter(({ name, value, Default }) => Default === undefined || lookup(former, name)?.Default !== value)
      .map(({ name, value }) => [name, value]),
  );
}
