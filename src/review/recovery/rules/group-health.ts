/** Auto Scaling groups behind a load balancer that do not use its health check. */
import { propertyRule, reliabilityPillar } from './property-rule.ts';

export const groupHealth = propertyRule({
  id: 'group-health',
  severity: 'medium',
  title: 'Auto Scaling groups behind a load balancer use its health check',
  why: 'Without it the group keeps an instance whose application has failed while its machine runs.',
  reference: reliabilityPillar,
  types: ['AWS::AutoScaling::AutoScalingGroup'],
  skip: (resource) => resource.properties.TargetGroupARNs === undefined,
  property: 'HealthCheckType',
  isMet: (value) => String(value ?? '').includes('ELB'),
  finding: (resource) => `${resource.name} does not replace instances whose application fails`,
  fix: 'HealthCheckType: ELB with a HealthCheckGracePeriod (CDK: healthChecks)',
});
