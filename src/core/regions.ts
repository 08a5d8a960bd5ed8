/**
 * The regions of AWS's commercial partition. Those that an account has to enable count as enabled. Other partitions
 * (China, GovCloud, the European Sovereign Cloud) are refused by name.
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
import { nearest } from './nearest.ts';

/** An account and a region of it: what the CDK calls an environment. */
export interface Scope {
  readonly accountId: string;
  readonly region: string;
}

export const regions: ReadonlySet<string> = new Set([
  ...['af-south-1', 'ap-east-1', 'ap-east-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3'],
  ...['ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4'],
  ...['ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'ca-central-1', 'ca-west-1', 'eu-central-1'],
  ...['eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  ...['il-central-1', 'me-central-1', 'me-south-1', 'me-west-1', 'mx-central-1', 'sa-east-1', 'sa-west-1'],
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
]);

/** Where services that have one endpoint for all regions are. */
export const globalRegion = 'us-east-1';

const otherPartitions: readonly (readonly [RegExp, string])[] = [
  [/^cn-/, 'China (aws-cn)'],
  [/^us-gov-/, 'AWS GovCloud (aws-us-gov)'],
  [/^eusc-/, 'the AWS European Sovereign Cloud (aws-eusc)'],
  [/^(us|eu)-iso/, 'an isolated AWS partition (aws-iso)'],
];

/** Why there is no such region here; undefined when there is. */
export function regionProblem(region: string): string | undefined {
  if (regions.has(region)) return undefined;
  const other = otherPartitions.find(([pattern]) => pattern.test(region));
  if (other) return `the region ${region} is of ${other[1]}, which Slipway does not run`;
  const meant = nearest(region, regions);
  return `there is no region ${region}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
}

/** Why no stack can be of this account; undefined when one can. */
export const accountProblem = (accountId: string): string | undefined =>
  /^\d{12}$/.test(accountId) ? undefined : `${accountId} is no account: an account's id has twelve digits`;

export const sameScope = (a: Scope, b: Scope): boolean =>
  a.accountId === b.accountId && a.region === b.region;

/** `aws://111122223333/eu-west-1`, as the CDK writes an environment. */
export const scopeText = ({ accountId, region }: Scope): string => `aws://${accountId}/${region}`;

/** What tells a place from the usual one: `eu-west-1`, or `111122223333 eu-west-1`. Undefined for the usual one. */
export function placeName({ accountId, region }: Scope, usual: Scope): string | undefined {
  if (accountId !== usual.accountId) return `${accountId} ${region}`;
  return region === usual.region ? undefined : region;
}
