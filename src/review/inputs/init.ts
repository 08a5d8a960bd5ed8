/**
 * Writes the review file: every setting with its default, and every question that the template raises. An existing file
 * keeps every word; parts and entries that it lacks are added.
 */
import { isMap, isScalar, type Node, parseDocument } from 'yaml';
import type { Architecture } from '../../architecture/index.ts';
import { loadQuestions } from '../capacity/load/init.ts';
import { usageQuestions } from '../cost/usage/init.ts';
import { readinessQuestions } from '../readiness/answers.ts';
import type { ReadinessItem } from '../readiness/report.ts';
import { type Entry, entriesOf, type ReviewFilePart } from './init-part.ts';

const head = `# What \`slipway review\` cannot read from the template, and what must hold for it to exit with 0.
# Everything is optional. Lines that begin with # show a default or a question; remove the # to set or answer it.

`;

const gates: ReviewFilePart = {
  key: 'gates',
  text: `gates:
  findings: high          # open findings of this severity or worse fail: critical, high, medium, low, info, never
  # budget: 100           # USD a month at expected use; or { low: 20, expected: 100, high: 400 }
  freeTier: false         # true: no other app of the account uses its free tier, so budgets judge the cost after it
  notPriced: false        # fail when something that costs money has no price
  objectives: true        # fail when an objective under load is missed
  recovery: true          # fail when a target under recovery is missed
  readiness: false        # fail when an item that blocks the launch is not answered yes
`,
  growing: [],
};

const packs: ReviewFilePart = {
  key: 'packs',
  text: `packs: [AwsSolutions]     # of cdk-nag: AwsSolutions, HIPAA, NIST, PCI, Serverless
# prices: slipway-prices.json   # prices that slipway prices refresh wrote, relative to this file
`,
  growing: [],
};

const recovery: ReviewFilePart = {
  key: 'recovery',
  text: `recovery:
  # rto: 1h               # back after at most this, in every scenario
  # rpo: 15m              # at most these minutes of writes lost
  # lost-region: { rto: 1d, rpo: 1h }   # software-fault, lost-instance, lost-zone, lost-region, deleted, bad-deploy
  # dataGb: { default: 10 }             # GB in each store; by its id Stack/LogicalId
  # respond: 15m - 1h     # from the alarm until somebody acts
  # unattended: 1h - 64h  # until somebody notices when nothing tells them
  # rollback: 10m - 30m   # to put the previous version back
  # redeploy: 30m - 2h    # to deploy the whole app where nothing of it is left
  # backlog: 5m           # age of the oldest message that usually waits in a queue
  # restore: {}           # what rehearsed restores took, by store: { Stack/Table: 40m }
`,
  growing: [],
};

/** @param items the launch list as the review answers it; those for people become questions */
export function initReviewFile(app: Architecture, items: readonly ReadinessItem[], existing = ''): string {
  // What cannot be read is its owner's to fix.
  if (parseDocument(existing).errors.length > 0) return existing;
  const parts = [gates, packs, usageQuestions(app), loadQuestions(app), recovery, readinessQuestions(items)];
  if (existing.trim() === '') return head + parts.map(({ text }) => text).join('\n');
  let text = existing.endsWith('\n') ? existing : `${existing}\n`;
  for (const part of parts) {
    if (!isMap(parseDocument(text).contents) || !hasKey(text, part.key)) text += `\n${part.text}`;
    else for (const { path, entries } of part.growing) text = withEntries(text, path, entries);
  }
  return text === `${existing}\n` ? existing : text;
}

function hasKey(text: string, key: string): boolean {
  const { contents } = parseDocument(text);
  return isMap(contents) && contents.has(key);
}

/** Adds the entries that the map at this path lacks, after its last one. A map in braces is left as it is. */
function withEntries(text: string, path: readonly string[], entries: readonly Entry[]): string {
  const found = findPair(text, path);
  if (found === undefined) return text;
  const { value, keyOffset } = found;
  const isEmptyMap = isMap(value) && value.items.length === 0;
  if (value !== null && !isEmptyMap && (!isMap(value) || value.flow === true)) return text;
  const present = new Set(
    isMap(value) ? value.items.map(({ key }) => String(isScalar(key) ? key.value : key)) : [],
  );
  const missing = entries.filter(({ names }) => !names.some((name) => present.has(name)));
  if (missing.length === 0) return text;
  const lines = text.split('\n');
  const keyLine = text.slice(0, keyOffset).split('\n').length - 1;
  const indentation = indentationOf(lines[keyLine] ?? '');
  const last = lastLineOf(lines, keyLine, indentation);
  const of = lines.slice(keyLine + 1, last + 1).find((line) => line.trim() !== '' && !/^\s*#/.test(line));
  if (isEmptyMap) lines[keyLine] = (lines[keyLine] ?? '').replace(/\{\s*\}/, '').trimEnd();
  const added = entriesOf(missing, of === undefined ? indentation + 2 : indentationOf(of)).trimEnd();
  lines.splice(last + 1, 0, added);
  return lines.join('\n');
}

function findPair(
  text: string,
  path: readonly string[],
): { readonly value: Node | null; readonly keyOffset: number } | undefined {
  let here: unknown = parseDocument(text).contents;
  let pair: { readonly key: unknown; readonly value: unknown } | undefined;
  for (const name of path) {
    if (!isMap(here)) return undefined;
    pair = here.items.find(({ key }) => isScalar(key) && key.value === name);
    here = pair?.value;
  }
  if (pair === undefined || !isScalar(pair.key)) return undefined;
  const value = isScalar(here) && here.value === null ? null : isMap(here) || isScalar(here) ? here : null;
  return { value, keyOffset: pair.key.range?.[0] ?? 0 };
}

const indentationOf = (line: string): number => /^ */.exec(line)?.[0].length ?? 0;

/** The last line that belongs to the key on a line: lines further in, comments among them included. */
function lastLineOf(lines: readonly string[], keyLine: number, indentation: number): number {
  let last = keyLine;
  for (let i = keyLine + 1; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line.trim() === '') continue;
    if (indentationOf(line) <= indentation) break;
    last = i;
  }
  return last;
}
