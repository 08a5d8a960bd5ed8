/**
 * Parameters from before expressions, and the rule that a request has either those or expressions.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html
 */
import { validation } from '../errors.ts';

const given = (input: object, names: readonly string[]) =>
  names.filter((name) => Reflect.get(input, name) !== undefined);

/**
 * What is wrong with the choice of parameters is said before anything is said of their content.
 * @param expressions names of the request's expressions, in AWS's order
 */
export function checkParameters(
  input: object,
  expressions: readonly string[],
  legacy: readonly string[],
): void {
  const names = Reflect.get(input, 'ExpressionAttributeNames') !== undefined;
  const values = Reflect.get(input, 'ExpressionAttributeValues') !== undefined;
  // Most requests have nothing that could be wrong together.
  if (!names && !values && !legacy.some((name) => Reflect.get(input, name) !== undefined)) return;
  const used = given(input, expressions);
  const old = given(input, legacy);
  if (old.length > 0 && used.length > 0)
    throw validation(
      `Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {${old.join(', ')}} Expression parameters: {${used.join(', ')}}`,
    );
  if (names && used.length === 0)
    throw validation('ExpressionAttributeNames can only be specified when using expressions');
  const takers = expressions.filter((name) => name !== 'ProjectionExpression');
  if (values && given(input, takers).length === 0)
    throw validation(
      `ExpressionAttributeValues can only be specified when using expressions: ${takers.join(' and ')} ${takers.length > 1 ? 'are' : 'is'} null`,
    );
}
