import type { OriginAccessControlConfig } from '@aws-sdk/client-cloudfront';
import { unsupported } from '../../../service.ts';
import type { PolicyKind } from '../policy-kind.ts';

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginAccessControlConfig.html */
export const originAccessControls: PolicyKind<OriginAccessControlConfig> = {
  noun: 'OriginAccessControl',
  plural: 'OriginAccessControls',
  arn: 'origin-access-control',
  managed: {},
  records: (context) => context.originAccessControls,
  check(config) {
    if (config.OriginAccessControlOriginType !== 's3')
      throw unsupported(
        `origin access controls of the type ${config.OriginAccessControlOriginType ?? '(none)'}`,
      );
    if (config.SigningBehavior === 'no-override')
      throw unsupported('the SigningBehavior no-override of an origin access control');
    return config;
  },
  isUsedBy: (distribution, id) =>
    (distribution.Origins?.Items ?? []).some((origin) => origin.OriginAccessControlId === id),
  summary: ({ id, config }) => ({ Id: id, ...config, Description: config.Description ?? '' }),
};
