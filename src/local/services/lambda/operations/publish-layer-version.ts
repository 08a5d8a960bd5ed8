import { operation } from '../../../service.ts';
import { storeCode } from '../code.ts';
import type { LambdaContext } from '../context.ts';
import { layerArn, readLayerName, shownLayer } from '../layers.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html */
export const publishLayerVersion = (context: LambdaContext) =>
  operation('lambda', 'PublishLayerVersion', {
    accepts: 'all',
    access: (input) => ({
      action: 'lambda:PublishLayerVersion',
      resource: layerArn(context.env, readLayerName(input.LayerName)),
    }),
    async handle(input, call) {
      const { env, records } = context;
      const name = readLayerName(input.LayerName);
      const code = await storeCode(input.Content ?? {}, context.code, env, call);
      const layer = env.store.transaction(() => {
        const version = (records.layerCounters.get(name) ?? 0) + 1;
        const record = {
          name,
          version,
          description: input.Description,
          license: input.LicenseInfo,
          runtimes: input.CompatibleRuntimes ?? [],
          architectures: input.CompatibleArchitectures ?? [],
          codeSha256: code.sha256,
          codeSize: code.size,
          unpackedSize: code.unpackedSize,
          createdAt: env.clock.now(),
        };
        records.layerCounters.put(name, version);
        records.layers.put([name, version], record);
        return record;
      });
      return shownLayer(layer, env);
    },
  });
