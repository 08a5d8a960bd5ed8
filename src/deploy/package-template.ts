/**
 * A template that names files of its own folder (`Code: ./src`, `TemplateURL: nested.yaml`), made ready as
 * `aws cloudformation package` does: what is named becomes an asset, and the template names where it will be.
 * https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { SlipwayError } from '../core/errors.ts';
import {
  type FileAsset,
  isJsonObject,
  type Json,
  type LocalFilePlace,
  localFilePlaces,
  mayNameLocalFile,
  readTemplateBody,
} from '../template/index.ts';
import { zipFolder } from './zip-folder.ts';

interface Packaged {
  /** As written where nothing of the folder is named. */
  readonly text: string;
  readonly assets: readonly FileAsset[];
}

/** The bucket of the CDK's bootstrap stack, which is made before assets are published. */
const bucket = `cdk-hnb659fds-assets-\${AWS::AccountId}-\${AWS::Region}`;
const sub = (text: string): Json => ({ 'Fn::Sub': text });

/** @param file absolute; @throws SlipwayError template.invalid naming every path that is not there */
export async function packageTemplate(file: string, text = readFileSync(file, 'utf8')): Promise<Packaged> {
  if (!mayNameLocalFile.test(text)) return { text, assets: [] };
  const body = readTemplateBody(text, file);
  const resources = isJsonObject(body) ? body.Resources : undefined;
  if (!isJsonObject(body) || !isJsonObject(resources)) return { text, assets: [] };
  const assets: FileAsset[] = [];
  const absent: string[] = [];
  const packaged: Record<string, Json> = {};
  for (const [logicalId, resource] of Object.entries(resources)) {
    const place =
      isJsonObject(resource) && typeof resource.Type === 'string'
        ? localFilePlaces[resource.Type]
        : undefined;
    const properties = isJsonObject(resource) ? resource.Properties : undefined;
    const named = place && isJsonObject(properties) ? properties[place.property] : undefined;
    if (!place || typeof named !== 'string' || /^(s3|https?):\/\//.test(named)) continue;
    if (!isJsonObject(resource) || !isJsonObject(properties)) continue;
    const path = resolve(dirname(file), named);
    if (!existsSync(path)) {
      absent.push(`${logicalId}: ${place.property} names ${named}, which is not in ${dirname(file)}`);
      continue;
    }
    const { found, value } = await packageOne(path, place.as);
    assets.push(...found);
    packaged[logicalId] = { ...resource, Properties: { ...properties, [place.property]: value } };
  }
  if (absent.length > 0) throw new SlipwayError('template.invalid', `${file}:\n${absent.join('\n')}`);
  if (assets.length === 0) return { text, assets };
  return { text: JSON.stringify({ ...body, Resources: { ...resources, ...packaged } }), assets };
}

async function packageOne(
  path: string,
  as: LocalFilePlace['as'],
): Promise<{ readonly found: readonly FileAsset[]; readonly value: Json }> {
  if (as === 'template') {
    const nested = await packageTemplate(path);
    const asset = fileAsset(kept(nested.text, 'nested.json'), hash(nested.text), '.json', path);
    const url = `https://s3.\${AWS::Region}.\${AWS::URLSuffix}/${bucket}/${keyOf(asset)}`;
    return { found: [...nested.assets, asset], value: sub(url) };
  }
  const asset = as === 'code' ? await codeAsset(path) : fileAsset(path, hash(readFileSync(path)), '', path);
  const [Bucket, Key] = as === 'code' ? ['S3Bucket', 'S3Key'] : ['Bucket', 'Key'];
  return { found: [asset], value: { [Bucket]: sub(bucket), [Key]: keyOf(asset) } };
}

/** A folder or a single file becomes an archive; an archive is taken as it is. */
async function codeAsset(path: string): Promise<FileAsset> {
  if (/\.(zip|jar)$/i.test(path)) return fileAsset(path, hash(readFileSync(path)), '.zip', path);
  const folder = statSync(path).isDirectory() ? path : dirname(kept(readFileSync(path), basename(path)));
  const asset = fileAsset(folder, hash(await zipFolder(folder)), '.zip', path);
  return { ...asset, packaging: 'zip' };
}

const fileAsset = (path: string, id: string, suffix: string, displayName: string): FileAsset => ({
  kind: 'file',
  id,
  displayName,
  path,
  packaging: 'file',
  destinations: [{ bucketName: bucket, objectKey: `${id}${suffix}` }],
});

const keyOf = ({ destinations: [first] }: FileAsset): string => first?.objectKey ?? '';

const hash = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** What was made of a file, in a folder of its own that the same content has again. */
function kept(content: string | Uint8Array, name: string): string {
  const folder = join(tmpdir(), 'slipway-packaged', hash(content));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}
