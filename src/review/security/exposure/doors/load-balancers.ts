/** Internet-facing load balancers: each listener and rule that forwards. */
import {
  groupIdsOf,
  isUnresolved,
  listAt,
  numberAt,
  type Resource,
  show,
  stepsBehind,
  textAt,
  wiredBy,
} from '../../../../architecture/index.ts';
import type { Guard } from '../../report.ts';
import type { DoorContext, DoorKind } from '../door.ts';
import { reachOf, webAclsOf } from '../guards.ts';

const actionsOf = (resource: Resource) =>
  resource.type.endsWith('ListenerRule') ? 'Actions' : 'DefaultActions';

/** Signing in at the load balancer. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html */
function signIn(resource: Resource): Guard[] {
  const property = actionsOf(resource);
  return listAt(resource.properties, property).flatMap((action, index): Guard[] => {
    const type = textAt(action, 'Type');
    if (type !== 'authenticate-cognito' && type !== 'authenticate-oidc' && type !== 'jwt-validation')
      return [];
    const kind = type === 'authenticate-cognito' ? 'cognito' : 'jwt';
    return [{ kind, limits: 'who', evidence: show(resource, `${property}.${index}.Type`) }];
  });
}

const mutual = (listener: Resource): Guard[] =>
  textAt(listener.properties, 'MutualAuthentication.Mode') === 'verify'
    ? [{ kind: 'signed-request', limits: 'who', evidence: show(listener, 'MutualAuthentication.Mode') }]
    : [];

function listen(context: DoorContext, balancer: Resource, listener: Resource, holder: Resource): void {
  if (!wiredBy(context.app, holder).some(({ to }) => to !== listener)) return;
  const port = numberAt(listener.properties, 'Port');
  const protocol = textAt(listener.properties, 'Protocol');
  const isNetwork = textAt(balancer.properties, 'Type') === 'network';
  const groups = context.network.groups(groupIdsOf(balancer));
  const { reach, guards } = reachOf(context.network, groups, typeof port === 'number' ? port : undefined);
  if (reach === 'nobody') return;
  const where = holder === listener ? '' : ` by rule ${holder.name}`;
  const name = `${typeof protocol === 'string' ? protocol : 'listener'} ${typeof port === 'number' ? port : '?'}${where}`;
  // A load balancer without groups of the app's own lets everyone in, if it is a network one; else it is not known.
  const isUnknown = reach === 'unknown' && !(isNetwork && groups.length === 0);
  if (isUnknown)
    context.unclear(balancer, 'SecurityGroups', 'who may enter its security groups could not be resolved');
  context.door({
    kind: 'load-balancer',
    resource: balancer,
    what: name,
    opens: show(listener, 'Port'),
    guards: [...guards, ...signIn(holder), ...mutual(listener), ...webAclsOf(context.app, balancer)],
    writes: true,
    unknown: isUnknown,
    next: stepsBehind(context.app, balancer, holder, actionsOf(holder)),
  });
}

export const loadBalancers: DoorKind = (context) => {
  const { app, network } = context;
  for (const balancer of app.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer')) {
    const scheme = textAt(balancer.properties, 'Scheme');
    if (scheme === 'internal') continue;
    if (isUnresolved(scheme)) context.unclear(balancer, 'Scheme', scheme.reason);
    const subnets = listAt(balancer.properties, 'Subnets');
    if (subnets.length > 0 && subnets.every((id) => network.subnet(id) === 'private')) continue;
    const listeners = app
      .ofType('AWS::ElasticLoadBalancingV2::Listener')
      .filter(({ properties }) => app.namedIn(properties.LoadBalancerArn).includes(balancer));
    for (const listener of listeners) {
      listen(context, balancer, listener, listener);
      for (const rule of app.ofType('AWS::ElasticLoadBalancingV2::ListenerRule'))
        if (app.namedIn(rule.properties.ListenerArn).includes(listener))
          listen(context, balancer, listener, rule);
    }
  }
  for (const balancer of app.ofType('AWS::ElasticLoadBalancing::LoadBalancer'))
    if (textAt(balancer.properties, 'Scheme') !== 'internal')
      context.door({
        kind: 'load-balancer',
        resource: balancer,
        what: 'every listener',
        opens: show(balancer, 'Listeners'),
        guards: reachOf(network, network.groups(groupIdsOf(balancer))).guards,
        writes: true,
        next: [],
      });
};
