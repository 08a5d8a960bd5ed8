/** What the rules on recovery share: asking a flag or number and telling apart yes, no and unknown. */

import type { Resolved } from '../../../architecture/app/model.ts';
import { isUnresolved, type Resource, valueAt } from '../../../architecture/index.ts';
import type { Rule, RuleContext } from '../../finding.ts';

const docs = 'https://docs.aws.amazon.com/';
/** The Guard rule set of the Well-Architected reliability pillar. */
export const pillar =
  'https://docs.aws.amazon.com/config/latest/developerguide/operational-best-practices-for-wa-Reliability-Pillar.html';
/** Trusted Advisor's checks of fault tolerance. */
export const advisor = `${docs}awssupport/latest/user/fault-tolerance-checks.html`;

export interface PropertyRule extends Omit<Rule, 'area' | 'check'> {
  readonly types: readonly string[];
  /** Leaves a resource alone: no member of the set. */
  readonly skip?: (resource: Resource) => boolean;
  readonly property: string;
  /** Whether the value is as it should be. */
  readonly good: (value: Resolved | undefined, resource: Resource) => boolean;
  readonly says: (resource: Resource, value: Resolved | undefined) => string;
  readonly fix: string;
}

/** A rule that asks one property of some types. */
export function propertyRule(rule: PropertyRule): Rule {
  const { types, skip, property, good, says, fix, ...rest } = rule;
  return {
    ...rest,
    area: 'recovery',
    check: (context) => {
      for (const resource of context.app.ofType(...types)) {
        if (skip?.(resource)) continue;
        const value = valueAt(resource.properties, property);
        context.checked();
        if (isUnresolved(value)) context.unclear({ resource, what: property, because: value.reason });
        else if (!good(value, resource))
          context.found({
            resource,
            title: says(resource, value),
            fix,
            evidence: [shown(resource, property, value)],
          });
      }
    },
  };
}

export const shown = (resource: Resource, property: string, value: Resolved | undefined) => ({
  at: `${resource.id}/Properties/${property.replaceAll('.', '/')}`,
  shows: value === undefined ? 'absent' : JSON.stringify(value).slice(0, 120),
});

export const isTrue = (value: Resolved | undefined): boolean => value === true || value === 'true';
export const isOver =
  (least: number) =>
  (value: Resolved | undefined): boolean =>
    Number(value ?? 0) >= least;

export const customRule = (rule: Omit<Rule, 'area'>): Rule => ({ area: 'recovery', ...rule });
export type { RuleContext };
