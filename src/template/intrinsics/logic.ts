/**
 * Fn::And, Fn::Or, Fn::Not and Fn::Equals: the functions of the Conditions and Rules sections.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
import { isArray, isObject, isString, type Json } from '../json.ts';
import { type Resolved, Unresolved } from '../unresolved.ts';
import { type Evaluation, type Intrinsic, type NoValue, noValue, type Place } from './intrinsic.ts';
import { element, elements, isList } from './values.ts';

const places: readonly Place[] = ['conditions', 'rules'];

/** The name in `{"Condition": "Name"}`, which stands for another condition where a condition is wanted. */
export function conditionName(value: Json): string | undefined {
  if (!isObject(value) || Object.keys(value).length !== 1) return undefined;
  return isString(value.Condition) ? value.Condition : undefined;
}

/** A condition: another one by name, or a function that answers true or false. */
export function truth(value: Json, at: string, evaluation: Evaluation): boolean | Unresolved {
  const name = conditionName(value);
  if (name !== undefined) return evaluation.condition(name, `${evaluation.path}${at}`);
  const result = evaluation.resolve(value, at);
  if (result instanceof Unresolved || typeof result === 'boolean') return result;
  return evaluation.fail('Template error: every condition must be a function that returns true or false');
}

function fold(name: 'Fn::And' | 'Fn::Or', stopAt: boolean): Intrinsic {
  return {
    name,
    places,
    check: (argument) =>
      isArray(argument) && argument.length >= 2 && argument.length <= 10 && argument.every(isObject)
        ? undefined
        : `Template error: every ${name} object requires a list of at least 2 and at most 10 boolean parameters.`,
    evaluate(argument, evaluation) {
      let unknown: Unresolved | undefined;
      for (const [index, part] of elements(argument).entries()) {
        const value = truth(part, `/${index}`, evaluation);
        if (value === stopAt) return stopAt;
        if (value instanceof Unresolved) unknown ??= value;
      }
      return unknown ?? !stopAt;
    },
  };
}

export const and = fold('Fn::And', false);
export const or = fold('Fn::Or', true);

export const not: Intrinsic = {
  name: 'Fn::Not',
  places,
  check: (argument) =>
    isArray(argument) && argument.length === 1 && argument.every(isObject)
      ? undefined
      : 'Template error: every Fn::Not object requires one boolean parameter.',
  evaluate(argument, evaluation) {
    const value = truth(element(argument, 0), '/0', evaluation);
    return value instanceof Unresolved ? value : !value;
  },
};

export const equals: Intrinsic = {
  name: 'Fn::Equals',
  places,
  check: (argument) =>
    isArray(argument) && argument.length === 2
      ? undefined
      : 'Template error: every Fn::Equals object requires a list of 2 string parameters.',
  evaluate(argument, evaluation) {
    const left = evaluation.resolve(element(argument, 0), '/0');
    if (left instanceof Unresolved) return left;
    const right = evaluation.resolve(element(argument, 1), '/1');
    if (right instanceof Unresolved) return right;
    return comparable(left, evaluation) === comparable(right, evaluation);
  },
};

/** Parameters are text, so `true` in the template equals the parameter value "true". */
function comparable(value: Resolved | NoValue, evaluation: Evaluation): string {
  if (value === noValue) return evaluation.fail('Template error: Fn::Equals cannot compare AWS::NoValue');
  if (isList(value)) return JSON.stringify(value.map((item) => comparable(item, evaluation)));
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}
