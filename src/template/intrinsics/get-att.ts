/**
 * Fn::GetAtt: an attribute of a resource. Which attributes a type has is known to whoever runs it, not here.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getatt.html
 */
import { lookup } from '../../core/lookup.ts';
import { intrinsicOf, isArray, isString, type Json } from '../json.ts';
import { type Resolved, Unresolved } from '../unresolved.ts';
import type { Evaluation, Intrinsic } from './intrinsic.ts';
import { whyAbsent } from './ref.ts';
import { asText } from './values.ts';

interface GetAttTarget {
  readonly logicalId: string;
  /** Text, or the Ref that computes it. */
  readonly attribute: Json;
}

/** Reads `["Id", "Attribute"]` and `"Id.Attribute"`; attribute names may have dots (`Outputs.Name`). */
export function getAttTarget(argument: Json): GetAttTarget | undefined {
  if (isString(argument)) {
    const dot = argument.indexOf('.');
    if (dot < 1 || dot === argument.length - 1) return undefined;
    return { logicalId: argument.slice(0, dot), attribute: argument.slice(dot + 1) };
  }
  if (!isArray(argument) || argument.length < 2) return undefined;
  const [logicalId, ...rest] = argument;
  if (!isString(logicalId) || logicalId === '') return undefined;
  if (rest.every(isString)) return rest.includes('') ? undefined : { logicalId, attribute: rest.join('.') };
  const [attribute] = rest;
  if (rest.length > 1 || attribute === undefined || intrinsicOf(attribute)?.name !== 'Ref') return undefined;
  return { logicalId, attribute };
}

export const getAtt: Intrinsic = {
  name: 'Fn::GetAtt',
  places: ['resources', 'outputs'],
  check: (argument) =>
    getAttTarget(argument) === undefined
      ? 'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute'
      : undefined,
  evaluate(argument, evaluation) {
    const target = getAttTarget(argument);
    if (target === undefined) return evaluation.fail('Fn::GetAtt takes a resource name and an attribute');
    const resolved = evaluation.resolve(target.attribute, '/1');
    const attribute = asText(resolved, evaluation, 'Fn::GetAtt takes an attribute name');
    if (attribute instanceof Unresolved) return attribute;
    return evaluateGetAtt(target.logicalId, attribute, evaluation);
  },
};

export function evaluateGetAtt(logicalId: string, attribute: string, evaluation: Evaluation): Resolved {
  if (lookup(evaluation.scope.template.Resources, logicalId) === undefined) {
    return evaluation.fail(
      `Template error: instance of Fn::GetAtt references undefined resource ${logicalId}`,
    );
  }
  const value = evaluation.scope.getAtt(logicalId, attribute);
  return value === undefined || value === null
    ? evaluation.unresolved(whyAbsent(logicalId, `attribute ${attribute}`, evaluation))
    : value;
}
