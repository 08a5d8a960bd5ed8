import type { ContextAnswers, ContextQuery } from '../template/context-queries.ts';
import type { StackToCheck, StackVerdict } from '../template/verdict.ts';

/** A running local cloud as its callers see it, whether it runs in this process or in another. */
export interface CloudAccess {
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** What becomes of each CloudFormation type of the services used so far. */
  resourceTypes(): Promise<ResourceTypes>;
  /** What becomes of templates there, before anything is made. */
  check(stacks: readonly StackToCheck[]): Promise<readonly StackVerdict[]>;
  /** What a CDK app asks for while it is synthesized. */
  lookUp(queries: readonly ContextQuery[]): Promise<ContextAnswers>;
}

export type ResourceTypes = Readonly<
  Record<string, { readonly mode: 'live' | 'inert'; readonly because?: string }>
>;

/** The options of an AWS SDK client that talks to it. */
export const clientConfig = ({
  endpoint,
  region,
  credentials,
}: Omit<CloudAccess, 'resourceTypes' | 'check' | 'lookUp'>) => ({
  endpoint,
  region,
  credentials,
  // What the environment says of AWS's own endpoints and of retries is meant for AWS.
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
  maxAttempts: 3,
  retryMode: 'standard',
});
