/**
 * Amazon EC2, as far as templates need a network: every type is inert, because functions and tasks run as
 * processes of this machine and reach each other over loopback. The EC2 API itself is refused by name.
 */
import type { Service, ServiceEnvironment } from '../../service.ts';
import { networkTypes } from './resources/network.ts';

export const createEc2 = (env: ServiceEnvironment): Service => ({
  operations: [],
  resourceTypes: networkTypes(env),
});
