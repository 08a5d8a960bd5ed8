/**
 * The ports that every service is built with: how it reaches the others, and in whose name. Each account and region has
 * an environment of its own.
 */
import { randomUUID } from 'node:crypto';
import { formatArn, parseArn } from '../../core/arn.ts';
import { SlipwayError } from '../../core/errors.ts';
import type { Host } from '../../core/events.ts';
import { isObject } from '../../core/is-object.ts';
import { regionProblem, type Scope } from '../../core/regions.ts';
import type { Caller } from '../../iam/index.ts';
import { authenticate } from '../edge/authenticate.ts';
import { authorise, foreseenDenial } from '../edge/authorise.ts';
import { checkWhole } from '../edge/body.ts';
import { type DispatchContext, dispatch } from '../edge/dispatch.ts';
import { namedFor } from '../edge/errors.ts';
import { findSignature } from '../edge/find-signature.ts';
import type { LoadedService } from '../edge/loaded-service.ts';
import type { Accounts } from '../iam/accounts.ts';
import { unknownPrincipals } from '../iam/known-principals.ts';
import { type Around, required, type ScopedInvoke, type WrappableInvoke } from '../invoke.ts';
import {
  AwsError,
  type AwsHosts,
  type Call,
  type DataPlaneRequest,
  type MessageTarget,
  type ServiceEnvironment,
  unsupported,
  type WorkSample,
} from '../service.ts';
import { services } from '../services/registry.ts';
import type { Store } from '../store/store.ts';
import type { HttpHead } from '../wire/rest.ts';
import { createCallApi, entryOfApi } from './call-api.ts';
import { callScope } from './call-scope.ts';
import type { DataPlanes } from './data-planes.ts';
import { scopeStore } from './scope-store.ts';
import { signRequest } from './sign-request.ts';
import { randomId } from './state.ts';

interface EnvironmentContext extends DispatchContext {
  readonly home: Scope;
  readonly accounts: Accounts;
  readonly store: Store;
  readonly endpoint: string;
  readonly awsHosts: () => Promise<AwsHosts>;
  readonly host: Host;
  sample(sample: WorkSample): void;
  runsDeprecatedAs(runtime: string): string | undefined;
  load(service: string, scope: Scope): LoadedService | Promise<LoadedService>;
  readonly dataPlanes: DataPlanes;
}

export type Environments = (scope: Scope) => ServiceEnvironment;

export function createEnvironments(context: EnvironmentContext): Environments {
  const { accounts, load, home } = context;
  const callApi = createCallApi({ endpoint: context.endpoint, now: () => context.clock.wall() });

  const invokeAs = (scope: Scope, caller: Caller, sourceArn?: string, around?: Around): WrappableInvoke => {
    const call = async (id: string, operation: string, input: object): Promise<object> => {
      const given = { ...input };
      const at = callScope(id, given, scope, accounts);
      return dispatch(await load(id, at), operation, given, callAs(caller, at, sourceArn, around), context);
    };
    const inScope = (other: Scope) => invokeAs(other, caller, sourceArn, around);
    const within = (wrap: Around) => invokeAs(scope, caller, sourceArn, wrap);
    // Operations are kept without their types; each is defined with the SDK's input and output.
    return Object.assign(call, { inScope, within }) as WrappableInvoke;
  };

  return (scope) => {
    const { accountId, region } = scope;

    const asService = (service: string, sourceArn?: string): ScopedInvoke =>
      invokeAs(scope, { kind: 'service', arn: service, accountId, service, region }, sourceArn);

    return {
      accountId,
      region,
      home,
      arn: (service, resource) => formatArn({ service, region, account: accountId, resource }),
      clock: context.clock,
      store: scopeStore(context.store, scope, home),
      endpoint: context.endpoint,
      awsHosts: context.awsHosts,
      host: context.host,
      randomId,
      uuid: randomUUID,
      runsDeprecatedAs: context.runsDeprecatedAs,
      as: (caller, via) => invokeAs(scope, via ? { ...caller, via: [...(caller.via ?? []), via] } : caller),
      asService,
      async assumeRole(roleArn, service, sessionName) {
        const { Credentials } = await asService(service)('sts', 'AssumeRole', {
          RoleArn: roleArn,
          RoleSessionName: sessionName,
        });
        const made = required(Credentials, 'Credentials');
        const accessKeyId = required(made.AccessKeyId, 'AccessKeyId');
        const identity = accounts.identify(accessKeyId);
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
        const at = callScope(service, isObject(input) ? input : {}, scope, accounts);
        const found = (await load(service, at)).operation(name);
        if (!found) return unsupported(`${service}:${name}`);
        const call = callAs(caller, at);
        try {
          const access = found.behaviour.access(input as never, call);
          return foreseenDenial(call, Array.isArray(access) ? access : [access], context);
        } catch (error) {
          if (error instanceof AwsError) return error;
          throw error;
        }
      },
      foreseeAction: (caller, action) =>
        foreseenDenial(callAs(caller, scope), [{ action, resource: '*' }], context),
      unknownPrincipals: unknownPrincipals(accounts),
      canDeliver: (arn) => targetOf(arn) !== undefined,
      async deliver(arn, message, as) {
        const target = targetOf(arn);
        if (!target) throw unsupported(`messages to ${arn}`);
        const { account = '', region: there = '' } = parseArn(arn) ?? {};
        if (!accounts.exists(account) || regionProblem(there) !== undefined)
          throw new AwsError(
            'ResourceNotFoundException',
            `${arn} is not here: this local cloud has the account${accounts.list().length > 1 ? 's' : ''} ${accounts.list().join(', ')}.`,
            404,
          );
        const at = { accountId: account, region: there };
        await target.deliver(arn, message, as.inScope(at), context.endpoint);
      },
      meter: (usage) => context.meter(usage, scope),
      sample: context.sample,
      async fetch(request) {
        const name = request.host.replace(/:\d+$/, '');
        const entry = services.find((s) => s.dataPlane?.host.test(name));
        const target = entry ? await context.dataPlanes.find(entry.id, request) : undefined;
        if (!target?.service.serve)
          throw unsupported(`requests to ${request.host} from inside the local cloud`);
        return target.service.serve(request);
      },
      signedBy(request, signingName) {
        const head = headOf(request);
        try {
          const signed = authenticate(
            head,
            findSignature(head),
            { signingName },
            { identities: accounts, clock: context.clock, home },
          );
          checkWhole(request.body, signed);
          return signed.caller;
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          const { code, message, status } = namedFor(error, 'rest-json');
          throw new AwsError(code, message, status);
        }
      },
      signed: (request, signingName, as) =>
        signRequest(request, headOf(request), { signingName, region, now: context.clock.wall() }, as),
      authorise(caller, check, request) {
        const { headers, method, host, sourceIp } = request;
        const { path, query } = headOf(request);
        const http = {
          method,
          host,
          path,
          headers,
          sourceIp,
          query,
          protocol: 'rest-json',
          presigned: false,
        } as const;
        authorise({ ...callAs(caller, scope), http }, [check], context, {});
      },
      hasApi: (name) => entryOfApi(name) !== undefined,
      callApi,
    };
  };
}

function headOf({ method, url, headers, rawHeaders }: DataPlaneRequest): HttpHead {
  const mark = url.indexOf('?');
  return {
    method,
    path: mark < 0 ? url : url.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
    headers,
    ...(rawHeaders ? { rawHeaders } : {}),
  };
}

const targetOf = (arn: string): MessageTarget | undefined =>
  services.find(({ messageTarget }) => messageTarget?.arns.test(arn))?.messageTarget;

/** Calls between services have no client that could go away. */
const never = new AbortController().signal;

const callAs = (caller: Caller, scope: Scope, sourceArn?: string, around?: Around): Call => ({
  requestId: randomUUID(),
  caller,
  scope,
  signal: () => never,
  ...(sourceArn ? { sourceArn } : {}),
  ...(around ? { around } : {}),
});
