/**
 * Fn::Sub: text with `${Name}`, `${Resource.Attribute}` and `${!Literal}`, with or without a map of own variables.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 */
import { lookup } from '../../core/lookup.ts';
import { isObject, isString, type JsonObject } from '../json.ts';
import { parseSubText, subArguments } from '../sub-text.ts';
import { type Resolved, Unresolved } from '../unresolved.ts';
import { evaluateGetAtt } from './get-att.ts';
import type { Evaluation, Intrinsic, NoValue } from './intrinsic.ts';
import { evaluateRef } from './ref.ts';
import { asText } from './values.ts';

const usage =
  "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string " +
  'as first argument, and an optional second argument to specify a mapping of values to replace in the string';

export const sub: Intrinsic = {
  name: 'Fn::Sub',
  check(argument) {
    const { text, map, count } = subArguments(argument);
    const wellFormed = isString(text) && (count === 1 || (count === 2 && isObject(map)));
    if (!wellFormed) return usage;
    const parsed = parseSubText(text);
    return parsed.ok ? undefined : parsed.message;
  },
  evaluate(argument, evaluation) {
    const { text, map } = subArguments(argument);
    const parsed = parseSubText(String(text));
    if (!parsed.ok) return evaluation.fail(parsed.message);
    const variables = isObject(map) ? map : {};
    // Once for each variable, however often the text has it.
    const values = new Map<string, string>();
    let result = '';
    for (const part of parsed.parts) {
      if (part.kind === 'text') {
        evaluation.spend(part.text.length);
        result += part.text;
        continue;
      }
      const filled = values.get(part.name) ?? filling(part.name, variables, evaluation);
      if (filled instanceof Unresolved) return filled;
      values.set(part.name, filled);
      evaluation.spend(filled.length);
      result += filled;
    }
    return result;
  },
};

function filling(name: string, variables: JsonObject, evaluation: Evaluation): string | Unresolved {
  const own = lookup(variables, name);
  const value = own === undefined ? variable(name, evaluation) : evaluation.resolve(own, `/1/${name}`);
  return asText(value, evaluation, `Fn::Sub needs a string for \${${name}}`);
}

function variable(name: string, evaluation: Evaluation): Resolved | NoValue {
  const dot = name.indexOf('.');
  return dot < 0
    ? evaluateRef(name, evaluation)
    : evaluateGetAtt(name.slice(0, dot), name.slice(dot + 1), evaluation);
}
