/** Resources whose subnets are all in one zone. */
import { type Resource, valueAt } from '../../../architecture/index.ts';
import { zonesOf } from '../zones.ts';
import { recoveryRule, trustedAdvisor } from './property-rule.ts';

const placements: Readonly<Record<string, string>> = {
  'AWS::ECS::Service': 'NetworkConfiguration.AwsvpcConfiguration.Subnets',
  'AWS::Lambda::Function': 'VpcConfig.SubnetIds',
  'AWS::AutoScaling::AutoScalingGroup': 'VPCZoneIdentifier',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'Subnets',
  'AWS::EKS::Nodegroup': 'Subnets',
  'AWS::RDS::DBSubnetGroup': 'SubnetIds',
};

export const oneZoneSubnets = recoveryRule({
  id: 'one-zone-subnets',
  severity: 'high',
  title: 'Resources in a VPC have subnets in two zones',
  why: 'When the zone fails, nothing can be started in another one before the network is changed.',
  reference: trustedAdvisor,
  check: (context) => {
    for (const [type, property] of Object.entries(placements))
      for (const resource of context.app.ofType(type)) {
        const value = valueAt(resource.properties, property);
        if (value === undefined) continue;
        context.checked();
        const { zones, unknown } = zonesOf(context.app, value);
        if (zones.length > 1) continue;
        if (zones.length === 0 || unknown.length > 0) {
          context.unclear({
            resource,
            what: `the zones of ${property}`,
            because:
              unknown.length > 0 ? `not in the template: ${unknown.join(', ')}` : 'no subnet could be found',
          });
          continue;
        }
        context.found({
          resource,
          severity: isDeployOnly(resource) ? 'low' : 'high',
          title: `${resource.name} can run in ${zones[0]} only`,
          fix: `${property}: subnets of at least two zones (CDK: maxAzs: 2 or more)`,
          evidence: [
            { at: `${resource.id}/Properties/${property.replaceAll('.', '/')}`, shows: zones.join(', ') },
          ],
        });
      }
  },
});

const isDeployOnly = (resource: Resource): boolean =>
  resource.usedBy.some(({ path }) => path === '/Properties/ServiceToken');
