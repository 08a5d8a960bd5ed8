/**
 * Parameters from before expressions, and the rule that a request has either those or expressions.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html
 */
import { validation } from '../errors.ts';

type Parameters = Readonly<Record<string, unknown>>;

const given = (input: Parameters, names: readonly string[]) => names.filter((name) => input[name] != null);

export function refuseMixed(input: object, expressions: readonly string[], legacy: readonly string[]): void {
  const parameters: Parameters = { ...input };
  const old = given(parameters, legacy);
  if (old.length === 0) return;
  const used = given(parameters, expressions);
  if (used.length > 0)
    throw validation(
      `Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {${old.join(', ')}} Expression parameters: {${used.join(', ')}}`,
    );
}
