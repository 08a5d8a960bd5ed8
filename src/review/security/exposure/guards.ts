/** Guards that several kinds of doors share: web ACLs, address ranges, conditions of a policy. */
import {
  type Answer,
  type Architecture,
  conditionKeys,
  isAnywhere,
  isUnresolved,
  type Network,
  portsOf,
  type Resource,
  show,
  textAt,
} from '../../../architecture/index.ts';
import type { Guard } from '../report.ts';

/** Web ACLs associated with the resource, or with something of it (a stage of an API). */
export function webAclsOf(app: Architecture, resource: Resource): Guard[] {
  return app
    .ofType('AWS::WAFv2::WebACLAssociation', 'AWS::WAFRegional::WebACLAssociation')
    .filter(({ properties, uses }) => {
      const isNamed = app.namedIn(properties.ResourceArn).some((named) => named === resource);
      return isNamed || uses.some(({ to, path }) => to === resource && path.includes('ResourceArn'));
    })
    .map(
      (association): Guard => ({
        kind: 'waf',
        limits: 'how-much',
        evidence: show(association, 'ResourceArn'),
      }),
    );
}

export function webAclProperty(resource: Resource, property: string): Guard[] {
  const value = textAt(resource.properties, property);
  if (value === undefined || value === '') return [];
  return [{ kind: 'waf', limits: 'how-much', evidence: show(resource, property) }];
}

type Reach = 'anywhere' | 'ranges' | 'nobody' | 'unknown';

/** From where the security groups let in, on any port or on one. */
export function reachOf(
  network: Network,
  groups: readonly Resource[],
  port?: number,
): { readonly reach: Reach; readonly guards: readonly Guard[] } {
  if (groups.length === 0) return { reach: 'unknown', guards: [] };
  const rules = groups
    .flatMap((group) => network.ingress(group))
    .filter(
      ({ from, to, because }) => because !== undefined || port === undefined || (from <= port && port <= to),
    );
  if (rules.some(({ peer, because }) => because === undefined && isAnywhere(peer)))
    return { reach: 'anywhere', guards: [] };
  const ranges = rules.filter(({ peer }) => peer !== undefined && /^[\d.:a-f]+\/\d+$/i.test(peer));
  const outside = ranges.filter(({ peer }) => !isPrivate(peer ?? ''));
  if (outside.length > 0)
    return {
      reach: 'ranges',
      guards: outside.map((rule) => ({
        kind: 'address-range',
        limits: 'some',
        evidence: { at: rule.path, shows: `${portsOf(rule)} from ${rule.peer}` },
      })),
    };
  return { reach: rules.some(({ because }) => because !== undefined) ? 'unknown' : 'nobody', guards: [] };
}

/** RFC 1918 and 4193. */
const isPrivate = (range: string) => /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd])/i.test(range);

export const known = <T>(value: T): value is Exclude<T, undefined> =>
  value !== undefined && !isUnresolved(value);

/** Conditions that tie a request to somebody or somewhere; others (referer, user agent, prefix) anyone can meet. */
const binding =
  /^(aws:(source(arn|account|orgid|orgpaths|owner|vpc|vpce|ip)|principal(orgid|orgpaths|arn|account|tag.*)|userid|viaawsservice|calledvia.*|vpcsourceip)|kms:(calleraccount|viaservice)|s3:dataaccesspointaccount|cloudfront.*|lambda:.*|sns:endpoint)$/i;

/** How far a statement for everyone is tied down: not at all, or by conditions. */
export const isBound = ({ statement }: Answer): boolean =>
  statement !== undefined && conditionKeys(statement).some((key) => binding.test(key));
