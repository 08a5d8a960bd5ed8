/** Where the states of a definition lead. */
import { isJsonObject, type Json, type JsonObject } from '../../../../core/json.ts';
import { type Diagnostic, each } from './diagnostics.ts';

/** Every transition leads somewhere, every state is reached, and one of them ends the block. */
export function* transitionProblems(block: JsonObject, location: string): Generator<Diagnostic> {
  const states = block.States as Readonly<Record<string, JsonObject>>;
  const reached = new Set<string>();
  const open: string[] = [];
  const code = 'MISSING_TRANSITION_TARGET';
  const dangling: Diagnostic[] = [];
  const go = (target: Json | undefined, at: string) => {
    if (typeof target !== 'string') return;
    if (!Object.hasOwn(states, target))
      dangling.push({
        severity: 'ERROR',
        code,
        message: `Missing 'Next' target: ${target}`,
        location: at,
      });
    else if (!reached.has(target)) {
      reached.add(target);
      open.push(target);
    }
  };
  const follow = (name: string) => {
    const state = states[name];
    if (!state) return;
    const at = `${location}/States/${name}`;
    go(state.Next, `${at}/Next`);
    each(state.Choices, (rule, i) => go((rule as JsonObject).Next, `${at}/Choices[${i}]/Next`));
    go(state.Default, `${at}/Default`);
    each(state.Catch, (catcher, i) => go((catcher as JsonObject).Next, `${at}/Catch[${i}]/Next`));
  };
  go(block.StartAt, `${location}/StartAt`);
  for (let name = open.pop(); name !== undefined; name = open.pop()) follow(name);
  const unreached = Object.keys(states).filter((name) => !reached.has(name));
  for (const name of unreached) follow(name);
  yield* dangling;
  const ends = Object.values(states).some(
    ({ Type, End }) => End === true || Type === 'Succeed' || Type === 'Fail',
  );
  if (!ends)
    yield { severity: 'ERROR', code: 'MISSING_END_STATE', message: 'Workflow has no terminal state' };
  else
    for (const name of unreached)
      yield {
        severity: 'ERROR',
        code,
        message: `State "${name}" is not reachable.`,
        location: `${location}/States/${name}`,
      };
  for (const [name, state] of Object.entries(states)) {
    const at = `${location}/States/${name}`;
    const branches = state.Branches as readonly JsonObject[] | undefined;
    for (const [i, branch] of (branches ?? []).entries())
      yield* transitionProblems(branch, `${at}/Branches[${i}]`);
    for (const key of ['ItemProcessor', 'Iterator'])
      if (isJsonObject(state[key])) yield* transitionProblems(state[key], `${at}/${key}`);
  }
}
