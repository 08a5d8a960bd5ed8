/**
 * Fn::ImportValue: an output that another stack exports.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-importvalue.html
 */
import { Unresolved } from '../unresolved.ts';
import type { Intrinsic } from './intrinsic.ts';
import { mayBeText, text } from './values.ts';

const usage =
  'Template error: the attribute in Fn::ImportValue must be a string or a function that returns a string';

export const importValue: Intrinsic = {
  name: 'Fn::ImportValue',
  places: ['resources', 'outputs'],
  check: (argument) => (mayBeText(argument) ? undefined : usage),
  evaluate(argument, evaluation) {
    const name = text(argument, '', evaluation, usage);
    if (name instanceof Unresolved) return name;
    return evaluation.scope.importValue?.(name) ?? evaluation.unresolved(`No export named ${name} found.`);
  },
};
