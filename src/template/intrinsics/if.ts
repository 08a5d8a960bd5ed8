/**
 * Fn::If: one of two values by a named condition. Only the chosen one is resolved.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
import { isArray, isString } from '../json.ts';
import { Unresolved } from '../unresolved.ts';
import type { Intrinsic } from './intrinsic.ts';
import { element } from './values.ts';

export const ifFunction: Intrinsic = {
  name: 'Fn::If',
  check: (argument) =>
    isArray(argument) && argument.length === 3 && isString(argument[0])
      ? undefined
      : 'Template error: Fn::If requires a list argument with three elements, the first the name of a condition',
  evaluate(argument, evaluation) {
    const condition = evaluation.condition(String(element(argument, 0)), evaluation.path);
    if (condition instanceof Unresolved) return condition;
    const index = condition ? 1 : 2;
    return evaluation.resolve(element(argument, index), `/${index}`);
  },
};
