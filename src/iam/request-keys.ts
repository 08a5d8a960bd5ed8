/**
 * The condition keys of one request, found without case. Keys that say who calls are derived from the caller
 * and cannot be overridden by the context, which carries things a client can choose.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
import type { AccessRequest, Caller } from './types.ts';

export type KeyValue = string | readonly string[] | undefined;

const principalTypes: Readonly<Record<Caller['kind'], string | undefined>> = {
  'account-root': 'Account',
  user: 'User',
  'role-session': 'AssumedRole',
  // AWS documents no value for its services.
  service: undefined,
  federated: 'FederatedUser',
  anonymous: 'Anonymous',
};

/**
 * Of the services here that call with a caller's credentials, those that name themselves to the next.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-calledvia
 */
const inCalledVia = new Set(['cloudformation.amazonaws.com']);

function derivedKeys(caller: Caller, resourceAccountId: string | undefined): Map<string, KeyValue> {
  const { kind } = caller;
  const inAccount = kind === 'account-root' || kind === 'user' || kind === 'role-session';
  const { via = [] } = caller;
  const named = via.filter((service) => inCalledVia.has(service));
  return new Map<string, KeyValue>([
    // Of a role session this is the role, not the session.
    ['aws:principalarn', inAccount ? (caller.roleArn ?? caller.arn) : undefined],
    ['aws:principalaccount', inAccount ? caller.accountId : undefined],
    ['aws:principaltype', principalTypes[kind]],
    ['aws:principalisawsservice', kind === 'service' ? 'true' : 'false'],
    ['aws:principalservicename', kind === 'service' ? caller.service : undefined],
    ['aws:userid', kind === 'anonymous' ? 'anonymous' : caller.userId],
    ['aws:username', kind === 'user' ? caller.arn.slice(caller.arn.lastIndexOf('/') + 1) : undefined],
    ['aws:resourceaccount', resourceAccountId],
    ['aws:sourceidentity', caller.sourceIdentity],
    ['aws:tokenissuetime', caller.issuedAt],
    ['aws:viaawsservice', String(via.length > 0)],
    ['aws:calledvia', named.length > 0 ? named : undefined],
    ['aws:calledviafirst', named[0]],
    ['aws:calledvialast', named.at(-1)],
    ...Object.entries(caller.tags ?? {}).map(([key, value]): [string, KeyValue] => [
      `aws:principaltag/${key.toLowerCase()}`,
      value,
    ]),
  ]);
}

export class RequestKeys {
  readonly #caller: Caller;
  readonly #request: Pick<AccessRequest, 'context'>;
  readonly #resourceAccountId: string | undefined;
  /** Built on first use: most requests are decided without a condition. */
  #values: Map<string, KeyValue> | undefined;

  constructor(caller: Caller, request: Pick<AccessRequest, 'context'>, resourceAccountId?: string) {
    this.#caller = caller;
    this.#request = request;
    this.#resourceAccountId = resourceAccountId;
  }

  /** `key` in lower case. */
  get(key: string): KeyValue {
    if (this.#values === undefined) {
      this.#values = new Map();
      const { context } = this.#request;
      for (const [name, value] of Object.entries(typeof context === 'function' ? context() : context))
        this.#values.set(name.toLowerCase(), value);
      for (const [name, value] of derivedKeys(this.#caller, this.#resourceAccountId)) {
        this.#values.set(name, value);
      }
    }
    return this.#values.get(key);
  }
}
