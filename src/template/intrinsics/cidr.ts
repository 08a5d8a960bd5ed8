/**
 * Fn::Cidr: a list of equal blocks inside a bigger one.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
 */
import { splitCidr } from '../cidr.ts';
import { isArray } from '../json.ts';
import { Unresolved } from '../unresolved.ts';
import type { Intrinsic } from './intrinsic.ts';
import { element, integer, mayBeText, text } from './values.ts';

const usage =
  'Template error: Fn::Cidr requires a list argument with three elements: ipBlock, count and cidrBits';

export const cidr: Intrinsic = {
  name: 'Fn::Cidr',
  check: (argument) =>
    isArray(argument) && argument.length === 3 && argument.every(mayBeText) ? undefined : usage,
  evaluate(argument, evaluation) {
    const block = text(element(argument, 0), '/0', evaluation, usage);
    if (block instanceof Unresolved) return block;
    const count = integer(element(argument, 1), '/1', evaluation, 'the count of Fn::Cidr');
    if (count instanceof Unresolved) return count;
    const bits = integer(element(argument, 2), '/2', evaluation, 'the cidrBits of Fn::Cidr');
    if (bits instanceof Unresolved) return bits;
    const result = splitCidr(block, count, bits);
    return result.ok ? result.blocks : evaluation.fail(`Template error: ${result.message}`);
  },
};
