/**
 * Fn::ToJsonString: an object or list as JSON text.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ToJsonString.html
 */
import { containsUnresolved } from '../unresolved.ts';
import { type Intrinsic, noValue } from './intrinsic.ts';
import { mayBeList } from './values.ts';

const usage = 'Template error: Fn::ToJsonString takes an object or a list';

export const toJsonString: Intrinsic = {
  name: 'Fn::ToJsonString',
  languageExtensions: true,
  check: (argument) => (mayBeList(argument) ? undefined : usage),
  evaluate(argument, evaluation) {
    const value = evaluation.resolve(argument, '');
    if (value === noValue || typeof value !== 'object' || value === null) return evaluation.fail(usage);
    const [unknown] = containsUnresolved(value);
    if (unknown) return unknown;
    const json = JSON.stringify(value);
    evaluation.spend(json.length);
    return json;
  },
};
