import type { Scope } from '../core/regions.ts';
import type { ContextAnswers, ContextQuery } from '../template/context-queries.ts';
import type { StackToCheck, StackVerdict } from '../template/verdict.ts';

/** A running local cloud as its callers see it, whether it runs in this process or in another. */
export interface CloudAccess {
  readonly endpoint: string;
  /** Of clients and stacks that do not say. */
  readonly region: string;
  readonly accountId: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** The accounts and regions in which this service is used; of all services, when none is named. */
  scopes(service?: string): Promise<readonly Scope[]>;
  /** What becomes of each CloudFormation type of the services used so far. */
  resourceTypes(): Promise<ResourceTypes>;
  /** What becomes of templates there, before anything is made. */
  check(stacks: readonly StackToCheck[]): Promise<readonly StackVerdict[]>;
  /** The runtimes that run functions of those that AWS takes no longer, after they are set to those that are given. */
  runDeprecatedAs(runtimes?: readonly string[]): Promise<readonly string[]>;
  /** What a CDK app asks for while it is synthesized. */
  lookUp(queries: readonly ContextQuery[]): Promise<ContextAnswers>;
}

export type ResourceTypes = Readonly<
  Record<string, { readonly mode: 'live' | 'inert'; readonly because?: string }>
>;

type Keys = CloudAccess['credentials'] & { readonly sessionToken?: string };
type Address = Pick<CloudAccess, 'endpoint' | 'region' | 'accountId' | 'credentials'>;

/** The options of an AWS SDK client that talks to it in the home account. */
export const homeConfig = ({ endpoint, region, credentials }: Omit<Address, 'accountId'>) => ({
  endpoint,
  region,
  credentials,
  // What the environment says of AWS's own endpoints and of retries is meant for AWS.
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
  maxAttempts: 3,
  retryMode: 'standard',
});

export type ScopedConfig = Omit<ReturnType<typeof homeConfig>, 'credentials'> & {
  /** Those of another account are asked for by the first call. */
  readonly credentials: Keys | (() => Promise<Keys>);
};

/** The same in any account: in others, the developer has the role that AWS Organizations makes there. */
export function clientConfig(cloud: Address, scope: Partial<Scope> = {}): ScopedConfig {
  const { accountId = cloud.accountId, region = cloud.region } = scope;
  const config = homeConfig({ ...cloud, region });
  if (accountId === cloud.accountId) return config;
  return {
    ...config,
    async credentials() {
      const { AssumeRoleCommand, STSClient } = await import('@aws-sdk/client-sts');
      const sts = new STSClient(config);
      try {
        const { Credentials: made } = await sts.send(
          new AssumeRoleCommand({
            RoleArn: `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`,
            RoleSessionName: 'slipway',
          }),
        );
        return {
          accessKeyId: made?.AccessKeyId ?? '',
          secretAccessKey: made?.SecretAccessKey ?? '',
          sessionToken: made?.SessionToken ?? '',
          ...(made?.Expiration ? { expiration: made.Expiration } : {}),
        };
      } finally {
        sts.destroy();
      }
    },
  };
}
