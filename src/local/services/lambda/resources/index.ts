/** Every AWS::Lambda type that is supported. */
import type { ResourceType } from '../../../service.ts';
import { alias } from './alias.ts';
import { eventInvokeConfig } from './event-invoke-config.ts';
import { eventSourceMapping } from './event-source-mapping.ts';
import { lambdaFunction } from './function.ts';
import { layerVersion } from './layer-version.ts';
import { permission } from './permission.ts';
import { url } from './url.ts';
import { version } from './version.ts';

export const resourceTypes: readonly ResourceType[] = [
  alias,
  eventInvokeConfig,
  eventSourceMapping,
  lambdaFunction,
  layerVersion,
  permission,
  url,
  version,
];
