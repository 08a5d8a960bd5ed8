/**
 * One problem once: a finding that another one tells better (same-problem.ts) is left out and named in the other's
 * `alsoReportedBy`. Acknowledge after merging: an acknowledgement may name either rule.
 */

import type { Architecture } from '../../../architecture/index.ts';
import type { Finding, RuleResult } from '../../finding.ts';
import { sameProblems } from './same-problem.ts';

export function mergeFindings(findings: readonly Finding[], app: Architecture): Finding[] {
  const unique = new Map<string, Finding>();
  for (const finding of findings)
    if (!unique.has(finding.fingerprint)) unique.set(finding.fingerprint, finding);
  const first = new Map<string, Finding>();
  for (const finding of unique.values()) {
    const key = place(finding.rule, finding.resource?.id);
    if (!first.has(key)) first.set(key, finding);
  }
  const toldBetter = (finding: Finding): Finding | undefined => {
    const ids = new Set([finding.rule, ...(finding.alsoReportedBy ?? [])]);
    for (const { rule, as, on, about } of sameProblems) {
      if (!ids.has(rule) || (about !== undefined && !about.test(aboutOf(finding)))) continue;
      const better = placesOf(finding, on, app).map((id) => first.get(place(as, id)));
      const found = better.find((one) => one !== undefined && one !== finding);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const others = new Map<Finding, string[]>();
  const kept: Finding[] = [];
  for (const finding of unique.values()) {
    let stays = finding;
    // A row may lead to a finding that is itself told better by a third.
    for (let next = toldBetter(finding); next !== undefined; next = toldBetter(next)) stays = next;
    if (stays === finding) kept.push(finding);
    else
      others.set(stays, [...(others.get(stays) ?? []), nameOf(finding), ...(finding.alsoReportedBy ?? [])]);
  }
  return kept.map((finding) => {
    const also = [...new Set([...(finding.alsoReportedBy ?? []), ...(others.get(finding) ?? [])])];
    return also.length === 0 ? finding : { ...finding, alsoReportedBy: also };
  });
}

/** The same over results of rules: a result keeps its verdict, since its rule did find what another tells. */
export function mergeResults(results: readonly RuleResult[], app: Architecture): RuleResult[] {
  const merged = mergeFindings(
    results.flatMap(({ findings }) => findings),
    app,
  );
  const byFingerprint = new Map(merged.map((finding) => [finding.fingerprint, finding]));
  return results.map((result) => ({
    ...result,
    findings: result.findings.flatMap(({ fingerprint }) => byFingerprint.get(fingerprint) ?? []),
  }));
}

const place = (rule: string, resourceId: string | undefined): string => `${rule}|${resourceId ?? ''}`;

function placesOf({ resource }: Finding, on: string | undefined, app: Architecture): readonly string[] {
  if (resource === undefined) return [];
  if (on === undefined) return [resource.id];
  const uses = app.byId(resource.id)?.uses ?? [];
  return uses.flatMap(({ to }) => (to.type === on ? to.id : []));
}

const aboutOf = ({ rule, resource, fingerprint }: Finding): string =>
  fingerprint.slice(`${rule}|${resource?.id ?? ''}|`.length);

/** With what it is about, as cdk-nag writes it: `AwsSolutions-IAM5[Action::s3:*]`. */
function nameOf(finding: Finding): string {
  const about = finding.source === 'cdk-nag' ? aboutOf(finding) : '';
  return about === '' ? finding.rule : `${finding.rule}[${about}]`;
}
