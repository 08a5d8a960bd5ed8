/**
 * The zones of a region: the letters of a region's zones, as accounts commonly see them.
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

/** `us-east-1b` → `use1-az2`. https://docs.aws.amazon.com/global-infrastructure/latest/regions/az-ids.html */
export function zoneId(zone: string): string {
  const [, area = '', place = '', number = '', letter = 'a'] = /^(.+)-(\w+)-(\d)([a-z])$/.exec(zone) ?? [];
  const short = place.replace(/^(north|south)(east|west)$/, (_, a: string, b: string) => `${a[0]}${b[0]}`);
  const head = short.length === 2 ? short : place.slice(0, 1);
  return `${area.replaceAll('-', '')}${head}${number}-az${letter.charCodeAt(0) - 96}`;
}
