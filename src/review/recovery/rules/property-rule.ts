/** How recovery rules are written: a rule on one property, a rule with its own check, and what both refer to. */
import type { Resolved } from '../../../architecture/app/model.ts';
import { isUnresolved, type Resource, valueAt } from '../../../architecture/index.ts';
import type { Rule } from '../../finding.ts';

const docs = 'https://docs.aws.amazon.com/';
/** The Guard rule set of the Well-Architected reliability pillar. */
export const reliabilityPillar =
  'https://docs.aws.amazon.com/config/latest/developerguide/operational-best-practices-for-wa-Reliability-Pillar.html';
/** Trusted Advisor's checks of fault tolerance. */
export const trustedAdvisor = `${docs}awssupport/latest/user/fault-tolerance-checks.html`;

interface PropertyRule extends Omit<Rule, 'area' | 'check'> {
  readonly types: readonly string[];
  /** The rule does not apply to the resource. */
  readonly skip?: (resource: Resource) => boolean;
  readonly property: string;
  /** Whether the value meets the rule. */
  readonly isMet: (value: Resolved | undefined, resource: Resource) => boolean;
  readonly finding: (resource: Resource, value: Resolved | undefined) => string;
  readonly fix: string;
}

/** A rule on the value of one property. An unresolved value is reported as unclear. */
export function propertyRule(rule: PropertyRule): Rule {
  const { types, skip, property, isMet, finding, fix, ...rest } = rule;
  return {
    ...rest,
    area: 'recovery',
    check: (context) => {
      for (const resource of context.app.ofType(...types)) {
        if (skip?.(resource)) continue;
        const value = valueAt(resource.properties, property);
        context.checked();
        if (isUnresolved(value)) context.unclear({ resource, what: property, because: value.reason });
        else if (!isMet(value, resource))
          context.found({
            resource,
            title: finding(resource, value),
            fix,
            evidence: [propertyEvidence(resource, property, value)],
          });
      }
    },
  };
}

export const propertyEvidence = (resource: Resource, property: string, value: Resolved | undefined) => ({
  at: `${resource.id}/Properties/${property.replaceAll('.', '/')}`,
  shows: value === undefined ? 'absent' : JSON.stringify(value).slice(0, 120),
});

export const isTrue = (value: Resolved | undefined): boolean => value === true || value === 'true';
export const isAtLeast =
  (least: number) =>
  (value: Resolved | undefined): boolean =>
    Number(value ?? 0) >= least;

export const recoveryRule = (rule: Omit<Rule, 'area'>): Rule => ({ area: 'recovery', ...rule });
