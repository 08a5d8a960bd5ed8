/** Code that may read kept data, in a network with a way out to everywhere and nothing that limits it. */
import {
  accessOf,
  computes,
  groupIdsOf,
  isAnywhere,
  isDeploymentMachinery,
  type Network,
  networkOf,
  portsOf,
  type Resource,
  storeKind,
  subnetIdsOf,
} from '../../../architecture/index.ts';
import { accessReport } from '../access/index.ts';
import { securityRule } from './support/security-rule.ts';
import { sentenceList } from './support/sentence-list.ts';

const kept = new Set(['bucket', 'table', 'secret', 'database', 'search']);

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
    for (const compute of computes(app)) {
      const subnets = subnetIdsOf(compute);
      if (subnets.length === 0 || isDeploymentMachinery(app, compute)) continue;
      const identity = model.runsAs(compute);
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
      const [route] = inApp.flatMap((subnet) => network.defaultRoutes(subnet));
      if (open === undefined || route === undefined) continue;
      found({
        resource: open.group,
        about: compute.id,
        title: `${compute.name} can read ${sentenceList(
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
