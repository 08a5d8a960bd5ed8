/**
 * Items of a distributed Map that are in S3: objects of a bucket, rows of a CSV file, members of a JSON file.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
 */
import { isJsonObject, type Json, type JsonObject } from '../../../../../core/json.ts';
import { callService } from '../../integrations/calls.ts';
import type { ServiceResource } from '../../integrations/resource.ts';
import type { MapState } from '../../language/definition.ts';
import { StateFailure } from '../../language/failure.ts';
import { evaluateField } from '../../language/jsonata.ts';
import { fillTemplate, selectValue } from '../../language/payload.ts';
import type { Frame } from '../../records.ts';
import { type Execution, jsonataScope, languageIn, pathScope } from '../execution.ts';
import { selected } from './flow.ts';
import { readCsv } from './read-csv.ts';

export const s3Call = (action: string): ServiceResource => ({
  kind: 'service',
  type: 'aws-sdk:s3',
  name: action,
  sdk: true,
  service: 's3',
  action,
  pattern: 'request',
});

export const readerFailure = (cause: string): StateFailure =>
  new StateFailure('States.ItemReaderFailed', cause);

const mostItems = 100_000_000;

/** Parameters, or Arguments, of a reader or a writer. */
export async function settingsOf(
  run: Execution,
  frame: Frame,
  state: MapState,
  { Parameters, Arguments }: JsonObject,
  field: string,
): Promise<JsonObject> {
  const filled =
    languageIn(run, state) === 'JSONata'
      ? await evaluateField(Arguments ?? {}, `${field}/Arguments`, jsonataScope(run, frame, frame.input))
      : fillTemplate(Parameters ?? {}, pathScope(run, frame, selected(run, frame, state)));
  return isJsonObject(filled) ? filled : {};
}

/** @throws StateFailure States.ItemReaderFailed */
export async function readItems(run: Execution, frame: Frame, state: MapState): Promise<readonly Json[]> {
  const { ItemReader: reader = {} } = state;
  const config = isJsonObject(reader.ReaderConfig) ? reader.ReaderConfig : {};
  const where = await settingsOf(run, frame, state, reader, 'ItemReader');
  const limit = await limitOf(run, frame, state, config);
  if (limit < 0) throw readerFailure('field MaxItems must be positive');
  const most = limit === 0 ? mostItems : Math.min(limit, mostItems);
  try {
    return (await read(run, String(reader.Resource), config, where, most)).slice(0, most);
  } catch (error) {
    if (error instanceof StateFailure && error.error !== 'States.ItemReaderFailed')
      throw readerFailure(error.reason ?? '');
    throw error;
  }
}

async function limitOf(run: Execution, frame: Frame, state: MapState, config: JsonObject): Promise<number> {
  const { MaxItems, MaxItemsPath: path } = config;
  if (typeof path === 'string') {
    const scope = pathScope(run, frame, selected(run, frame, state));
    const found = selectValue('MaxItemsPath', path, scope);
    if (typeof found !== 'number' || !Number.isInteger(found))
      throw new StateFailure(
        'States.Runtime',
        `The MaxItemsPath field refers to value "${typeof found === 'string' ? found : JSON.stringify(found)}" which is not a valid integer: ${path}`,
      );
    return found;
  }
  if (typeof MaxItems === 'string')
    return Number(
      await evaluateField(
        MaxItems,
        'ItemReader/ReaderConfig/MaxItems',
        jsonataScope(run, frame, frame.input),
      ),
    );
  return Number(MaxItems ?? 0);
}

async function read(
  run: Execution,
  resource: string,
  config: JsonObject,
  where: JsonObject,
  most: number,
): Promise<readonly Json[]> {
  const as = await run.role();
  if (resource.endsWith(':listObjectsV2')) {
    const items: Json[] = [];
    let token: Json | undefined;
    do {
      const page = (await callService(
        run.context,
        s3Call('listObjectsV2'),
        { ...where, ...(token === undefined ? {} : { ContinuationToken: token }) },
        as,
      )) as JsonObject;
      for (const one of Array.isArray(page.Contents) ? (page.Contents as readonly JsonObject[]) : [])
        items.push({
          Etag: one.ETag ?? '',
          Key: one.Key ?? '',
          LastModified: Math.floor(Date.parse(String(one.LastModified)) / 1000),
          Size: one.Size ?? 0,
          StorageClass: one.StorageClass ?? 'STANDARD',
        });
      token = page.NextContinuationToken;
    } while (token !== undefined && items.length < most);
    return items;
  }
  const { Body } = (await callService(run.context, s3Call('getObject'), where, as)) as JsonObject;
  return parse(String(Body ?? ''), config);
}

function parse(text: string, config: JsonObject): readonly Json[] {
  switch (config.InputType) {
    case 'CSV':
      return readCsv(text, config, readerFailure);
    case 'JSONL':
      return text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map(readJson);
    default:
      return members(readJson(text), config.ItemsPointer);
  }
}

function readJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw readerFailure('Unable to parse the file as JSON.');
  }
}

/** The list that a JSON pointer names; of an object its entries. */
function members(value: Json, pointer: Json | undefined): readonly Json[] {
  let at: Json | undefined = value;
  if (typeof pointer === 'string')
    for (const part of pointer.split('/').slice(1)) {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      at = Array.isArray(at) ? at[Number(key)] : isJsonObject(at) ? at[key] : undefined;
    }
  if (Array.isArray(at)) return at;
  throw readerFailure('Attempting to map over non-iterable node.');
}
