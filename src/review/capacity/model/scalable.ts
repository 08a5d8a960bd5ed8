/** The scalable target behind a node, from where its bounds were read. */
import type { Resource } from '../../../architecture/index.ts';
import type { SystemNode } from '../simulator/model.ts';
import type { TemplateModel } from './build.ts';

export function namedScalableTarget(
  model: Pick<TemplateModel, 'app'>,
  node: SystemNode,
): Resource | undefined {
  if (node.kind !== 'workers' && node.kind !== 'endpoint') return undefined;
  const source = typeof node.max === 'number' ? '' : node.max.source;
  return model.app
    .ofType('AWS::ApplicationAutoScaling::ScalableTarget')
    .find(({ id }) => source.startsWith(`${id}/`));
}
