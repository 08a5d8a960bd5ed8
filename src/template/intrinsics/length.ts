/**
 * Fn::Length: how many elements a list has.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-length.html
 */
import { Unresolved } from '../unresolved.ts';
import type { Intrinsic } from './intrinsic.ts';
import { isList, mayBeList } from './values.ts';

const usage = 'Template error: Fn::Length takes a list or a function that returns a list';

export const length: Intrinsic = {
  name: 'Fn::Length',
  languageExtensions: true,
  check: (argument) => (mayBeList(argument) ? undefined : usage),
  evaluate(argument, evaluation) {
    const list = evaluation.resolve(argument, '');
    if (list instanceof Unresolved) return list;
    return isList(list) ? list.length : evaluation.fail(usage);
  },
};
