/**
 * Evaluates the Conditions section. Conditions see parameters, pseudo parameters and mappings, not resources.
 * Refuses conditions that refer to each other in a circle, and values that are not known.
 */
import { SlipwayError } from '../core/errors.ts';
import { lookup } from '../core/lookup.ts';
import { type Context, evaluationOf, fail, textBudget } from './evaluate.ts';
import { truth } from './intrinsics/logic.ts';
import type { Json } from './json.ts';
import type { ConditionScope, Scope, Template } from './model.ts';
import { Unresolved } from './unresolved.ts';

export function evaluateConditions(template: Template, scope: ConditionScope): Record<string, boolean> {
  const context = conditionContext(template, scope);
  const results: [string, boolean][] = [];
  for (const name of Object.keys(template.Conditions)) {
    const value = context.condition(name, `/Conditions/${name}`);
    if (value instanceof Unresolved) {
      throw new SlipwayError(
        'template.invalid',
        `The condition ${name} cannot be evaluated: ${value.path}: ${value.reason}`,
      );
    }
    results.push([name, value]);
  }
  return Object.fromEntries(results);
}

/** As `evaluateConditions`, but what cannot be evaluated is left out, with the reason. */
export function evaluateKnownConditions(
  template: Template,
  scope: ConditionScope,
): {
  readonly known: Record<string, boolean>;
  readonly unknown: readonly { readonly name: string; readonly reason: string }[];
} {
  const known: [string, boolean][] = [];
  const unknown: { name: string; reason: string }[] = [];
  for (const name of Object.keys(template.Conditions)) {
    try {
      // A context of its own for each: one that was left by an error does not know where it stands.
      const value = conditionContext(template, scope).condition(name, `/Conditions/${name}`);
      if (value instanceof Unresolved) unknown.push({ name, reason: value.reason });
      else known.push([name, value]);
    } catch (error) {
      if (!(error instanceof SlipwayError)) throw error;
      unknown.push({ name, reason: error.message });
    }
  }
  return { known: Object.fromEntries(known), unknown };
}

/** Each is evaluated within the one that needs it; AWS does not document a limit. */
const longestChain = 500;

/** A context without resources whose conditions are worked out on demand. */
export function conditionContext(template: Template, given: ConditionScope): Context {
  const known = new Map<string, boolean | Unresolved>();
  const open: string[] = [];
  const scope: Scope = {
    template,
    parameters: given.parameters,
    pseudo: given.pseudo,
    conditions: {},
    ref: (logicalId) => fail(context, '', noResources(logicalId)),
    getAtt: (logicalId) => fail(context, '', noResources(logicalId)),
  };
  const context: Context = {
    scope,
    budget: textBudget(),
    condition(name, path) {
      const found = known.get(name);
      if (found !== undefined) return found;
      const declared = lookup(template.Conditions, name);
      if (declared === undefined) {
        return fail(context, path, `Template error: unresolved condition dependency ${name}`);
      }
      if (open.includes(name)) {
        const circle = [...open.slice(open.indexOf(name)), name].join(' → ');
        return fail(context, `/Conditions/${name}`, `Circular dependency between conditions: ${circle}`);
      }
      if (open.length >= longestChain) {
        const message = `Template error: more than ${longestChain} conditions each need the next`;
        return fail(context, `/Conditions/${name}`, message);
      }
      open.push(name);
      const value = evaluateTruth(declared, `/Conditions/${name}`, context);
      open.pop();
      known.set(name, value);
      return value;
    },
  };
  return context;
}

/** Conditions and assertions are the same thing: a function that answers true or false. */
export function evaluateTruth(value: Json, path: string, context: Context): boolean | Unresolved {
  return truth(value, '', evaluationOf(value, path, path, context));
}

function noResources(logicalId: string): string {
  return `Template format error: Unresolved dependencies [${logicalId}]. Cannot reference resources in the Conditions block of the template`;
}
