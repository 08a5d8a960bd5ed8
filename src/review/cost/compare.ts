/**
 * The difference of two reports: of two revisions, stages or usages. Lines are the same when resource and price are;
 * stages have other stacks of the same resources, so between reports without a stack in common the stack does not count.
 */
import type { CostComparison, CostLine, CostReport, LineChange, NotPricedEntry, Total } from './report.ts';
import { perLevel } from './totals.ts';

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
    const quantity = { before: was?.quantity.expected ?? 0, after: is?.quantity.expected ?? 0 };
    const change = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed';
    if (change === 'changed' && Math.abs(usd.after - usd.before) < same && quantity.after === quantity.before)
      continue;
    lines.push({ ...nameOf(line), change, quantity, usd });
  }
  lines.sort(
    (a, b) =>
      Math.abs(b.usd.after - b.usd.before) - Math.abs(a.usd.after - a.usd.before) ||
      (a.fingerprint < b.fingerprint ? -1 : 1),
  );
  return {
    before: before.name,
    after: after.name,
    lines,
    totals: {
      before: before.totals.all,
      after: after.totals.all,
      difference: perLevel((level) => after.totals.all[level] - before.totals.all[level]),
    },
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

function groups(before: readonly Total[], after: readonly Total[]) {
  const was = new Map(before.map((total) => [total.key, total.usd.expected]));
  const is = new Map(after.map((total) => [total.key, total.usd.expected]));
  return [...new Set([...is.keys(), ...was.keys()])].map((key) => ({
    key,
    before: was.get(key) ?? 0,
    after: is.get(key) ?? 0,
  }));
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
