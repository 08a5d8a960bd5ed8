/** Tasks and instances that have a public address though nothing needs to come in by it. */
import {
  groupIdsOf,
  isAnywhere,
  isUnresolved,
  listAt,
  networkOf,
  show,
  textAt,
  valueAt,
} from '../../../architecture/index.ts';
import { exposureReport } from '../exposure/index.ts';
import { securityRule } from './support/security-rule.ts';

export const publicAddress = securityRule({
  id: 'public-address',
  title: 'Tasks have no public address',
  severity: 'low',
  why: 'A public address puts the task one mistake in a security group away from the internet, costs by the hour, and lets it send data anywhere.',
  reference: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html',
  check: ({ app, checked, found, unclear }) => {
    const network = networkOf(app);
    const open = new Set(
      exposureReport(app)
        .entries.filter(({ kind }) => kind === 'host')
        .map(({ resource }) => resource.id),
    );
    for (const service of app.ofType('AWS::ECS::Service')) {
      const path = 'NetworkConfiguration.AwsvpcConfiguration';
      if (valueAt(service.properties, path) === undefined) continue;
      checked();
      const flag = textAt(service.properties, `${path}.AssignPublicIp`);
      if (isUnresolved(flag)) unclear({ resource: service, what: 'AssignPublicIp', because: flag.reason });
      if (flag !== 'ENABLED') continue;
      const subnets = listAt(service.properties, `${path}.Subnets`).map((id) => network.subnet(id));
      if (subnets.length > 0 && subnets.every((one) => one === 'private')) continue;
      const rules = network.groups(groupIdsOf(service)).flatMap((group) => network.ingress(group));
      const isOpen = open.has(service.id) || rules.some(({ peer }) => isAnywhere(peer));
      found({
        resource: service,
        severity: isOpen ? 'medium' : 'info',
        title: `The tasks of ${service.name} have public addresses${isOpen ? ', and their security group lets the internet in' : ' (nothing may come in by them)'}`,
        fix: 'Set AssignPublicIp to DISABLED in private subnets with VPC endpoints or a NAT gateway (CDK: assignPublicIp: false). A NAT gateway or interface endpoints cost more than the addresses: keep them where no data worth it passes, with no ingress rule.',
        evidence: [show(service, `${path}.AssignPublicIp`)],
      });
    }
  },
});
