/**
 * Fn::Join: the elements of a list as one text.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-join.html
 */
import { isArray, isString } from '../json.ts';
import { Unresolved } from '../unresolved.ts';
import type { Intrinsic } from './intrinsic.ts';
import { element, mayBeList, textList } from './values.ts';

const usage =
  'Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings ' +
  'to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.';

export const join: Intrinsic = {
  name: 'Fn::Join',
  check(argument) {
    const [delimiter, list] = isArray(argument) ? argument : [];
    const wellFormed =
      isArray(argument) &&
      argument.length === 2 &&
      isString(delimiter) &&
      list !== undefined &&
      mayBeList(list);
    return wellFormed ? undefined : usage;
  },
  evaluate(argument, evaluation) {
    const list = textList(element(argument, 1), '/1', evaluation, usage);
    if (list instanceof Unresolved) return list;
    const delimiter = String(element(argument, 0));
    evaluation.spend(list.reduce((length, one) => length + one.length + delimiter.length, 0));
    return list.join(delimiter);
  },
};
