/**
 * Findings and the acknowledgements that stand in the code. A valid one closes its findings; an expired one does not;
 * one without reason or expiry, or that covers nothing, is a finding itself. Merge findings of several tools before:
 * an acknowledgement may name any of the rules that a finding is known by.
 */

import { type Architecture, resourceRef } from '../../architecture/index.ts';
import type { Finding, Severity } from '../finding.ts';
import { type Declared, declaredAcknowledgements } from './declared.ts';

const acknowledgementRules = {
  'acknowledgement-incomplete': {
    title: 'Every acknowledgement has a rule, a reason and a day on which it expires',
    severity: 'medium',
    why: 'Without a reason nobody can judge it, and without an expiry nobody ever will. It does not count.',
  },
  'acknowledgement-unused': {
    title: 'Every acknowledgement covers a finding',
    severity: 'low',
    why: 'It would silently accept the finding when it comes back, for a reason that was given for something else.',
  },
} as const satisfies Record<string, { title: string; severity: Severity; why: string }>;

interface AcknowledgementOptions {
  /** Ids of every rule that was run. Default: those of the findings. */
  readonly ran?: ReadonlySet<string>;
  /** Whether only some sections were asked for: an acknowledgement of a rule that was not run may then have its use. */
  readonly isPartial?: boolean;
}

/** `today`: `YYYY-MM-DD`. */
export function applyAcknowledgements(
  findings: readonly Finding[],
  app: Architecture,
  today: string,
  options: AcknowledgementOptions = {},
): Finding[] {
  const declared = declaredAcknowledgements(app);
  const byResource = groupBy(declared, ({ resource }) => resource.id);
  const used = new Set<Declared>();
  const judged = findings.map((finding): Finding => {
    if (finding.acknowledged !== undefined || finding.resource === undefined) return finding;
    const fitting = (byResource.get(finding.resource.id) ?? []).filter((one) => coversFinding(one, finding));
    for (const one of fitting) used.add(one);
    const own = fitting.filter((one) => one.by === 'slipway');
    const complete = own.filter((one) => problemsOf(one).length === 0);
    const chosen = complete.find((one) => isValid(one, today)) ?? complete[0];
    if (chosen?.reason !== undefined) {
      const state = isValid(chosen, today) ? 'valid' : 'expired';
      return { ...finding, acknowledged: { reason: chosen.reason, expires: chosen.expires, state } };
    }
    // The blocks tell other tools too: those must not keep alive what was declared to us badly.
    const other = own.length > 0 ? undefined : fitting.find((one) => one.by === 'other');
    if (other === undefined) return finding;
    const reason = other.reason?.trim() || 'no reason was given';
    return { ...finding, acknowledged: { reason, state: 'valid' } };
  });
  const ran = options.ran ?? new Set(findings.flatMap(rulesOf));
  return [...judged, ...ownFindings(declared, used, ran, options.isPartial ?? false)];
}

function ownFindings(
  declared: readonly Declared[],
  used: ReadonlySet<Declared>,
  ran: ReadonlySet<string>,
  isPartial: boolean,
): Finding[] {
  // One declaration on a construct counts for every resource below it, and is one finding.
  const groups = groupBy(
    declared.filter(({ by }) => by === 'slipway'),
    (one) =>
      JSON.stringify(
        [one.on ?? one.resource.id, one.rule, one.about, one.reason, one.expires].map((x) => x ?? null),
      ),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const rule = first.rule ?? 'a rule';
    const what = first.about === undefined ? rule : `${rule} (${first.about})`;
    const problems = problemsOf(first);
    if (problems.length > 0)
      return own('acknowledgement-incomplete', first, {
        title: `The acknowledgement of ${what} ${problems.join(' and ')}, so it does not count.`,
        fix: "Write it as acknowledge(construct, { rule, reason, expires: 'YYYY-MM-DD' }), or in the resource’s Metadata.slipway.acknowledge.",
      });
    if (group.some((one) => used.has(one))) return [];
    if ((isPartial || isOfOtherTool(rule)) && !ran.has(rule)) return [];
    return own('acknowledgement-unused', first, {
      title: `The acknowledgement of ${what} covers no finding.`,
      fix: 'Remove it; or fix its rule, or what it is about, if the finding it was made for is still open.',
    });
  });
}

function own(
  rule: keyof typeof acknowledgementRules,
  { resource, on, about, rule: of, reason, expires }: Declared,
  text: Pick<Finding, 'title' | 'fix'>,
): Finding[] {
  const { severity, why } = acknowledgementRules[rule];
  const place = on ?? resource.id;
  const shows = JSON.stringify({ rule: of, about, reason, expires, on });
  const at = `${resource.id}/Metadata/slipway/acknowledge`;
  const fingerprint = [rule, place, of, about].filter(Boolean).join('|');
  const evidence = [{ at, shows }];
  const finding = {
    rule,
    source: 'slipway',
    area: 'template',
    severity,
    why,
    fingerprint,
  } as const;
  return [{ ...finding, ...text, evidence, resource: resourceRef(resource) }];
}

function coversFinding(one: Declared, finding: Finding): boolean {
  if (one.rule === undefined) return false;
  if (one.rule === finding.rule) return one.covers(aboutOf(finding));
  return (finding.alsoReportedBy ?? []).some((id) => {
    const [, rule = id, about] = /^([^[]+)\[(.*)\]$/s.exec(id) ?? [];
    return rule === one.rule && one.covers(about);
  });
}

const rulesOf = (finding: Finding): string[] => [
  finding.rule,
  ...(finding.alsoReportedBy ?? []).map((id) => id.replace(/\[.*\]$/s, '')),
];

/** The third part of a fingerprint: what tells several findings of one rule on one resource apart. */
function aboutOf({ rule, resource, fingerprint }: Finding): string | undefined {
  const before = `${rule}|${resource?.id ?? ''}|`;
  return fingerprint.startsWith(before) ? fingerprint.slice(before.length) : undefined;
}

const isValid = ({ expires }: Declared, today: string): boolean => expires !== undefined && expires >= today;

function problemsOf({ rule, reason, expires }: Declared): string[] {
  const problems: string[] = [];
  if (rule === undefined) problems.push('names no rule');
  if (reason === undefined) problems.push('has no reason');
  if (expires === undefined) problems.push('has no day on which it expires');
  else if (!isDate(expires)) problems.push(`expires on ${JSON.stringify(expires)}, which is no date`);
  return problems;
}

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  );
}

/** `AwsSolutions-S1`, `HIPAA.Security-…`, `W2508`: rules that may not have been run today. */
const isOfOtherTool = (rule: string): boolean => /^([A-Z][\w.]*-|[EFIW]\d{4}$)/.test(rule);

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}
