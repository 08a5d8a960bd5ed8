/** A group that trusts the machine, not the application. */
import { pillar, propertyRule } from './kit.ts';

export const groupHealth = propertyRule({
  id: 'group-health',
  severity: 'medium',
  title: 'Auto Scaling groups behind a load balancer use its health check',
  why: 'An instance whose application has died stays in the group while its machine is well.',
  reference: pillar,
  types: ['AWS::AutoScaling::AutoScalingGroup'],
  skip: (resource) => resource.properties.TargetGroupARNs === undefined,
  property: 'HealthCheckType',
  good: (value) => String(value ?? '').includes('ELB'),
  says: (resource) => `${resource.name} replaces only instances whose machine fails`,
  fix: 'HealthCheckType: ELB with a HealthCheckGracePeriod (CDK: healthChecks)',
});
