/**
 * The region prefixes of AWS's usage types ('USE2-Lambda-GB-Second'). us-east-1 mostly has none, eu-west-1 is
 * 'EU', and KMS writes the region out ('us-east-1-KMS-Keys').
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/aws-usage-report-understand.html
 */
const prefixes: Readonly<Record<string, readonly string[]>> = {
  'us-east-1': ['USE1'],
  'us-east-2': ['USE2'],
  'us-west-1': ['USW1'],
  'us-west-2': ['USW2'],
  'ca-central-1': ['CAN1'],
  'sa-east-1': ['SAE1'],
  'eu-west-1': ['EU', 'EUW1'],
  'eu-west-2': ['EUW2'],
  'eu-west-3': ['EUW3'],
  'eu-central-1': ['EUC1'],
  'eu-central-2': ['EUC2'],
  'eu-north-1': ['EUN1'],
  'eu-south-1': ['EUS1'],
  'eu-south-2': ['EUS2'],
  'ap-southeast-1': ['APS1'],
  'ap-southeast-2': ['APS2'],
  'ap-southeast-3': ['APS4'],
  'ap-northeast-1': ['APN1'],
  'ap-northeast-2': ['APN2'],
  'ap-northeast-3': ['APN3'],
  'ap-south-1': ['APS3'],
  'ap-south-2': ['APS5'],
  'ap-east-1': ['APE1'],
  'me-south-1': ['MES1'],
  'me-central-1': ['MEC1'],
  'af-south-1': ['AFS1'],
  'il-central-1': ['ILC1'],
};

/** Without a region's own prefix; other prefixes ('IA-', 'Outposts-') are part of the name and stay. */
export function withoutPrefix(usagetype: string, region: string): string {
  for (const prefix of [...(prefixes[region] ?? []), region])
    if (usagetype.startsWith(`${prefix}-`)) return usagetype.slice(prefix.length + 1);
  return usagetype;
}
