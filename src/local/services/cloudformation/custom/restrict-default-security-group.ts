import type { NativeCustomResource } from './native.ts';

/** Takes the rules off a VPC's default security group. Networks are inert here, so there is none to take off. */
export const restrictDefaultSecurityGroup: NativeCustomResource = {
  type: 'Custom::VpcRestrictDefaultSG',
  mode: 'inert',
  because: 'networks are inert here, so the default security group lets nothing in or out',
  createOrUpdate: async ({ properties }) => ({
    physicalId: String(properties.DefaultSecurityGroupId ?? ''),
    data: {},
  }),
  delete: async () => {},
};
