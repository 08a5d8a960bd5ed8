/**
 * The walk that resolves a value: objects and lists are rebuilt, intrinsics evaluated, AWS::NoValue removed.
 * Dynamic references are left in the text; `resolve` expands them once everything else is known.
 */
import { type Evaluation, type NoValue, noValue, type Place } from './intrinsics/intrinsic.ts';
import { lookUpIntrinsic } from './intrinsics/registry.ts';
import { intrinsicOf, isArray, isObject, type Json } from './json.ts';
import type { Scope } from './model.ts';
import { formatProblem, locate, TemplateError } from './problems.ts';
import { type Resolved, Unresolved } from './unresolved.ts';

/** How a condition's name is answered: from the scope, or by working it out. */
type ConditionSource = (name: string, path: string) => boolean | Unresolved;

export interface Context {
  readonly scope: Scope;
  readonly condition: ConditionSource;
  readonly budget: TextBudget;
}

/** What the functions of one value may still make. */
export interface TextBudget {
  spend(characters: number): boolean;
}

/** Above all that a template of the largest size, 1 MB, has in use. */
const maximumMade = 4_000_000;

export function textBudget(): TextBudget {
  let remaining = maximumMade;
  return {
    spend(characters) {
      remaining -= characters;
      return remaining >= 0;
    },
  };
}

export function fail(
  { scope }: Pick<Context, 'scope'>,
  path: string,
  message: string,
  unsupported = false,
): never {
  const { constructPaths } = scope.template;
  const text = formatProblem(locate({ message, path }, constructPaths));
  throw new TemplateError(
    unsupported ? 'template.unsupported' : 'template.invalid',
    text,
    unsupported ? text : message,
  );
}

const places: Readonly<Record<string, Place>> = {
  Conditions: 'conditions',
  Rules: 'rules',
  Resources: 'resources',
  Outputs: 'outputs',
};

/** The place that a path such as `/Outputs/Url/Value` lies in. */
function placeOf(path: string): Place | undefined {
  return places[path.split('/')[1] ?? ''];
}

export function evaluate(value: Json, path: string, context: Context): Resolved | NoValue {
  if (isArray(value)) {
    return value.flatMap((item, index) => {
      const resolved = evaluate(item, `${path}/${index}`, context);
      // Wrapped, because a list in a list must not be flattened.
      return resolved === noValue ? [] : [resolved];
    });
  }
  if (!isObject(value)) return value;
  const call = intrinsicOf(value);
  if (call !== undefined) return evaluateIntrinsic(value, call.name, call.argument, path, context);
  const entries: [string, Resolved][] = [];
  for (const [key, item] of Object.entries(value)) {
    if (key.startsWith('Fn::')) fail(context, path, besideOthers(key), key === 'Fn::Transform');
    const resolved = evaluate(item, `${path}/${key}`, context);
    if (resolved !== noValue) entries.push([key, resolved]);
  }
  // fromEntries, because a key may be called __proto__.
  return Object.fromEntries(entries);
}

export function besideOthers(key: string): string {
  return key === 'Fn::Transform'
    ? 'Fn::Transform is not supported by Slipway: macros and AWS::Include run in an AWS account'
    : `Template error: ${key} must be the only key of its object`;
}

function evaluateIntrinsic(
  expression: Json,
  name: string,
  argument: Json,
  path: string,
  context: Context,
): Resolved | NoValue {
  const found = lookUpIntrinsic(name, argument, placeOf(path), context.scope.template);
  const below = `${path}/${name}`;
  if (found.intrinsic === undefined) return fail(context, path, found.message, found.unsupported);
  return found.intrinsic.evaluate(argument, evaluationOf(expression, path, below, context));
}

/** `below` is where the parts of the expression lie. */
export function evaluationOf(expression: Json, path: string, below: string, context: Context): Evaluation {
  return {
    scope: context.scope,
    path: below,
    expression,
    condition: context.condition,
    resolve: (part, at) => evaluate(part, `${below}${at}`, context),
    spend(characters) {
      if (!context.budget.spend(characters))
        fail(
          context,
          path,
          `Template error: the functions of one value make more than ${maximumMade} characters`,
        );
    },
    unresolved: (reason) => new Unresolved(reason, expression, path),
    fail: (message) => fail(context, path, message),
  };
}
