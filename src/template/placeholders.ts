/**
 * Fills in the environment placeholders of asset destinations and role ARNs.
 */

export interface Environment {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
}

/** Other `${…}` are kept. */
export function substitutePlaceholders(text: string, environment: Environment): string {
  return text
    .replaceAll(`\${AWS::AccountId}`, environment.accountId)
    .replaceAll(`\${AWS::Region}`, environment.region)
    .replaceAll(`\${AWS::Partition}`, environment.partition);
}
