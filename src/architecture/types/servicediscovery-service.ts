import { defineType } from './facts.ts';

export const servicediscoveryService = defineType({
  type: 'AWS::ServiceDiscovery::Service',
  called: 'service name',
  passesOn: true,
});
