/** What checks share: surveys over resources, and results of other sections. */

import type { Evidence, Resource } from '../../architecture/index.ts';
import { type Finding, isOpen } from '../finding.ts';
import type { Check, ReadinessInputs, RuleResult } from './model.ts';

export const answer = (
  what: Check['answer'],
  from: Check['from'],
  because: string,
  evidence: readonly Evidence[] = [],
  resources: readonly Resource[] = [],
): Check => ({ answer: what, from, because, evidence, resources });

export const notApplicable = (because: string): Check => answer('not-applicable', 'template', because);

/** true: as it should be. false: not. A text: cannot be told, and why. */
type Judgement = boolean | string;

interface Survey {
  readonly resources: readonly Resource[];
  readonly judge: (resource: Resource) => Judgement;
  /** What the resources are, in the plural: `stores`. */
  readonly what: string;
  /** After the plural: `are encrypted`. */
  readonly are: string;
  /** Shown for one that is not: `StorageEncrypted is off`. */
  readonly lacks: string;
}

export function survey({ resources, judge, what, are, lacks }: Survey): Check {
  if (resources.length === 0) return notApplicable(`The template has no ${what}.`);
  const bad = resources.filter((resource) => judge(resource) === false);
  const unclear = resources.flatMap((resource) => {
    const judged = judge(resource);
    return typeof judged === 'string' ? [{ resource, because: judged }] : [];
  });
  const good = resources.length - bad.length - unclear.length;
  const evidence = [
    ...bad.map(({ id }) => ({ at: id, shows: lacks })),
    ...unclear.map(({ resource, because }) => ({ at: resource.id, shows: because })),
  ].slice(0, 20);
  const count = `${good} of ${resources.length} ${what} ${are}`;
  if (bad.length === 0 && unclear.length === 0)
    return answer(
      'yes',
      'template',
      `${count}.`,
      resources.slice(0, 20).map(({ id }) => ({ at: id, shows: are })),
      resources,
    );
  if (bad.length === 0)
    return answer(
      'cannot-tell',
      'template',
      `${count}; of the rest it cannot be told.`,
      evidence,
      unclear.map(({ resource }) => resource),
    );
  return answer(
    good === 0 && unclear.length === 0 ? 'no' : 'partly',
    'template',
    `${count}; not: ${names(bad)}.`,
    evidence,
    bad,
  );
}

const names = (resources: readonly Resource[]): string =>
  resources.length <= 3
    ? resources.map(({ name }) => name).join(', ')
    : `${resources
        .slice(0, 3)
        .map(({ name }) => name)
        .join(', ')} and ${resources.length - 3} more`;

/** From rules of another section: no finding is a yes. */
export function fromRules(inputs: ReadinessInputs, ids: readonly string[], holds: string): Check {
  if (inputs.recovery === undefined) return notReviewed('recovery');
  const results = inputs.recovery.rules.filter(({ rule }) => ids.includes(rule));
  const asked = results.filter(({ verdict }) => verdict !== 'not-applicable');
  if (asked.length === 0) return notApplicable('The template has nothing that this is about.');
  return fromResults(inputs, asked, holds);
}

function fromResults(inputs: ReadinessInputs, results: readonly RuleResult[], holds: string): Check {
  const findings = results.flatMap(({ findings: found }) => found).filter(isOpen);
  const unclear = results.flatMap((result) => result.unclear);
  const checked = results.reduce((sum, result) => sum + result.checked, 0);
  if (findings.length > 0) return failed(inputs, findings, findings.length >= checked ? 'no' : 'partly');
  if (unclear.length > 0)
    return answer(
      'cannot-tell',
      'review',
      `Cannot be told for ${unclear.length} of ${checked}: ${unclear[0]?.because ?? ''}.`,
      unclear.map(({ resource, what, because }) => ({ at: resource?.id ?? what, shows: because })),
    );
  return answer(
    'yes',
    'review',
    `${holds} (${checked} looked at).`,
    results.map(({ rule, checked: count }) => ({ at: rule, shows: `${count} looked at, nothing found` })),
  );
}

function failed(inputs: ReadinessInputs, findings: readonly Finding[], what: 'no' | 'partly'): Check {
  const [first] = findings;
  const more = findings.length > 1 ? ` And ${findings.length - 1} more.` : '';
  return answer(
    what,
    'review',
    `${(first?.title ?? '').replace(/\.$/, '')}.${more}`,
    findings.slice(0, 20).map(({ title, resource, rule }) => ({ at: resource?.id ?? rule, shows: title })),
    findings.flatMap(({ resource }) => (resource === undefined ? [] : (inputs.app.byId(resource.id) ?? []))),
  );
}

export const notReviewed = (section: string): Check =>
  answer('cannot-tell', 'nobody', `The ${section} section was not run with this review.`);

/** From findings of the security section that `match`. */
export function fromSecurity(
  inputs: ReadinessInputs,
  match: (finding: Finding) => boolean,
  holds: string,
): Check {
  if (inputs.security === undefined) return notReviewed('security');
  const open = inputs.security.filter((finding) => match(finding) && isOpen(finding));
  if (open.length > 0) return failed(inputs, open, 'no');
  const accepted = inputs.security.filter((finding) => match(finding) && !isOpen(finding)).length;
  return answer(
    'yes',
    'review',
    `${holds}${accepted > 0 ? `; ${accepted} acknowledged with a reason` : ''}.`,
  );
}
