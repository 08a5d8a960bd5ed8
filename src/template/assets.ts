/**
 * Reads an asset manifest (`*.assets.json`). Refuses file assets that a command has to make.
 * Destinations keep their placeholders; `substitutePlaceholders` fills them in.
 */
import { dirname } from 'node:path';
import { SlipwayError } from '../core/errors.ts';
import { fromFolder, ManifestReader, readJsonFile } from './manifest-reader.ts';
import type { Asset, FileAsset, ImageAsset } from './model.ts';

export async function readAssetManifest(directory: string, fileName: string): Promise<Asset[]> {
  const file = fromFolder(directory, fileName);
  const manifest = new ManifestReader(await readJsonFile(file, 'Run cdk synth again.'), file);
  const base = dirname(file);
  return [
    ...each(manifest, 'files', (id, asset) => readFileAsset(base, id, asset)),
    ...each(manifest, 'dockerImages', (id, asset) => readImageAsset(base, id, asset)),
  ];
}

function each<T>(
  reader: ManifestReader,
  section: string,
  read: (id: string, entry: ManifestReader) => T,
): T[] {
  const found = reader.optionalObject(section);
  return found === undefined ? [] : Object.keys(found.value).map((id) => read(id, found.object(id)));
}

function readFileAsset(base: string, id: string, asset: ManifestReader): FileAsset {
  const source = asset.object('source');
  if (source.optionalTexts('executable') !== undefined) {
    throw new SlipwayError(
      'template.unsupported',
      `${asset.file}: the file asset ${id} is made by a command (executable), which Slipway does not support`,
    );
  }
  const packaging = source.optionalText('packaging') ?? 'file';
  if (packaging !== 'file' && packaging !== 'zip') {
    throw new SlipwayError(
      'template.unsupported',
      `${asset.file}: the file asset ${id} has the packaging "${packaging}"; known are file and zip`,
    );
  }
  return {
    kind: 'file',
    id,
    displayName: asset.optionalText('displayName'),
    path: fromFolder(base, source.text('path')),
    packaging,
    destinations: each(asset, 'destinations', (_, destination) => ({
      bucketName: destination.text('bucketName'),
      objectKey: destination.text('objectKey'),
      ...access(destination),
    })),
  };
}

const modelled = new Set([
  ...['directory', 'dockerFile', 'dockerBuildArgs', 'dockerBuildTarget', 'platform', 'executable'],
]);

function readImageAsset(base: string, id: string, asset: ManifestReader): ImageAsset {
  const source = asset.object('source');
  const executable = source.optionalTexts('executable');
  const directory =
    executable === undefined ? source.text('directory') : (source.optionalText('directory') ?? '.');
  return {
    kind: 'image',
    id,
    displayName: asset.optionalText('displayName'),
    directory: fromFolder(base, directory),
    dockerFile: source.optionalText('dockerFile'),
    buildArgs: source.optionalTextMap('dockerBuildArgs'),
    target: source.optionalText('dockerBuildTarget'),
    platform: source.optionalText('platform'),
    executable,
    otherOptions: Object.fromEntries(Object.entries(source.value).filter(([key]) => !modelled.has(key))),
    destinations: each(asset, 'destinations', (_, destination) => ({
      repositoryName: destination.text('repositoryName'),
      imageTag: destination.text('imageTag'),
      ...access(destination),
    })),
  };
}

function access(destination: ManifestReader): { readonly assumeRoleArn?: string; readonly region?: string } {
  return {
    assumeRoleArn: destination.optionalText('assumeRoleArn'),
    region: destination.optionalText('region'),
  };
}
