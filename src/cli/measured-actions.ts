/** What each role of a template was seen to do on the running local cloud, for `slipway review --measured`. */
import type { Deployed } from '../api/deployed.ts';
import type { Architecture, MeasuredAction } from '../review/index.ts';
import { namesOfRun } from './measured-names.ts';
import type { RunningCloud } from './running.ts';

/** Of the template's own roles and users; the developer and other apps on the same cloud are left out. */
export async function measuredActions(
  running: RunningCloud,
  { physicalIds }: Deployed,
  app: Architecture,
): Promise<readonly MeasuredAction[]> {
  const { actions } = await running.control<{ readonly actions: readonly MeasuredAction[] }>(
    'GET',
    'actions',
  );
  const nameOf = namesOfRun(app, physicalIds);
  return actions.flatMap(({ principal, action, resource }) => {
    const role = nameOf(principal);
    return role === undefined ? [] : [{ principal: role, action, resource: nameOf(resource) ?? resource }];
  });
}
