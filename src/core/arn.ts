/** Amazon Resource Names. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  /** Empty for global services, and for S3's buckets. */
  readonly region: string;
  /** Empty for S3's buckets. */
  readonly account: string;
  /** Everything after the fifth colon: `my-queue`, `function:name:alias`, `table/name`. */
  readonly resource: string;
}

/** Undefined for text that is not an ARN. Wildcards, as policies have them, are kept as they stand. */
export function parseArn(text: string | undefined): Arn | undefined {
  const [prefix, partition, service, region, account, ...resource] = text?.split(':') ?? [];
  if (prefix !== 'arn' || !partition || !service || region === undefined || account === undefined)
    return undefined;
  return resource.length === 0
    ? undefined
    : { partition, service, region, account, resource: resource.join(':') };
}

export const formatArn = ({
  partition = 'aws',
  service,
  region = '',
  account = '',
  resource,
}: Partial<Arn> & Pick<Arn, 'service' | 'resource'>): string =>
  `arn:${partition}:${service}:${region}:${account}:${resource}`;

export function isRoleArn(text: string | undefined): boolean {
  const arn = parseArn(text);
  return arn?.service === 'iam' && /^\d{12}$/.test(arn.account) && /^role\/./.test(arn.resource);
}
