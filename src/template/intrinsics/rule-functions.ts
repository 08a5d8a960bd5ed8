/**
 * Fn::Contains, Fn::EachMemberEquals and Fn::EachMemberIn: only in Rules.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html
 */
import { isArray, type Json } from '../json.ts';
import { Unresolved } from '../unresolved.ts';
import type { Intrinsic } from './intrinsic.ts';
import { element, mayBeList, mayBeText, text, textList } from './values.ts';

function ruleFunction(
  name: string,
  second: 'text' | 'list',
  holds: (list: readonly string[], other: readonly string[]) => boolean,
): Intrinsic {
  const usage = `Template error: ${name} requires a list of strings and a ${second === 'text' ? 'string' : 'second list of strings'}`;
  const secondFits = (value: Json): boolean => (second === 'text' ? mayBeText(value) : mayBeList(value));
  return {
    name,
    places: ['rules'],
    check(argument) {
      const [list, other] = isArray(argument) ? argument : [];
      const wellFormed =
        isArray(argument) &&
        argument.length === 2 &&
        list !== undefined &&
        mayBeList(list) &&
        other !== undefined &&
        secondFits(other);
      return wellFormed ? undefined : usage;
    },
    evaluate(argument, evaluation) {
      const list = textList(element(argument, 0), '/0', evaluation, usage);
      if (list instanceof Unresolved) return list;
      const raw = element(argument, 1);
      const other =
        second === 'text' ? text(raw, '/1', evaluation, usage) : textList(raw, '/1', evaluation, usage);
      if (other instanceof Unresolved) return other;
      return holds(list, typeof other === 'string' ? [other] : other);
    },
  };
}

export const contains = ruleFunction('Fn::Contains', 'text', (list, other) =>
  other.every((value) => list.includes(value)),
);

export const eachMemberEquals = ruleFunction('Fn::EachMemberEquals', 'text', (list, other) =>
  list.every((value) => value === other[0]),
);

export const eachMemberIn = ruleFunction('Fn::EachMemberIn', 'list', (list, other) =>
  list.every((value) => other.includes(value)),
);
