/**
 * One price list file in its CSV form: five lines about the file, a header, then a line per price. Only on-demand lines
 * in USD that some row asks for are kept. Refuses a file that is not of this form, is another offer's, or is cut short.
 * https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-file-for-services.html
 */
import { compare, decimal, exact, multiply, shift } from '../prices/decimal.ts';
import type { PriceRow, Tier } from '../prices/model.ts';
import { type CsvRecord, readCsv } from './csv.ts';
import { PriceListError } from './problem.ts';
import { withoutPrefix } from './regions.ts';

interface FoundPrice {
  readonly row: PriceRow;
  readonly tiers: readonly Tier[];
}

export interface PriceFile {
  readonly publicationDate: string;
  readonly version: string;
  readonly found: readonly FoundPrice[];
  readonly notFound: readonly { readonly row: PriceRow; readonly reason: string }[];
}

interface Line {
  readonly sku: string;
  readonly from: string;
  readonly to: string;
  readonly usd: string;
}

/** 'Pre Installed S/W', 'preInstalledSw' and 'usageType' by one spelling. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

const needed = [
  'sku',
  'termtype',
  'startingrange',
  'endingrange',
  'unit',
  'priceperunit',
  'currency',
] as const;

interface Columns {
  readonly count: number;
  readonly at: ReadonlyMap<string, number>;
}

function columnsOf(record: CsvRecord, url: string): Columns {
  const at = new Map(record.fields.map((name, index) => [plain(name), index]));
  const missing = needed.filter((name) => !at.has(name));
  if (missing.length > 0)
    throw new PriceListError(
      url,
      `line ${record.line}: the header has no column ${missing.join(', ')}; is this a price list file?`,
    );
  return { count: record.fields.length, at };
}

async function readAbout(records: AsyncGenerator<CsvRecord>, offer: string, url: string) {
  const about = new Map<string, string>();
  for (let index = 0; index < 5; index++) {
    const { value: record } = await records.next();
    if (!record) throw new PriceListError(url, 'the file ends before its header');
    about.set(plain(record.fields[0] ?? ''), record.fields[1] ?? '');
  }
  const version = about.get('formatversion');
  if (version !== 'v1.0')
    throw new PriceListError(url, `format version ${version ? `'${version}'` : 'missing'}, expected 'v1.0'`);
  if (about.get('offercode') !== offer)
    throw new PriceListError(url, `the file is of offer '${about.get('offercode') ?? ''}', not '${offer}'`);
  const date = about.get('publicationdate') ?? '';
  if (Number.isNaN(Date.parse(date)))
    throw new PriceListError(url, `the publication date '${date}' is not a date`);
  return { publicationDate: date.slice(0, 10), version: about.get('version') ?? '' };
}

interface Wanted {
  readonly row: PriceRow;
  /** By the plain spelling of the attribute. */
  readonly match: readonly (readonly [attribute: string, value: string])[];
  readonly lines: Map<string, Line[]>;
}

/** The attributes that tell most products apart; a row is looked up by the first of them that it names. */
const telling = ['usagetype', 'instancetype', 'group', 'eventtype', 'transfertype', 'requesttype'];

/** Wanted rows by one attribute's value: a file has a million lines and a service two hundred rows. */
function byTellingAttribute(
  wanted: readonly Wanted[],
): ReadonlyMap<string, ReadonlyMap<string, readonly Wanted[]>> {
  const index = new Map<string, Map<string, Wanted[]>>();
  for (const want of wanted) {
    const key =
      telling.flatMap((name) => want.match.filter(([attribute]) => attribute === name))[0] ?? want.match[0];
    if (!key) continue;
    const values = index.get(key[0]) ?? new Map<string, Wanted[]>();
    values.set(key[1], [...(values.get(key[1]) ?? []), want]);
    index.set(key[0], values);
  }
  return index;
}

/** Tiers of one product, in order, without gaps; per `row.per` of the row's own units. */
function tiersOf(lines: readonly Line[], row: PriceRow, url: string): readonly Tier[] {
  const factor = decimal(row.bulk?.unitsPerListUnit ?? 1);
  const sorted = [...lines].sort((a, b) => compare(decimal(a.from), decimal(b.from)));
  return sorted.map((line, index) => {
    const next = sorted[index + 1];
    const open = line.to === 'Inf' || line.to === '';
    if (next ? open || compare(decimal(line.to), decimal(next.from)) !== 0 : !open)
      throw new PriceListError(
        url,
        `product ${line.sku}: its price ranges have a gap or overlap at ${line.to}`,
      );
    const usd = exact(shift(decimal(line.usd), -Math.round(Math.log10(row.per))));
    const price = row.bulk?.unitsPerListUnit ? divide(usd, row.bulk.unitsPerListUnit, line.sku, url) : usd;
    return next ? { upTo: Number(exact(multiply(decimal(line.to), factor))), usd: price } : { usd: price };
  });
}

/** Exact division for the list's larger units (a GiB/s is 1,024 MB/s); a remainder means the factor is wrong. */
function divide(usd: string, by: number, sku: string, url: string): string {
  const value = decimal(usd);
  const raised = value.digits * 10n ** 12n;
  if (raised % BigInt(by) !== 0n)
    throw new PriceListError(url, `product ${sku}: ${usd} USD is not divisible by ${by} units`);
  return exact({ digits: raised / BigInt(by), scale: value.scale + 12 });
}

/** The allowance is the row's own, with its own source; the list's free first tier would count it twice. */
function withoutFree(tiers: readonly Tier[], row: PriceRow): readonly Tier[] {
  const [lowest, ...above] = tiers;
  const given = row.free && lowest?.upTo !== undefined && decimal(lowest.usd).digits === 0n;
  return given && above.length > 0 ? above : tiers;
}

function settle(wanted: Wanted, url: string): FoundPrice | string {
  const { row, lines } = wanted;
  const products = [...lines].map(([sku, of]) => ({ sku, tiers: withoutFree(tiersOf(of, row, url), row) }));
  const [first, ...rest] = products;
  if (!first) {
    const sought = Object.entries(row.bulk?.match ?? {}).map(([name, value]) => `${name}=${value}`);
    return `no on-demand product with ${sought.join(', ')}`;
  }
  const shape = JSON.stringify(first.tiers);
  const other = rest.find((product) => JSON.stringify(product.tiers) !== shape);
  if (other) return `${products.length} products match with different prices (${first.sku}, ${other.sku}, …)`;
  return { row, tiers: first.tiers };
}

export async function readPriceFile(
  bytes: AsyncIterable<Uint8Array>,
  options: {
    readonly url: string;
    readonly offer: string;
    readonly region: string;
    readonly rows: readonly PriceRow[];
  },
): Promise<PriceFile> {
  const { url, offer, region, rows } = options;
  const records = readCsv(bytes, url);
  const about = await readAbout(records, offer, url);
  const { value: header } = await records.next();
  if (!header) throw new PriceListError(url, 'the file has no header');
  const columns = columnsOf(header, url);
  const wanted: readonly Wanted[] = rows.map((row) => ({
    row,
    match: Object.entries(row.bulk?.match ?? {}).map(([name, value]) => [plain(name), value] as const),
    lines: new Map(),
  }));
  const index = byTellingAttribute(wanted);
  let prices = 0;
  for await (const record of records) {
    if (record.fields.length !== columns.count)
      throw new PriceListError(
        url,
        `line ${record.line}: ${record.fields.length} fields where the header has ${columns.count}; is the file cut short?`,
      );
    prices++;
    const value = (name: string): string => record.fields[columns.at.get(name) ?? -1] ?? '';
    if (value('termtype') !== 'OnDemand' || value('currency') !== 'USD') continue;
    const attribute = (name: string): string =>
      name === 'usagetype' ? withoutPrefix(value(name), region) : value(name);
    const candidates = [...index].flatMap(([name, values]) => values.get(attribute(name)) ?? []);
    for (const want of candidates) {
      if (!want.match.every(([name, expected]) => attribute(name) === expected)) continue;
      const line: Line = {
        sku: value('sku'),
        from: value('startingrange'),
        to: value('endingrange'),
        usd: value('priceperunit'),
      };
      if (![line.from, line.usd].every((text) => /^\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)))
        throw new PriceListError(
          url,
          `line ${record.line}: range '${line.from}' or price '${line.usd}' is not a number`,
        );
      want.lines.set(line.sku, [...(want.lines.get(line.sku) ?? []), line]);
    }
  }
  if (prices === 0) throw new PriceListError(url, 'the file has no prices');
  const found: FoundPrice[] = [];
  const notFound: { row: PriceRow; reason: string }[] = [];
  for (const want of wanted) {
    const settled = settle(want, url);
    if (typeof settled === 'string') notFound.push({ row: want.row, reason: settled });
    else found.push(settled);
  }
  return { ...about, found, notFound };
}
