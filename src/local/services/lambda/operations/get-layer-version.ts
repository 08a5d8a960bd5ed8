import { operation } from '../../../service.ts';
import type { LambdaContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { layerArn, readLayerName, shownLayer } from '../layers.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersion.html */
export const getLayerVersion = (context: LambdaContext) =>
  operation('lambda', 'GetLayerVersion', {
    accepts: 'all',
    access: (input) => ({
      action: 'lambda:GetLayerVersion',
      resource: layerArn(context.env, readLayerName(input.LayerName), input.VersionNumber),
    }),
    handle(input) {
      const { env, records } = context;
      const layer = records.layers.get([readLayerName(input.LayerName), input.VersionNumber ?? 0]);
      if (!layer) throw notFound('The resource you requested does not exist.');
      return shownLayer(layer, env);
    },
  });
