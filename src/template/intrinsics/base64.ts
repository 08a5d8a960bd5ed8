/**
 * Fn::Base64.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-base64.html
 */
import { Unresolved } from '../unresolved.ts';
import type { Intrinsic } from './intrinsic.ts';
import { mayBeText, text } from './values.ts';

const usage = 'Template error: every Fn::Base64 object must have a String-typed value';

export const base64: Intrinsic = {
  name: 'Fn::Base64',
  check: (argument) => (mayBeText(argument) ? undefined : usage),
  evaluate(argument, evaluation) {
    const plain = text(argument, '', evaluation, usage);
    if (plain instanceof Unresolved) return plain;
    evaluation.spend(plain.length);
    return Buffer.from(plain, 'utf8').toString('base64');
  },
};
