import { defineType } from './facts.ts';

export const wafv2WebAclAssociation = defineType({
  type: 'AWS::WAFv2::WebACLAssociation',
  called: 'web ACL association',
  owner: ['ResourceArn'],
});
