/** Layers: zips that are unpacked beside a function's code. */
import type { GetLayerVersionResponse } from '@aws-sdk/client-lambda';
import type { ServiceEnvironment } from '../../service.ts';
import { lambdaTime } from './configuration.ts';
import { invalidParameter } from './errors.ts';
import type { LayerRecord } from './records.ts';

/** Name or ARN. */
export function readLayerName(text = ''): string {
  const name = /^(?:arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:layer:)?([A-Za-z0-9-_]{1,140})$/.exec(text)?.[1];
  if (name === undefined) throw invalidParameter(`${text} is not the name or ARN of a layer`);
  return name;
}

export const layerArn = (env: Pick<ServiceEnvironment, 'arn'>, name: string, version?: number): string =>
  env.arn('lambda', `layer:${name}${version ? `:${version}` : ''}`);

/** `Content.Location`, AWS's link to the zip, is left out. */
export const shownLayer = (layer: LayerRecord, env: ServiceEnvironment): GetLayerVersionResponse => ({
  Content: { CodeSha256: layer.codeSha256, CodeSize: layer.codeSize },
  LayerArn: layerArn(env, layer.name),
  LayerVersionArn: layerArn(env, layer.name, layer.version),
  Description: layer.description ?? '',
  CreatedDate: lambdaTime(layer.createdAt),
  Version: layer.version,
  CompatibleRuntimes: [...layer.runtimes] as GetLayerVersionResponse['CompatibleRuntimes'],
  LicenseInfo: layer.license,
  CompatibleArchitectures: [...layer.architectures] as GetLayerVersionResponse['CompatibleArchitectures'],
});
