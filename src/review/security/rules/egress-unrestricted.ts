/** Code that may read kept data, in a network with a way out to everywhere and nothing that limits it. */
import {
  type Architecture,
  accessOf,
  groupIdsOf,
  isAnywhere,
  isDeploymentMachinery,
  listAt,
  type Network,
  networkOf,
  portsOf,
  type Resource,
  storeKind,
  textAt,
} from '../../../architecture/index.ts';
import { accessReport } from '../access/index.ts';
import { listed, securityRule } from './support/words.ts';

const kept = new Set(['bucket', 'table', 'secret', 'database', 'search']);

/** A default route through a NAT gateway, an internet gateway or something else out of the VPC. */
function waysOut(app: Architecture, subnets: readonly Resource[]): Resource[] {
  const tables = new Set(
    app.ofType('AWS::EC2::SubnetRouteTableAssociation').flatMap((association) => {
      const named = app.namedIn([association.properties.SubnetId ?? null]);
      return named.some((one) => subnets.includes(one))
        ? app.namedIn(association.properties.RouteTableId)
        : [];
    }),
  );
  return app
    .ofType('AWS::EC2::Route')
    .filter(
      ({ properties }) =>
        (properties.DestinationCidrBlock === '0.0.0.0/0' || properties.DestinationIpv6CidrBlock === '::/0') &&
        app.namedIn(properties.RouteTableId).some((table) => tables.has(table)),
    );
}

const subnetPaths: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'VpcConfig.SubnetIds',
  'AWS::ECS::Service': 'NetworkConfiguration.AwsvpcConfiguration.Subnets',
  'AWS::EC2::Instance': 'SubnetId',
  'AWS::AutoScaling::AutoScalingGroup': 'VPCZoneIdentifier',
};

/** What runs: of a service its task definition, whose role counts. */
function runner(app: Architecture, compute: Resource): Resource {
  const property = compute.type === 'AWS::ECS::Service' ? 'TaskDefinition' : undefined;
  const name = property === undefined ? undefined : textAt(compute.properties, property);
  return (typeof name === 'string' ? app.named(name) : undefined) ?? compute;
}

function openEgress(network: Network, compute: Resource) {
  return network
    .groups(groupIdsOf(compute))
    .flatMap((group) => network.egress(group).map((rule) => ({ group, rule })))
    .find(({ rule }) => isAnywhere(rule.peer) && rule.to - rule.from > 1000);
}

export const egressUnrestricted = securityRule({
  id: 'egress-unrestricted',
  title: 'What can read kept data cannot send it anywhere',
  severity: 'low',
  why: 'Whoever gets into the code, or into one of its libraries, can send what it reads to any address on any port.',
  reference:
    'https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_network_protection_create_layers.html',
  check: ({ app, checked, found, unclear }) => {
    const network = networkOf(app);
    const model = accessOf(app);
    const { cells } = accessReport(app);
    for (const compute of app.ofType(...Object.keys(subnetPaths))) {
      const subnets = listAt(compute.properties, subnetPaths[compute.type] ?? '');
      if (subnets.length === 0 || isDeploymentMachinery(app, compute)) continue;
      const identity = model.runsAs(runner(app, compute));
      const stores = cells
        .filter(
          ({ principal, read, need }) =>
            principal === identity?.resource.id && read.length > 0 && need.verdict !== 'not-named',
        )
        .flatMap(({ store }) => app.byId(store) ?? [])
        .filter((store) => kept.has(storeKind(store) ?? ''));
      if (stores.length === 0) continue;
      checked();
      const open = openEgress(network, compute);
      const inApp = subnets.flatMap((id) => (typeof id === 'string' ? (app.named(id) ?? []) : []));
      if (inApp.length === 0) {
        unclear({
          resource: compute,
          what: 'whether its subnets have a way out',
          because: 'they are not part of the app',
        });
        continue;
      }
      const routes = waysOut(app, inApp);
      const [route] = routes;
      if (open === undefined || route === undefined) continue;
      found({
        resource: open.group,
        about: compute.id,
        title: `${compute.name} can read ${listed(
          stores.map(({ name }) => name),
          3,
        )} and send to every address on ${portsOf(open.rule)}`,
        fix: 'Set SecurityGroupEgress to what it calls: port 443 to VPC endpoints and prefix lists (CDK: allowAllOutbound: false and connections.allowTo…), with gateway endpoints for S3 and DynamoDB and endpoint policies.',
        evidence: [
          { at: open.rule.path, shows: `egress ${portsOf(open.rule)} to ${open.rule.peer}` },
          { at: route.id, shows: 'default route out of the VPC' },
        ],
      });
    }
  },
});
