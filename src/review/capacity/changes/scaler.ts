/** The resource and the properties that hold the bounds of workers or an endpoint. */

import { type Resource, scalingOf } from '../../../architecture/index.ts';
import type { Candidate } from './change.ts';

interface Scaler {
  readonly resource: Resource;
  readonly min: string;
  readonly max: string;
  readonly count: string;
}

export function scalerOf({ node, resource, model }: Candidate): Scaler {
  if (resource.properties.MaxSize !== undefined)
    return { resource, min: 'MinSize', max: 'MaxSize', count: 'DesiredCapacity' };
  const [target] = scalingOf(model.app, resource).bounds;
  if (target !== undefined)
    return { resource: target, min: 'MinCapacity', max: 'MaxCapacity', count: 'MinCapacity' };
  const count =
    node.kind === 'endpoint'
      ? 'ProductionVariants/0/InitialInstanceCount (of its EndpointConfig)'
      : 'DesiredCount';
  return { resource, min: count, max: count, count };
}
