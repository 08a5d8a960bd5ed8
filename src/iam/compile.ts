/** Policy documents made ready to evaluate, once per document object; documents must not change afterwards. */
import { type Clause, compileConditions, many } from './conditions.ts';
import { compileGlob, tokenize } from './glob.ts';
import { compilePattern, matchAny } from './pattern.ts';
import { compileNotPrincipal, compilePrincipal, type PrincipalMatcher } from './principals.ts';
import type { RequestKeys } from './request-keys.ts';
import type { OneOrMany, PolicyDocument, Statement } from './types.ts';

export interface CompiledStatement {
  readonly index: number;
  readonly source: Statement;
  /** `action` in lower case. */
  readonly coversAction: (action: string) => boolean;
  readonly coversResource: (resource: string, keys: RequestKeys) => boolean;
  /** Absent in identity-based policies. */
  readonly principal?: PrincipalMatcher;
  readonly conditions: readonly Clause[];
}

interface CompiledPolicy {
  readonly denies: readonly CompiledStatement[];
  readonly allows: readonly CompiledStatement[];
}

function actionMatcher(actions: OneOrMany<string>): (action: string) => boolean {
  const exact = new Set<string>();
  const wild: ((action: string) => boolean)[] = [];
  for (const action of many(actions)) {
    const lower = action.toLowerCase();
    if (/[*?]/.test(lower)) wild.push(compileGlob(tokenize(lower, 'text')));
    else exact.add(lower);
  }
  return (action) => exact.has(action) || wild.some((matches) => matches(action));
}

function compileAction({ Action, NotAction }: Statement): CompiledStatement['coversAction'] {
  if (Action !== undefined) return actionMatcher(Action);
  if (NotAction === undefined) return () => false;
  const excepted = actionMatcher(NotAction);
  return (action) => !excepted(action);
}

function compileResource(
  { Effect, Resource, NotResource }: Statement,
  variables: boolean,
): CompiledStatement['coversResource'] {
  const patterns = many(Resource ?? NotResource).map((one) => compilePattern(one, 'arn', { variables }));
  if (Resource !== undefined) return (resource, keys) => matchAny(patterns, resource, keys) === 'yes';
  // Trust policies and a few resource-based ones name no resource: they are about what they are attached to.
  if (NotResource === undefined) return () => true;
  return (resource, keys) => {
    const match = matchAny(patterns, resource, keys);
    // An exception that cannot be resolved never widens an Allow and never narrows a Deny.
    return match === 'no' || (match === 'unresolved' && Effect === 'Deny');
  };
}

function compileStatement(source: Statement, index: number, variables: boolean): CompiledStatement {
  const { Effect, Principal, NotPrincipal } = source;
  // Reached only by a document that was not parsed: a mistyped Deny must not be dropped.
  if (Effect !== 'Allow' && Effect !== 'Deny')
    throw new TypeError(`Effect must be Allow or Deny, not ${Effect}`);
  return {
    index,
    source,
    coversAction: compileAction(source),
    coversResource: compileResource(source, variables),
    principal:
      Principal !== undefined
        ? compilePrincipal(Principal)
        : NotPrincipal !== undefined
          ? compileNotPrincipal(NotPrincipal)
          : undefined,
    conditions: compileConditions(source.Condition, source.Effect, variables),
  };
}

const compiled = new WeakMap<PolicyDocument, CompiledPolicy>();

export function compilePolicy(document: PolicyDocument): CompiledPolicy {
  const known = compiled.get(document);
  if (known !== undefined) return known;
  const statements = many(document.Statement).map((statement, index) =>
    compileStatement(statement, index, document.Version === '2012-10-17'),
  );
  const policy = {
    denies: statements.filter(({ source }) => source.Effect === 'Deny'),
    allows: statements.filter(({ source }) => source.Effect === 'Allow'),
  };
  compiled.set(document, policy);
  return policy;
}
