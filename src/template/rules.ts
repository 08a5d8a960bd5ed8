/**
 * Evaluates the Rules section: assertions about parameters that stop a deployment before it starts.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
 */
import { conditionContext, evaluateTruth } from './conditions.ts';
import type { ConditionScope, Template } from './model.ts';
import { Unresolved } from './unresolved.ts';

interface RuleFailure {
  readonly rule: string;
  readonly message: string;
  /** Set when the assertion does not fail but cannot be evaluated. */
  readonly unresolved?: Unresolved;
}

/** The assertions that do not hold, or cannot be evaluated. Empty: go ahead. */
export function evaluateRules(template: Template, scope: ConditionScope): RuleFailure[] {
  const context = conditionContext(template, scope);
  return Object.entries(template.Rules).flatMap(([rule, declared]) => {
    const path = `/Rules/${rule}`;
    const applies =
      declared.RuleCondition === undefined ||
      evaluateTruth(declared.RuleCondition, `${path}/RuleCondition`, context);
    if (applies === false) return [];
    if (applies instanceof Unresolved) return [unknown(rule, applies)];
    return declared.Assertions.flatMap((assertion, index) => {
      const holds = evaluateTruth(assertion.Assert, `${path}/Assertions/${index}/Assert`, context);
      if (holds === true) return [];
      if (holds instanceof Unresolved) return [unknown(rule, holds)];
      return [{ rule, message: assertion.AssertDescription ?? `The assertion ${index + 1} does not hold` }];
    });
  });
}

function unknown(rule: string, unresolved: Unresolved): RuleFailure {
  return { rule, message: `The rule cannot be evaluated: ${unresolved.reason}`, unresolved };
}
