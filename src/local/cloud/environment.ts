/** The ports that every service is built with: how it reaches the others, and in whose name. */

import { randomUUID } from 'node:crypto';
import { formatArn, parseArn } from '../../core/arn.ts';
import { SlipwayError } from '../../core/errors.ts';
import type { Host } from '../../core/events.ts';
import type { Caller } from '../../iam/index.ts';
import { foreseenDenial } from '../edge/authorise.ts';
import { type DispatchContext, dispatch } from '../edge/dispatch.ts';
import type { LoadedService } from '../edge/loaded-service.ts';
import { unknownPrincipals } from '../iam/known-principals.ts';
import { type Invoke, required } from '../invoke.ts';
import {
  AwsError,
  type Call,
  type MessageTarget,
  type ServiceEnvironment,
  unsupported,
  type WorkSample,
} from '../service.ts';
import { services } from '../services/registry.ts';
import type { Store } from '../store/store.ts';
import { randomId } from './state.ts';

interface EnvironmentContext extends DispatchContext {
  readonly store: Store;
  readonly endpoint: string;
  readonly host: Host;
  sample(sample: WorkSample): void;
  load(service: string): Promise<LoadedService>;
}

export function createEnvironment(context: EnvironmentContext): ServiceEnvironment {
  const { accountId, identities, load } = context;

  const invokeAs = (caller: Caller, sourceArn?: string): Invoke => {
    const call = async (service: string, operation: string, input: object): Promise<object> =>
      dispatch(await load(service), operation, { ...input }, callAs(caller, sourceArn), context);
    // Operations are kept without their types; each is defined with the SDK's input and output.
    return call as Invoke;
  };

  const asService = (service: string, sourceArn?: string): Invoke =>
    invokeAs({ kind: 'service', arn: service, accountId, service }, sourceArn);

  return {
    accountId,
    region: context.region,
    arn: (service, resource) => formatArn({ service, region: context.region, account: accountId, resource }),
    clock: context.clock,
    store: context.store,
    endpoint: context.endpoint,
    host: context.host,
    randomId,
    uuid: randomUUID,
    as: (caller, via) => invokeAs(via ? { ...caller, via: [...(caller.via ?? []), via] } : caller),
    asService,
    async assumeRole(roleArn, service, sessionName) {
      const { Credentials } = await asService(service)('sts', 'AssumeRole', {
        RoleArn: roleArn,
        RoleSessionName: sessionName,
      });
      const made = required(Credentials, 'Credentials');
      const accessKeyId = required(made.AccessKeyId, 'AccessKeyId');
      const identity = identities.identify(accessKeyId);
      if (!identity) throw new SlipwayError('internal', `the session of ${roleArn} vanished`);
      return {
        accessKeyId,
        secretAccessKey: required(made.SecretAccessKey, 'SecretAccessKey'),
        sessionToken: required(made.SessionToken, 'SessionToken'),
        expiration: required(made.Expiration, 'Expiration').getTime(),
        caller: identity.caller,
      };
    },
    async foresee(caller, service, operation, input) {
      const name = String(operation);
      const found = (await load(service)).operation(name);
      if (!found) return unsupported(`${service}:${name}`);
      const call = callAs(caller);
      try {
        const access = found.behaviour.access(input as never, call);
        return foreseenDenial(call, Array.isArray(access) ? access : [access], context);
      } catch (error) {
        if (error instanceof AwsError) return error;
        throw error;
      }
    },
    foreseeAction: (caller, action) => foreseenDenial(callAs(caller), [{ action, resource: '*' }], context),
    unknownPrincipals: unknownPrincipals(identities, accountId),
    canDeliver: (arn) => targetOf(arn) !== undefined,
    async deliver(arn, message, as) {
      const target = targetOf(arn);
      if (!target) throw unsupported(`messages to ${arn}`);
      const { account, region } = parseArn(arn) ?? {};
      if (account !== accountId || region !== context.region)
        throw new AwsError(
          'ResourceNotFoundException',
          `${arn} is not here: this local cloud is account ${accountId} in ${context.region}.`,
          404,
        );
      await target.deliver(arn, message, as, context.endpoint);
    },
    meter: context.meter,
    sample: context.sample,
    async fetch(request) {
      const name = request.host.replace(/:\d+$/, '');
      const entry = services.find((s) => s.dataPlane?.host.test(name));
      const target = entry ? await load(entry.id) : undefined;
      if (!target?.service.serve)
        throw unsupported(`requests to ${request.host} from inside the local cloud`);
      return target.service.serve(request);
    },
  };
}

const targetOf = (arn: string): MessageTarget | undefined =>
  services.find(({ messageTarget }) => messageTarget?.arns.test(arn))?.messageTarget;

/** Calls between services have no client that could go away. */
const never = new AbortController().signal;

const callAs = (caller: Caller, sourceArn?: string): Call => ({
  requestId: randomUUID(),
  caller,
  signal: () => never,
  ...(sourceArn ? { sourceArn } : {}),
});
