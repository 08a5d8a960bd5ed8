/**
 * Resolves a value of a template against a scope: every intrinsic, then every dynamic reference.
 * Synchronous and pure; what the scope does not know comes back as `Unresolved` in its place.
 */
import { lookup } from '../core/lookup.ts';
import { splitDynamicReferences } from './dynamic-references.ts';
import { type Context, evaluate, fail, textBudget } from './evaluate.ts';
import { noValue } from './intrinsics/intrinsic.ts';
import { isString, type Json } from './json.ts';
import type { Scope } from './model.ts';
import { type Resolved, Unresolved } from './unresolved.ts';

/** `path` is where the value stands, as `/Resources/Id/Properties`; it appears in errors. */
export function resolve(value: Json, scope: Scope, path = ''): Resolved {
  const context: Context = {
    scope,
    budget: textBudget(),
    condition: (name, at) =>
      lookup(scope.conditions, name) ??
      fail({ scope }, at, `Template error: unresolved condition dependency ${name}`),
  };
  const resolved = evaluate(value, path, context);
  if (resolved === noValue)
    return fail(context, path, 'AWS::NoValue is the whole value, so nothing is left of it');
  return expand(resolved, path, context);
}

/** Expanded last and once, so that what a secret holds is never taken for a template. */
function expand(value: Resolved, path: string, context: Context): Resolved {
  if (isString(value)) return expandText(value, path, context);
  if (Array.isArray(value)) return value.map((item, index) => expand(item, `${path}/${index}`, context));
  if (value instanceof Unresolved || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, expand(item, `${path}/${key}`, context)]),
  );
}

function expandText(text: string, path: string, context: Context): string | Unresolved {
  let result = '';
  for (const part of splitDynamicReferences(text)) {
    if (isString(part)) {
      result += part;
      continue;
    }
    if (!part.ok) return fail(context, path, `Template error: ${part.message}`);
    const found = context.scope.dynamicReference?.(part.reference);
    if (found === undefined) {
      return new Unresolved(`the dynamic reference ${part.reference.text} could not be resolved`, text, path);
    }
    result += found;
  }
  return result;
}
