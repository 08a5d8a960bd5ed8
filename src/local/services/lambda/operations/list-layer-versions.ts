import { operation } from '../../../service.ts';
import type { LambdaContext } from '../context.ts';
import { readLayerName, shownLayer } from '../layers.ts';
import { page } from '../paging.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListLayerVersions.html */
export const listLayerVersions = (context: LambdaContext) =>
  operation('lambda', 'ListLayerVersions', {
    accepts: ['LayerName', 'Marker', 'MaxItems'],
    access: () => ({ action: 'lambda:ListLayerVersions', resource: '*' }),
    handle(input) {
      const { env, records } = context;
      const all = [...records.layers.values({ prefix: readLayerName(input.LayerName) })].toReversed();
      const { items, next } = page(all, input.Marker, input.MaxItems);
      return { LayerVersions: items.map((layer) => shownLayer(layer, env)), NextMarker: next };
    },
  });
