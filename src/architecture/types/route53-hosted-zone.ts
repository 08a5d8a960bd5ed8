import { defineType } from './facts.ts';

export const route53HostedZone = defineType({
  type: 'AWS::Route53::HostedZone',
  called: 'DNS zone',
  drawn: { category: 'edge' },
});
