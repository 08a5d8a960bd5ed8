/**
 * What Fn::GetAZs answers: the letters of a region's zones, as accounts commonly see them.
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 */
const others: Readonly<Record<string, string>> = {
  'us-east-1': 'abcdef',
  'us-west-1': 'ac',
  'us-west-2': 'abcd',
  'ap-northeast-1': 'acd',
  'ap-northeast-2': 'abcd',
  'ca-central-1': 'abd',
};

export const availabilityZones = (region: string): string[] =>
  [...(others[region] ?? 'abc')].map((letter) => `${region}${letter}`);
