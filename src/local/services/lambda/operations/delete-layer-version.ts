import { operation } from '../../../service.ts';
import type { LambdaContext } from '../context.ts';
import { layerArn, readLayerName } from '../layers.ts';

/** Functions that use it keep it. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteLayerVersion.html */
export const deleteLayerVersion = (context: LambdaContext) =>
  operation('lambda', 'DeleteLayerVersion', {
    accepts: 'all',
    access: (input) => ({
      action: 'lambda:DeleteLayerVersion',
      resource: layerArn(context.env, readLayerName(input.LayerName), input.VersionNumber),
    }),
    handle(input) {
      context.records.layers.delete([readLayerName(input.LayerName), input.VersionNumber ?? 0]);
      return {};
    },
  });
