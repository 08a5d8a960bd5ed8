/**
 * Gives the parameters of a template their values, and refuses those that break a constraint, in CloudFormation's words.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
import { SlipwayError } from '../core/errors.ts';
import { compileJavaPattern } from '../core/java-pattern.ts';
import { lookup } from '../core/lookup.ts';
import type { ParameterDeclaration, Template } from './model.ts';
import { parameterType } from './parameter-types.ts';
import { TemplateError } from './problems.ts';

interface ResolvedParameters {
  /** Text, or a list for the list types. A parameter whose value SSM holds is not here until supplied. */
  readonly values: Record<string, string | readonly string[]>;
  /** Parameters whose value is that of an SSM parameter, with its name; see `supplySsmValues`. */
  readonly ssm: readonly { readonly parameter: string; readonly name: string }[];
  /** Parameters to show as `****`. */
  readonly noEcho: readonly string[];
}

/**
 * `given` are the values of this operation; `previous` those kept from the last one (UsePreviousValue), used where
 * nothing is given and before the default. Names in `previous` that the template no longer has are dropped.
 */
export function resolveParameters(
  template: Template,
  given: Readonly<Record<string, string>>,
  previous: Readonly<Record<string, string>> = {},
): ResolvedParameters {
  const declared = Object.entries(template.Parameters);
  const extra = Object.keys(given).filter((name) => lookup(template.Parameters, name) === undefined);
  if (extra.length > 0) {
    throw new SlipwayError(
      'template.invalid',
      `Parameters: [${extra.join(', ')}] do not exist in the template`,
    );
  }
  const values = declared.map(
    ([name, declaration]) =>
      [name, lookup(given, name) ?? lookup(previous, name) ?? declaration.Default] as const,
  );
  const missing = values.filter(([, value]) => value === undefined).map(([name]) => name);
  if (missing.length > 0) {
    throw new SlipwayError('template.invalid', `Parameters: [${missing.join(', ')}] must have values`);
  }
  const resolved: [string, string | readonly string[]][] = [];
  const ssm: { parameter: string; name: string }[] = [];
  for (const [name, value = ''] of values) {
    const declaration = lookup(template.Parameters, name);
    if (declaration === undefined) continue;
    checkConstraints(name, value, declaration);
    const type = parameterType(declaration.Type);
    if (type?.ssm) ssm.push({ parameter: name, name: value });
    else resolved.push([name, type?.list ? splitList(value) : value]);
  }
  return {
    values: Object.fromEntries(resolved),
    ssm,
    noEcho: declared.filter(([, declaration]) => declaration.NoEcho).map(([name]) => name),
  };
}

/** The parameter values with those that SSM holds filled in. `found` maps SSM parameter names to values. */
export function supplySsmValues(
  template: Template,
  resolved: ResolvedParameters,
  found: Readonly<Record<string, string>>,
): Record<string, string | readonly string[]> {
  const missing = resolved.ssm
    .filter(({ name }) => lookup(found, name) === undefined)
    .map(({ name }) => name);
  if (missing.length > 0) {
    throw new SlipwayError(
      'template.invalid',
      `Unable to fetch parameters [${missing.join(',')}] from parameter store for this account.`,
      { fix: 'Create them first; /cdk-bootstrap/… comes from `cdk bootstrap`.' },
    );
  }
  const supplied = resolved.ssm.map(({ parameter, name }) => {
    const value = lookup(found, name) ?? '';
    const declaration = lookup(template.Parameters, parameter);
    return [parameter, parameterType(declaration?.Type ?? '')?.list ? splitList(value) : value] as const;
  });
  return { ...resolved.values, ...Object.fromEntries(supplied) };
}

/** "Each value is trimmed"; an empty text is a list of one empty text. */
export function splitList(value: string): string[] {
  return value.split(',').map((item) => item.trim());
}

function checkConstraints(name: string, value: string, declared: ParameterDeclaration): void {
  const type = parameterType(declared.Type);
  if (type === undefined) return;
  const items = type.list ? splitList(value) : [value];
  for (const item of items) {
    const complaint = complaintAbout(item, type.kind, declared);
    if (complaint === undefined) continue;
    const shown = declared.NoEcho ? '' : ` (got "${item}")`;
    const text =
      declared.ConstraintDescription === undefined || complaint.ofType
        ? `Parameter '${name}' ${complaint.text}`
        : `Parameter ${name} failed to satisfy constraint: ${declared.ConstraintDescription}`;
    const { allowed = '' } = complaint;
    throw new TemplateError('template.invalid', `${text.replace(/\.$/, '')}${allowed}${shown}`, text);
  }
}

interface Complaint {
  /** In CloudFormation's words. */
  readonly text: string;
  /** What they leave out. */
  readonly allowed?: string;
  /** The value does not even have the parameter's type, so ConstraintDescription does not speak about it. */
  readonly ofType?: boolean;
}

function complaintAbout(
  value: string,
  kind: 'string' | 'number',
  declared: ParameterDeclaration,
): Complaint | undefined {
  if (declared.AllowedValues !== undefined && !declared.AllowedValues.includes(value)) {
    return { text: 'must be one of AllowedValues', allowed: ` [${declared.AllowedValues.join(', ')}]` };
  }
  if (kind === 'number') {
    const number = Number(value);
    if (value.trim() === '' || !Number.isFinite(number)) return { text: 'must be a number.', ofType: true };
    if (declared.MinValue !== undefined && number < declared.MinValue) {
      return { text: `must be a number not less than ${declared.MinValue}` };
    }
    if (declared.MaxValue !== undefined && number > declared.MaxValue) {
      return { text: `must be a number not greater than ${declared.MaxValue}` };
    }
    return undefined;
  }
  if (declared.MinLength !== undefined && value.length < declared.MinLength) {
    return { text: `must contain at least ${declared.MinLength} characters` };
  }
  if (declared.MaxLength !== undefined && value.length > declared.MaxLength) {
    return { text: `must contain at most ${declared.MaxLength} characters` };
  }
  if (declared.AllowedPattern === undefined) return undefined;
  const pattern = compileJavaPattern(declared.AllowedPattern);
  if (!pattern.ok)
    throw new SlipwayError(
      'template.unsupported',
      `the AllowedPattern ${declared.AllowedPattern} ${pattern.reason}`,
    );
  const match = pattern.matches(value);
  if (match === 'yes') return undefined;
  const why = match === 'too slow' ? ' (matching was given up, because it took too long)' : '';
  return { text: `must match pattern ${declared.AllowedPattern}${why}` };
}
