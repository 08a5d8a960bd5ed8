/** A fixed number of tasks: whatever is above their capacity waits or fails. */
import type { Architecture, Resource } from '../../../architecture/index.ts';
import type { Rule } from '../../finding.ts';
import { num } from '../simulator/quantity.ts';
import { modelFor, nodesOf, taskDefinitionOf } from './model-queries.ts';

export const noScaling: Rule = {
  id: 'no-scaling',
  area: 'capacity',
  title: 'Workers and endpoints grow with their load',
  severity: 'low',
  why: 'With a fixed count, load above it waits without end or is refused, and at night the same number is paid for.',
  reference: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html',
  check(context) {
    const { unresolved } = modelFor(context.app);
    for (const kind of ['workers', 'endpoint'] as const)
      for (const { node, resource, label } of nodesOf(context.app, kind)) {
        context.checked();
        const left = unresolved.find(({ because }) => because.includes('nothing scales by it'));
        const scales = num(node.max) > num(node.min) && (node.policies ?? []).length > 0;
        if (scales) continue;
        if (num(node.max) > num(node.min) && left !== undefined) {
          context.unclear({ resource, what: 'its scaling policy', because: left.because });
          continue;
        }
        const count = num(node.max) > num(node.min) ? num(node.desired) : num(node.max);
        context.found({
          resource,
          title: `${label} stays at ${count} ${wordOf(context.app, resource)}${count === 1 ? '' : 's'}, whatever the load`,
          fix: 'Add a scalable target with MaxCapacity above MinCapacity and a policy that follows the load (backlog per task, or requests per target).',
          evidence: [
            {
              at: resource.id,
              shows: `from ${num(node.min)} to ${num(node.max)}, ${(node.policies ?? []).length} policies`,
            },
          ],
        });
      }
  },
};

const wordOf = (app: Architecture, resource: Resource): string =>
  taskDefinitionOf(app, resource) === undefined ? 'instance' : 'task';
