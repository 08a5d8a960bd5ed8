/** What a cost takes for granted of an app as a whole; each is listed in its report. */
import { type Architecture, accessOf, runningAs, subnetIdsOf } from '../../architecture/index.ts';
import type { CostAssumption } from './report.ts';
import type { Usage } from './usage/model.ts';

export function appAssumptions(
  usage: Usage,
  items: readonly { readonly region: string }[],
  app: Architecture,
): readonly CostAssumption[] {
  const { uses } = usage;
  const list: CostAssumption[] = [];
  const assume = (what: string, value: string, because: string, answer?: string) =>
    list.push({ what, value, because, kind: 'assumed', ...(answer === undefined ? {} : { answer }) });
  if (!usage.usesStated)
    assume(
      'How much the app is used',
      `${uses.low} to ${uses.high} ${uses.unit}s a month, ${uses.expected} expected`,
      'nobody stated it; `slipway review --init` writes slipway-review.yaml with the question',
      'uses',
    );
  assume(
    'What CDK’s bootstrap stack keeps',
    'not counted',
    'the assets’ bucket and image repository are of the account, not of this template: ' +
      'about $0.02 a GB of functions and $0.10 a GB of images a month',
  );
  if (app.resources.some((resource) => subnetIdsOf(resource).length > 0))
    assume(
      'Traffic between availability zones',
      'not counted',
      'how much of it crosses zones is not in the template; it is $0.01 a GB in each direction, and free between a ' +
        'load balancer and its targets and for the standby of a database',
    );
  for (const { resource: role, unknownPolicies } of accessOf(app).identities) {
    const running = runningAs(app, role);
    if (unknownPolicies.length > 0 && running.length > 0)
      assume(
        `Calls of ${running.map(({ name }) => name).join(', ')} that a policy elsewhere allows`,
        'not counted',
        `the text of ${unknownPolicies.join(', ')}, a policy of ${role.name}, is not known here`,
      );
  }
  const regions = new Set(items.map(({ region }) => region));
  if (regions.size > 1)
    assume('Allowances', 'once in each region', 'AWS counts some of them over all regions of an account');
  for (const { what, value, because } of app.assumptions) assume(what, value, because);
  return list;
}
