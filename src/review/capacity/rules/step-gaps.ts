/** Steps of a policy must join: Auto Scaling refuses gaps and overlaps when the stack is deployed. */

import {
  isUnresolved,
  listAt,
  numberAt,
  type Resource,
  typesWith,
  valueAt,
} from '../../../architecture/index.ts';
import type { Rule } from '../../finding.ts';
import { propertyOf } from '../model/context.ts';

/** Of a policy of Application Auto Scaling, and of one of EC2 Auto Scaling. */
const paths = ['StepScalingPolicyConfiguration.StepAdjustments', 'StepAdjustments'];

export const stepGaps: Rule = {
  id: 'step-scaling-gaps',
  area: 'capacity',
  title: 'The steps of a scaling policy join without gaps or overlaps',
  severity: 'high',
  why: 'Auto Scaling refuses a policy whose steps overlap or leave a gap: the deployment fails.',
  reference:
    'https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html',
  check(context) {
    for (const policy of context.app.ofType(...typesWith('scales'))) {
      const path = paths.find((one) => valueAt(policy.properties, one) !== undefined);
      if (path === undefined) continue;
      context.checked();
      const steps = boundsOf(policy, path);
      if (steps === undefined) {
        context.unclear({ resource: policy, what: path, because: 'a bound is not known before deployment' });
        continue;
      }
      const broken = steps.slice(1).flatMap((step, index) => {
        const upper = steps[index]?.upper ?? Number.POSITIVE_INFINITY;
        return upper === step.lower ? [] : [`${show(upper)} to ${show(step.lower)}`];
      });
      if (broken.length === 0) continue;
      context.found({
        resource: policy,
        title: `The steps of ${policy.name} do not join: ${broken.join(', ')}`,
        fix: 'Let each step begin where the one before it ends.',
        evidence: [
          {
            at: propertyOf(policy, path),
            shows: steps.map(({ lower, upper }) => `[${show(lower)}, ${show(upper)})`).join(' '),
          },
        ],
      });
    }
  },
};

function boundsOf(policy: Resource, path: string): { lower: number; upper: number }[] | undefined {
  const steps = listAt(policy.properties, path).map((step) => ({
    lower: numberAt(step, 'MetricIntervalLowerBound') ?? Number.NEGATIVE_INFINITY,
    upper: numberAt(step, 'MetricIntervalUpperBound') ?? Number.POSITIVE_INFINITY,
  }));
  const known = steps.flatMap(({ lower, upper }) =>
    isUnresolved(lower) || isUnresolved(upper) ? [] : [{ lower, upper }],
  );
  return known.length < steps.length ? undefined : known.sort((a, b) => a.lower - b.lower);
}

const show = (bound: number): string => (Number.isFinite(bound) ? String(bound) : bound < 0 ? '−∞' : '∞');
