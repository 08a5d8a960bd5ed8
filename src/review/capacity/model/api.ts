/** What REST, HTTP and WebSocket APIs have in common: a node with its routes, each an entry. */
import type { Resource } from '../../../architecture/index.ts';
import type { ApiNode, Sourced, Throttle } from '../simulator/model.ts';
import { add, type Draft, enter, link } from './context.ts';
import { gatewayBurst, gatewayOverhead, gatewayRate } from './defaults.ts';

export interface BuiltRoute {
  readonly route: ApiNode['routes'][number];
  /** What shows where it leads. */
  readonly because: string;
  readonly timeout: Sourced;
}

/** @param throttle of routes without one of their own */
export function addApi(draft: Draft, api: Resource, built: readonly BuiltRoute[], throttle?: Throttle): void {
  const [first, ...others] = built.map(({ timeout }) => timeout);
  if (first === undefined) return;
  add(
    draft,
    {
      kind: 'api',
      id: api.id,
      throttle: { rate: gatewayRate, burst: gatewayBurst },
      // The simulator has one timeout per API: the longest, so that no route times out by a shorter one of another.
      timeout: others.reduce((longest, one) => (one.value > longest.value ? one : longest), first),
      overhead: draft.work(api)?.time ?? gatewayOverhead,
      routes: built.map(({ route }) => ({
        ...route,
        ...(route.throttle === undefined && throttle !== undefined ? { throttle } : {}),
      })),
    },
    api,
  );
  for (const { route, because } of built) {
    for (const { to, how } of route.calls)
      link(draft, { from: api.id, to, how: how === 'send' ? 'send' : 'wait', because, assumed: false });
    const { name } = route;
    enter(draft, { id: name, to: api.id, route: name, resource: api, byDefault: route.calls.length > 0 });
  }
}
