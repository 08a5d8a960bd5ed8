/** What a kept type refuses: what AWS does for what its properties say, and what an app's requests would depend on. */
import { isObject } from '../../core/is-object.ts';
import { type ResourceRequest, type ServiceEnvironment, unsupported } from '../service.ts';
import { networkChecks } from './network-checks.ts';

/** @throws AwsError */
type Check = (
  request: Pick<ResourceRequest, 'properties' | 'resourcesOf'> & { readonly physicalId?: string },
  env: ServiceEnvironment,
) => void;

export const keptChecks: Readonly<Record<string, Check>> = {
  ...networkChecks,
  'AWS::Config::ConfigRule': ({ properties: { Source } }) => {
    if (isObject(Source) && Source.Owner === 'CUSTOM_LAMBDA')
      throw unsupported('a Config rule whose source is a function (CUSTOM_LAMBDA), which would be called');
  },
  'AWS::Route53::HostedZone': ({ properties: { VPCs } }) => {
    if (Array.isArray(VPCs) && VPCs.length > 0)
      throw unsupported(
        'a private hosted zone (VPCs), by whose names functions and tasks would find each other',
      );
  },
};
