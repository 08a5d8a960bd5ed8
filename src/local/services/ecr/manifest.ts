/** Image manifests: OCI and Docker version 2, for one image each. Indexes of several platforms are refused. */
import { AwsError, unsupported } from '../../service.ts';

export const mediaTypes = {
  oci: 'application/vnd.oci.image.manifest.v1+json',
  docker: 'application/vnd.docker.distribution.manifest.v2+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
} as const;

interface Manifest {
  readonly mediaType: string;
  readonly config: { readonly mediaType?: string; readonly digest: string; readonly size?: number };
  readonly layers: readonly { readonly digest: string; readonly size?: number }[];
}

export function readManifest(text: string, stated: string | undefined): Manifest {
  const invalid = (why: string) =>
    new AwsError('InvalidParameterException', `Invalid image manifest provided: ${why}`);
  let value: Partial<Manifest>;
  try {
    value = JSON.parse(text) as Partial<Manifest>;
  } catch {
    throw invalid('it is not JSON');
  }
  const mediaType = stated ?? value.mediaType ?? mediaTypes.docker;
  if (mediaType !== mediaTypes.oci && mediaType !== mediaTypes.docker)
    throw unsupported(`image manifests of the media type ${mediaType}`);
  if (typeof value.config?.digest !== 'string') throw invalid('it names no config');
  if (!Array.isArray(value.layers) || value.layers.some((layer) => typeof layer?.digest !== 'string'))
    throw invalid('it names no layers');
  return { mediaType, config: value.config, layers: value.layers };
}
