/**
 * Ref: a parameter, a pseudo parameter or a resource.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html
 */
import { lookup } from '../../core/lookup.ts';
import { describe, isString, type Json } from '../json.ts';
import type { Pseudo } from '../model.ts';
import type { Resolved } from '../unresolved.ts';
import { type Evaluation, type Intrinsic, type NoValue, noValue } from './intrinsic.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html */
const pseudoParameters: Readonly<Record<string, (pseudo: Pseudo) => string | readonly string[]>> = {
  'AWS::AccountId': (pseudo) => pseudo.accountId,
  'AWS::NotificationARNs': (pseudo) => pseudo.notificationArns,
  'AWS::Partition': (pseudo) => pseudo.partition,
  'AWS::Region': (pseudo) => pseudo.region,
  'AWS::StackId': (pseudo) => pseudo.stackId,
  'AWS::StackName': (pseudo) => pseudo.stackName,
  'AWS::URLSuffix': (pseudo) => pseudo.urlSuffix,
};

export function isPseudoParameter(name: string): boolean {
  return name === 'AWS::NoValue' || lookup(pseudoParameters, name) !== undefined;
}

export const ref: Intrinsic = {
  name: 'Ref',
  check: (argument) => (isString(argument) ? undefined : `Ref takes one name, got ${describe(argument)}`),
  evaluate: (argument, evaluation) => evaluateRef(String(argument), evaluation),
};

export function evaluateRef(name: string, evaluation: Evaluation): Resolved | NoValue {
  if (name === 'AWS::NoValue') return noValue;
  const { scope } = evaluation;
  const pseudo = lookup(pseudoParameters, name);
  if (pseudo !== undefined) return pseudo(scope.pseudo);
  const parameter = lookup(scope.parameters, name);
  if (parameter !== undefined) return parameter;
  const declared = lookup(scope.template.Parameters, name);
  if (declared !== undefined) {
    return evaluation.unresolved(
      declared.Type.startsWith('AWS::SSM::Parameter::Value')
        ? `the SSM parameter that the parameter ${name} names has not been looked up`
        : `the parameter ${name} has no value`,
    );
  }
  if (lookup(scope.template.Resources, name) === undefined) {
    return evaluation.fail(`Template format error: Unresolved dependency ${name}`);
  }
  return present(scope.ref(name)) ?? evaluation.unresolved(whyAbsent(name, 'physical id', evaluation));
}

function present(value: Json | undefined): Json | undefined {
  return value === undefined || value === null ? undefined : value;
}

export function whyAbsent(logicalId: string, what: string, evaluation: Evaluation): string {
  const condition = lookup(evaluation.scope.template.Resources, logicalId)?.Condition;
  return condition !== undefined && lookup(evaluation.scope.conditions, condition) === false
    ? `the resource ${logicalId} is not created, because its condition ${condition} is false`
    : `the ${what} of the resource ${logicalId} is not known`;
}
