/**
 * Reads AWS's price list for the rows of the table and says what it found, what it did not, what changed, and which
 * files could not be used. Writes nothing. A file that cannot be used contributes no price at all.
 */
import { everywhere, type PriceOverrides, type PriceRow, type RegionPrice } from '../prices/model.ts';
import { priceRows } from '../prices/table.ts';
import { open, type PriceFetch, readOffers } from './indexes.ts';
import { type PriceFile, readPriceFile } from './price-file.ts';
import { PriceListError } from './problem.ts';

interface RefreshOptions {
  readonly fetch: PriceFetch;
  readonly regions: readonly string[];
  /** The table's rows by default. */
  readonly rows?: readonly PriceRow[];
  readonly host?: string;
  /** Called before a file is read; EC2's has hundreds of megabytes. */
  readonly onFile?: (url: string) => void;
}

interface RefreshedPrice extends RegionPrice {
  readonly id: string;
  readonly region: string;
}

interface Unfound {
  readonly id: string;
  readonly region: string;
  readonly reason: string;
}

interface PriceChange {
  readonly id: string;
  readonly region: string;
  /** Absent where the table has no price for the region. */
  readonly before?: RegionPrice;
  readonly after: RegionPrice;
}

export interface Refreshed {
  readonly prices: readonly RefreshedPrice[];
  readonly notFound: readonly Unfound[];
  readonly changed: readonly PriceChange[];
  /** Files that were refused or could not be read, and why; their rows are in `notFound` too. */
  readonly failures: readonly { readonly url: string; readonly message: string }[];
  /** Rows that only a person can refresh: the list does not name them. */
  readonly byHand: readonly string[];
}

const sameTiers = (a: RegionPrice, b: RegionPrice): boolean => {
  const shape = (price: RegionPrice) =>
    JSON.stringify(price.tiers.map(({ upTo, usd }) => [upTo ?? null, Number(usd)]));
  return shape(a) === shape(b);
};

interface Task {
  readonly offer: string;
  readonly region: string;
  readonly rows: readonly PriceRow[];
}

function tasksOf(rows: readonly PriceRow[], regions: readonly string[]): readonly Task[] {
  const tasks = new Map<string, { offer: string; region: string; rows: PriceRow[] }>();
  for (const row of rows) {
    if (!row.bulk) continue;
    for (const region of everywhere in row.regions ? [everywhere] : regions) {
      const key = `${row.bulk.offer} ${region}`;
      const task = tasks.get(key) ?? { offer: row.bulk.offer, region, rows: [] };
      task.rows.push(row);
      tasks.set(key, task);
    }
  }
  return [...tasks.values()];
}

export async function refreshPrices(options: RefreshOptions): Promise<Refreshed> {
  const { fetch, regions, rows = priceRows, host } = options;
  const prices: RefreshedPrice[] = [];
  const notFound: Unfound[] = [];
  const changed: PriceChange[] = [];
  const failures = new Map<string, { url: string; message: string }>();
  const byHand = rows.filter((row) => !row.bulk).map((row) => row.id);

  const fail = (task: Task, error: unknown): void => {
    if (!(error instanceof PriceListError)) throw error;
    failures.set(`${error.url} ${error.message}`, { url: error.url, message: error.message });
    for (const row of task.rows)
      notFound.push({ id: row.id, region: task.region, reason: `${error.url}: ${error.message}` });
  };

  const take = (task: Task, url: string, file: PriceFile): void => {
    for (const { row, tiers } of file.found) {
      const after: RegionPrice = { tiers, source: url, date: file.publicationDate, verified: 'aws' };
      const before = row.regions[task.region];
      prices.push({ id: row.id, region: task.region, ...after });
      if (!before || !sameTiers(before, after))
        changed.push({ id: row.id, region: task.region, ...(before ? { before } : {}), after });
    }
    for (const { row, reason } of file.notFound) notFound.push({ id: row.id, region: task.region, reason });
  };

  const tasks = tasksOf(rows, regions);
  let offers: Awaited<ReturnType<typeof readOffers>> | undefined;
  for (const task of tasks) {
    try {
      offers ??= await readOffers(fetch, host);
      const url = await offers.fileOf(task.offer, task.region === everywhere ? undefined : task.region);
      options.onFile?.(url);
      const { body } = await open(fetch, url);
      if (!body) throw new PriceListError(url, 'answered without a body');
      const bytes = readable(body, url);
      take(task, url, await readPriceFile(bytes, { url, ...task }));
    } catch (error) {
      fail(task, error);
    }
  }
  return { prices, notFound, changed, failures: [...failures.values()], byHand };
}

/** A connection that breaks off is a file that cannot be used, like any other. */
async function* readable(body: AsyncIterable<Uint8Array>, url: string): AsyncGenerator<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  for (;;) {
    let step: IteratorResult<Uint8Array>;
    try {
      step = await chunks.next();
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new PriceListError(url, `broke off while it was read: ${why}`, { cause });
    }
    if (step.done) return;
    yield step.value;
  }
}

/** The prices as the lookup takes them. */
export function overridesOf(prices: readonly RefreshedPrice[]): PriceOverrides {
  const byId: Record<string, Record<string, RegionPrice>> = {};
  for (const { id, region, ...price } of prices) byId[id] = { ...byId[id], [region]: price };
  return byId;
}
