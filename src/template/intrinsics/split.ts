/**
 * Fn::Split: a text as the list of what is between the delimiters.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-split.html
 */
import { isArray, isString } from '../json.ts';
import { Unresolved } from '../unresolved.ts';
import type { Intrinsic } from './intrinsic.ts';
import { element, mayBeText, text } from './values.ts';

const usage =
  'Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be ' +
  'split or a function that returns a string to be split.';

export const split: Intrinsic = {
  name: 'Fn::Split',
  check(argument) {
    const [delimiter, source] = isArray(argument) ? argument : [];
    const wellFormed =
      isArray(argument) &&
      argument.length === 2 &&
      isString(delimiter) &&
      delimiter !== '' &&
      source !== undefined &&
      mayBeText(source);
    return wellFormed ? undefined : usage;
  },
  evaluate(argument, evaluation) {
    const source = text(element(argument, 1), '/1', evaluation, usage);
    if (source instanceof Unresolved) return source;
    evaluation.spend(source.length);
    const { placeholder = /(?!)/g } = evaluation.scope;
    const whole: string[] = [];
    const masked = source.replace(placeholder, (found) => {
      whole.push(found);
      return '\0';
    });
    return masked
      .split(String(element(argument, 0)))
      .map((part) => part.replaceAll('\0', () => whole.shift() ?? ''));
  },
};
