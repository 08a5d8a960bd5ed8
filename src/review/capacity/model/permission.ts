/** What the compute of the model may do, as calls follow from it: what hangs on conditions is taken as allowed. */
import { type Answer, accessOf, mayDo, type Resource } from '../../../architecture/index.ts';
import { type Draft, unclear } from './context.ts';

/** The action of these that may be done; conditions are listed. What cannot be told is no call: see `listUnknownPolicies`. */
export function permitted(
  draft: Draft,
  who: Resource,
  actions: readonly string[],
  on: Resource,
): string | undefined {
  let conditional: { readonly action: string; readonly answer: Answer } | undefined;
  for (const action of actions) {
    const answer = mayDo(draft.app, who, action, on);
    if (answer.allowed === 'yes') return action;
    if (answer.allowed === 'conditions') conditional ??= { action, answer };
  }
  if (conditional !== undefined) listConditions(draft, who, conditional.action, on, conditional.answer);
  return conditional?.action;
}

export function listConditions(draft: Draft, who: Resource, action: string, on: Resource, answer: Answer) {
  if (answer.allowed !== 'conditions') return;
  const because = `only under conditions (${answer.conditions.join(', ')}), which are taken as met`;
  unclear(draft, who, `whether it may ${action} on ${on.name}`, because);
}

/** Policies and statements of the caller that are not known before deployment, each holder once. */
export function listUnknownPolicies(draft: Draft, who: Resource): void {
  const identity = accessOf(draft.app).runsAs(who);
  if (identity === undefined) return;
  const list = (holder: Resource, because: string) =>
    unclear(draft, holder, 'what it permits', `${because}; calls that it would show are not in the model`);
  const { resource, policies, unknownPolicies, unknownBoundary } = identity;
  for (const { owner = resource, statements, unknown } of policies) {
    const because = unknown ?? statements.find((one) => one.unknown.length > 0)?.unknown[0];
    if (because !== undefined) list(owner, `a statement is not known before deployment (${because})`);
  }
  if (unknownPolicies.length > 0)
    list(resource, `the text of ${unknownPolicies.join(', ')} is not known here`);
  if (unknownBoundary !== undefined)
    list(resource, `its permissions boundary is not known (${unknownBoundary})`);
}
