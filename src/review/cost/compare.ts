/**
 * The difference of two reports: of two revisions, stages or usages. Lines are the same when resource and price are;
 * stages have other stacks of the same resources, so between reports without a stack in common the stack does not count.
 */
import type {
  CostComparison,
  CostLine,
  CostReport,
  GroupChange,
  Levels,
  LevelsChange,
  LineChange,
  NotPricedEntry,
  Total,
} from './report.ts';
import { perLevel } from './totals.ts';

/** Whether one of the two figures of a line changed; another quantity alone may cost the same. */
export const hasMoved = ({ usd, usdWithoutFree }: LineChange): boolean =>
  usd.before !== usd.after || usdWithoutFree.before !== usdWithoutFree.after;

/** Amounts closer than this are the same: a hundredth of a cent. */
const same = 0.0001;

export function compareCosts(before: CostReport, after: CostReport): CostComparison {
  const stacks = new Set(before.lines.map(({ resource }) => resource.stack));
  const isStage = !after.lines.some(({ resource }) => stacks.has(resource.stack));
  const old = keyed(before.lines, isStage);
  const now = keyed(after.lines, isStage);
  const lines: LineChange[] = [];
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const was = old.get(key);
    const is = now.get(key);
    const line = is ?? was;
    if (line === undefined) continue;
    const usd = { before: was?.usd.expected ?? 0, after: is?.usd.expected ?? 0 };
    const usdWithoutFree = {
      before: was?.usdWithoutFree.expected ?? 0,
      after: is?.usdWithoutFree.expected ?? 0,
    };
    const quantity = { before: was?.quantity.expected ?? 0, after: is?.quantity.expected ?? 0 };
    const change = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed';
    if (
      change === 'changed' &&
      [usd, usdWithoutFree].every((money) => Math.abs(money.after - money.before) < same) &&
      quantity.after === quantity.before
    )
      continue;
    lines.push({ ...nameOf(line), change, quantity, usd, usdWithoutFree });
  }
  lines.sort(
    (a, b) =>
      Math.abs(b.usdWithoutFree.after - b.usdWithoutFree.before) -
        Math.abs(a.usdWithoutFree.after - a.usdWithoutFree.before) ||
      (a.fingerprint < b.fingerprint ? -1 : 1),
  );
  return {
    before: before.name,
    after: after.name,
    lines,
    totals: levelsChange(before.totals.all, after.totals.all),
    totalsWithoutFree: levelsChange(before.totals.allWithoutFree, after.totals.allWithoutFree),
    byService: groups(before.totals.byService, after.totals.byService),
    byBlock: groups(before.totals.byBlock, after.totals.byBlock),
    notPriced: {
      added: missingFrom(before.notPriced, after.notPriced, isStage),
      removed: missingFrom(after.notPriced, before.notPriced, isStage),
    },
  };
}

const nameOf = ({ fingerprint, resource, price, service, what, unit }: CostLine) => ({
  fingerprint,
  resource,
  price,
  service,
  what,
  unit,
});

const levelsChange = (before: Levels, after: Levels): LevelsChange => ({
  before,
  after,
  difference: perLevel((level) => after[level] - before[level]),
});

function groups(before: readonly Total[], after: readonly Total[]): readonly GroupChange[] {
  const was = new Map(before.map((total) => [total.key, total]));
  const is = new Map(after.map((total) => [total.key, total]));
  return [...new Set([...is.keys(), ...was.keys()])].map((key) => {
    const change = (figure: 'usd' | 'usdWithoutFree') => ({
      before: was.get(key)?.[figure].expected ?? 0,
      after: is.get(key)?.[figure].expected ?? 0,
    });
    return { key, usd: change('usd'), usdWithoutFree: change('usdWithoutFree') };
  });
}

function missingFrom(known: readonly NotPricedEntry[], list: readonly NotPricedEntry[], isStage: boolean) {
  const keyOf = ({ resource, what }: NotPricedEntry) =>
    `${isStage ? resource.logicalId : resource.id}|${what}`;
  const keys = new Set(known.map(keyOf));
  return list.filter((entry) => !keys.has(keyOf(entry)));
}

/** Where two stacks have the same logical id, the first of one is compared with the first of the other. */
function keyed(lines: readonly CostLine[], isStage: boolean): ReadonlyMap<string, CostLine> {
  const found = new Map<string, CostLine>();
  for (const line of lines) {
    const { id, logicalId } = line.resource;
    const key = isStage ? `${logicalId}${line.fingerprint.slice(id.length)}` : line.fingerprint;
    let unique = key;
    for (let count = 2; found.has(unique); count++) unique = `${key}#${count}`;
    found.set(unique, line);
  }
  return found;
}
