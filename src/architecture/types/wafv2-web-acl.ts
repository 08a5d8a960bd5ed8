import { defineType } from './facts.ts';

export const wafv2WebAcl = defineType({
  type: 'AWS::WAFv2::WebACL',
  called: 'WAF',
  name: 'Name',
  arn: 'wafv2:R:A:regional/webacl/N',
  drawn: { category: 'security' },
});
