/**
 * Fn::Select: one element of a list, counted from 0.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-select.html
 */
import { isArray, isString } from '../json.ts';
import { Unresolved } from '../unresolved.ts';
import type { Intrinsic } from './intrinsic.ts';
import { element, integer, isList, mayBeList, mayBeText } from './values.ts';

const usage =
  'Template error: Fn::Select requires a list argument with two elements: an integer index and a list';

export const select: Intrinsic = {
  name: 'Fn::Select',
  check(argument) {
    const [index, list] = isArray(argument) ? argument : [];
    const wellFormed =
      isArray(argument) &&
      argument.length === 2 &&
      index !== undefined &&
      mayBeText(index) &&
      list !== undefined &&
      mayBeList(list);
    return wellFormed ? undefined : usage;
  },
  evaluate(argument, evaluation) {
    const index = integer(element(argument, 0), '/0', evaluation, 'the index of Fn::Select');
    if (index instanceof Unresolved) return index;
    const list = evaluation.resolve(element(argument, 1), '/1');
    if (list instanceof Unresolved) return list;
    if (!isList(list)) return evaluation.fail(usage);
    const found = list[index];
    if (found !== undefined) return found;
    const { placeholder } = evaluation.scope;
    if (placeholder !== undefined && list.some((one) => isString(one) && one.search(placeholder) >= 0))
      return evaluation.unresolved(
        `what Fn::Select selects of ${list.join(', ')} is known only at deployment`,
      );
    return evaluation.fail(
      `Template error: Fn::Select cannot select nonexistent value at index ${index}; the list has ${list.length}`,
    );
  },
};
