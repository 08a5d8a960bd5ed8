/**
 * An image as Slipway builds and runs it: an OCI configuration, and layers of the files that were copied in and that
 * its RUN steps made. The base image's own files are not in it: this machine stands in for them.
 * https://github.com/opencontainers/image-spec/blob/main/config.md
 */
import { createHash } from 'node:crypto';

export interface HealthCheckConfig {
  /** `['NONE']`, `['CMD', …]` or `['CMD-SHELL', text]`. */
  readonly Test: readonly string[];
  /** Nanoseconds, as Docker keeps them. */
  readonly Interval?: number;
  readonly Timeout?: number;
  readonly StartPeriod?: number;
  readonly Retries?: number;
}

export interface ImageConfig {
  readonly User?: string;
  readonly ExposedPorts?: Readonly<Record<string, object>>;
  /** `NAME=value` */
  readonly Env: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly Volumes?: Readonly<Record<string, object>>;
  readonly WorkingDir: string;
  readonly Labels?: Readonly<Record<string, string>>;
  readonly StopSignal?: string;
  readonly Healthcheck?: HealthCheckConfig;
}

export interface ImageConfigFile {
  readonly architecture: string;
  readonly os: string;
  readonly config: ImageConfig;
  readonly rootfs: { readonly type: 'layers'; readonly diff_ids: readonly string[] };
}

export interface Blob {
  readonly mediaType: string;
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
  /** Of a cached layer, read when it is asked for. */
  readonly data: Buffer;
}

export interface BuiltImage {
  readonly config: Blob;
  readonly layers: readonly Blob[];
  readonly manifest: Blob;
}

export const mediaTypes = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  plainLayer: 'application/vnd.oci.image.layer.v1.tar',
} as const;

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

export interface ImageManifest {
  readonly schemaVersion: 2;
  readonly mediaType: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly annotations?: Readonly<Record<string, string>>;
}

export const digestOf = (data: Uint8Array): string =>
  `sha256:${createHash('sha256').update(data).digest('hex')}`;

export const blob = (mediaType: string, data: Buffer): Blob => ({
  mediaType,
  digest: digestOf(data),
  size: data.length,
  data,
});

export const descriptor = ({ mediaType, digest, size }: Blob): Descriptor => ({ mediaType, digest, size });
